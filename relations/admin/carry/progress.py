"""Work that takes long, and a page that says how far it has come: no script, no second process.

The page is sent while the work is done, one line for each word on it; a style sheet shows the newest alone. When it
is over the browser goes on by itself, as the head of the answer told it to.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from relations.intake.writing import Progress

logger = logging.getLogger(__name__)

OFTEN = 0.5  # seconds between two words on how far it has come
HERE = "<!-- here -->"  # where the template stops and the work begins


def done(work: Iterator[Progress], to: str) -> HttpResponse:
    """Does the work, and leads on."""
    for _each in work:
        pass
    return HttpResponseRedirect(to)


def streamed(request: HttpRequest, work: Iterator[Progress], to: str, context: dict[str, Any]) -> HttpResponse:
    """Does the work while the page is read, and leads on. If the browser goes away, the work is broken off."""
    before, after = render_to_string("admin/relations/import_progress.html", {**context, "to": to}, request).split(HERE)
    response = StreamingHttpResponse(_page(before, after, work, get_language()))
    response["Refresh"] = f"0; url={to}"  # once all of it is there
    response["Content-Encoding"] = "identity"  # packed, nothing would arrive before the end
    response["X-Accel-Buffering"] = "no"
    return response


def _page(before: str, after: str, work: Iterator[Progress], language: str) -> Iterator[str]:
    yield before
    try:
        with override(language):
            yield from _lines(work)
    except Exception:  # the page is half sent: an error page would come too late
        logger.exception("An import failed")
        yield format_html('<li class="errornote">{}</li>', _("It failed, and nothing was changed. Try again."))
    yield after


def _lines(work: Iterator[Progress]) -> Iterator[str]:
    said, step = 0.0, ""
    for each in work:
        now = time.monotonic()
        if each.step == step and now - said < OFTEN:
            continue
        said, step = now, each.step
        known = each.done and each.total
        yield format_html(
            '<li>{}{} <progress max="{}"{}></progress></li>',
            each.step,
            f": {each.done} / {each.total}" if known else " …",
            each.total or 1,
            format_html(' value="{}"', each.done) if known else "",
        )

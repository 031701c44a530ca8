"""The whole site at another instant, under an address of its own: as it stood at the end of a day, or a preview."""

from __future__ import annotations

import datetime
import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, is_valid_path, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relations.reading import Moved, NotPublished, Reader, Withdrawn, at, clock, mementos
from relations.rendering import memento, moment
from relations.rendering.day import EARLIEST
from relations.rendering.links import Link
from relations.rendering.moment import Moment
from relations.rendering.site import Site
from relations.rendering.words import say

from . import preview

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@require_safe
def show(request: HttpRequest, stamp: str, rest: str) -> HttpResponse:
    """A public page as of the moment that the stamp in its address names."""
    language = get_language()[:2]
    path, prefix = f"/{rest}", f"/{language}/@{stamp}/"
    if not rest.endswith("/") and not is_valid_path(path, moment.PAGES) and is_valid_path(f"{path}/", moment.PAGES):
        return HttpResponseRedirect(f"{request.path}/")
    if not DAY.fullmatch(stamp):
        return preview.show(request, stamp, path)
    day = _day(stamp)
    now = clock.now()
    if day > at(now).day:
        return preview.ahead(request, stamp, day, path) or _explain(request, day, "future", path)
    then = min(moment.end_of(day), now)
    shown = Moment(stamp=stamp, instant=then, banner="moment/day.html", now=now)
    try:
        return moment.answer(request, shown, prefix, path)
    except Http404:
        # Asked only here, so that a page that is there does not pay for the question.
        if at(then).last_change() is None:
            return _explain(request, day, "before", path)
        return moment.within(request, shown, prefix, lambda: _explain(request, day, "absent", path, shown=shown))


@require_safe
def timemap(request: HttpRequest, path: str = "") -> HttpResponse:
    """All mementos of a page of the present, in link format (RFC 7089, 5)."""
    now = clock.now()
    match = resolve(f"/{path}", moment.PAGES)
    slug = match.kwargs.get("relationship")
    try:
        relationship = at(now).relationship(slug) if slug else None
    except (NotPublished, Moved, Withdrawn) as error:
        raise Http404 from error
    found = mementos.every(now=now, subject=memento.subject_of(match, relationship))
    if not found:
        raise Http404
    text = memento.timemap(path, request.META.get("QUERY_STRING", ""), found)
    response = HttpResponse(text, content_type=memento.FORMAT)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _day(stamp: str) -> datetime.date:
    """Raises Http404 for a day that no calendar has, or that no clock can reach."""
    try:
        day = datetime.date.fromisoformat(stamp)
        moment.end_of(day)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    return day


def _explain(
    request: HttpRequest, day: datetime.date, why: str, path: str, shown: Moment | None = None
) -> HttpResponse:
    """404 in words: the site has not come to that day ("future"), or had nothing at all ("before") or here ("absent").

    What was so on that day is another question, and the record may know: a way there. Where there was nothing here,
    nobody can tell whether there is something today, and the page stands in the moment that is ``shown``, like others.
    """
    reader = at(shown.instant if shown else clock.now())
    site = Site(reader, request.path, robots="noindex", moment=shown)
    context = {
        "site": site,
        "day": day,
        "why": why,
        "first": reader.first_day() if why == "before" else None,
        "today_url": f"/{get_language()[:2]}{path}",
        "relationships": [] if why == "future" else _relationships(reader, day, path),
    }
    response = render(request, "moment/none.html", context, status=404)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _relationships(reader: Reader, day: datetime.date, path: str) -> list[Link]:
    """The relationship that the path is about, or every one, on that day in the world."""
    if day < EARLIEST:
        return []
    try:
        asked = resolve(path, moment.PAGES).kwargs.get("relationship")
    except Resolver404:
        asked = None
    return [
        Link(say(item.title), f"{reverse('relationship', args=[item.slug])}?on={day.isoformat()}")
        for item in reader.relationships
        if asked in (None, item.slug)
    ]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """From the form on a banner to the same page on the day that was chosen; without one, to the present."""
    language = get_language()[:2]
    rest = request.GET.get("path", "").lstrip("/")
    day = request.GET.get("day", "")
    target = f"/{language}/@{day}/{rest}" if DAY.fullmatch(day) else f"/{language}/{rest}"
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = f"/{language}/"
    return HttpResponseRedirect(target)

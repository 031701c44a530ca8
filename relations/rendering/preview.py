"""Pages of a rehearsal: the site as it will be, with a banner that says so."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language

from relations.publishing.previews import Ended, Rehearsal
from relations.reading import Item, at

from . import moment
from .addresses import address
from .meeting_words import clock_time
from .moment import Moment
from .words import partial_date

# Kept by nobody, found by nobody, and the address given away to nobody.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
WITH_PAGE = (
    "fact",
    "factsheet",
    "meeting",
    "official",
    "priority",
    "relationship",
    "source",
    "statement",
    "topic",
)


def can_preview(kind: str) -> bool:
    """Whether this kind has a page of its own."""
    return kind in WITH_PAGE


@dataclass(frozen=True, kw_only=True)
class Preview(Moment):
    """An instant that only exists in a rehearsal, or lies ahead: never public, whatever the clock says."""

    banner: str = "moment/preview.html"
    robots: str = HEADERS["X-Robots-Tag"]
    # When the link that shows it dies; None for staff, who need none.
    until: datetime.datetime | None = None
    # Where staff work on it; empty for everybody else, who also does not learn a release's name.
    desk_url: str = ""
    rehearsal: Rehearsal | None = None

    @property
    def is_past(self) -> bool:
        return False

    @property
    def shown_as_of(self) -> str:
        """The instant of a release in words; empty where it has none yet."""
        release = self.rehearsal.release
        return _said(self.instant) if release and release.goes_live_at else ""

    @property
    def works_until(self) -> str:
        """When the link dies, in words; empty for staff."""
        return _said(self.until) if self.until else ""


@dataclass(frozen=True, kw_only=True)
class Ahead(Moment):
    """The end of a day that has not come: everything that is scheduled by now, for staff alone."""

    banner: str = "moment/ahead.html"
    robots: str = HEADERS["X-Robots-Tag"]


def _said(instant: datetime.datetime) -> str:
    """The day and the hour in the site's time zone, which is named: 26 February 2021, 12:10 p.m. (UTC)."""
    local = timezone.localtime(instant)
    return f"{partial_date(local)}, {clock_time(local.time())} ({local.tzname()})"


def show(request: HttpRequest, preview: Preview, path: str) -> HttpResponse:
    """The page at ``path`` (with its leading slash), read in a rehearsal that is going on; complete when returned.

    Of one record there is its own page alone, with its pictures and the door leading to it; any other address leads
    to the site.
    Raises Http404 where there is no such page, Ended where the record has no address yet.
    """
    language = get_language()[:2]
    prefix = f"/{language}/@{preview.stamp}"
    if edition := preview.rehearsal.edition:
        own = address(Item(edition), at(preview.instant)).removeprefix(f"/{language}")
        if not own:
            raise Ended("alone")
        if path == "/":
            return HttpResponseRedirect(prefix + own)
        if path not in (own, f"{own.rstrip('/')}.ics") and not path.startswith("/media/"):
            return to_the_site(request, path)
    return _whole(moment.answer(request, preview, f"{prefix}/", path))


def to_the_site(request: HttpRequest, path: str) -> HttpResponseRedirect:
    """From an address inside a preview to the same one on the site as it is."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"/{get_language()[:2]}{path}" + (f"?{query}" if query else ""))


def _whole(response: HttpResponse) -> HttpResponse:
    """The response with its content written out: what is read later would find the rehearsal over."""
    if hasattr(response, "render"):
        response.render()
    if response.streaming:
        content = b"".join(response.streaming_content)
        response = HttpResponse(content, status=response.status_code, headers=dict(response.headers))
    return response

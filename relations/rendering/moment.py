"""The site at another instant: the same pages, read there, under a prefix of their own.

Every page of `relations.urls` can stand below ``/en/@<stamp>/``. The stamp is the script prefix while the page is made
(what a WSGI server calls SCRIPT_NAME), so each link that ``reverse`` writes stays inside by itself, and no page knows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, get_urlconf, resolve, set_script_prefix, set_urlconf
from django.utils import timezone

from relations.reading import clock

PAGES = "relations.urls"


@dataclass(frozen=True)
class Moment:
    """An instant at which the whole site is read, and how such a page introduces itself.

    ``banner`` is the template of the notice on top of each page; it finds this object as ``site.moment``.
    ``robots`` and ``headers`` go with every response.
    """

    stamp: str
    instant: datetime.datetime
    banner: str
    # The present in which it was asked for; equal to the instant or later where the moment lies in the past.
    now: datetime.datetime
    robots: str = "noindex"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def is_past(self) -> bool:
        """Whether everybody may read it: what was public then."""
        return self.instant <= self.now

    @property
    def day(self) -> datetime.date:
        """The day of the instant in the site's time zone."""
        return timezone.localdate(self.instant)


def instant(request: HttpRequest) -> datetime.datetime:
    """The instant at which this request is answered: its moment's, its frozen copy's, else the present (aware, UTC)."""
    shown = of(request) or getattr(request, "frozen", None)
    return shown.instant if shown else clock.now()


def of(request: HttpRequest) -> Moment | None:
    """The moment under which a request is answered; None in the present."""
    return getattr(request, "moment", None)


def end_of(day: datetime.date) -> datetime.datetime:
    """The last instant of a day in the site's time zone: what went live at midnight belongs to the next one."""
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(midnight).astimezone(datetime.UTC) - datetime.timedelta(microseconds=1)


def answer(request: HttpRequest, moment: Moment, prefix: str, path: str) -> HttpResponse:
    """The page at ``path`` (with its leading slash) as of a moment, its links below ``prefix``.

    Raises Http404 (Resolver404 is one) where the site has no such address.
    """

    def page() -> HttpResponse:
        match = resolve(path)
        request.resolver_match = match
        return match.func(request, *match.args, **match.kwargs)

    return within(request, moment, prefix, page)


def within(request: HttpRequest, moment: Moment, prefix: str, page: Callable[[], HttpResponse]) -> HttpResponse:
    """What ``page`` makes, as of a moment, its links below ``prefix``."""
    request.moment = moment
    with _mounted(prefix):
        response = page()
    response.headers["X-Robots-Tag"] = moment.robots
    for name, value in moment.headers.items():
        response.headers[name] = value
    return response


@contextmanager
def _mounted(prefix: str) -> Iterator[None]:
    """Inside, addresses are those of the public pages alone, and begin with this prefix (which ends in a slash)."""
    before = get_script_prefix(), get_urlconf()
    set_script_prefix(prefix)
    set_urlconf(PAGES)
    try:
        yield
    finally:
        set_script_prefix(before[0])
        set_urlconf(before[1])

"""A copy of the site that stands still: every page of the present, read at one instant, on no server.

A frozen page is the page that everybody reads, under its own address; it only says that it is a copy, and has links
where the living site has forms that need an answer.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from .moment import PAGES

_LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
_IN_LANGUAGE = re.compile(rf"/(?P<language>{_LANGUAGES})(?P<path>/[^?]*)(?P<query>.*)")


@dataclass(frozen=True)
class Frozen:
    """The instant at which every page of a copy is read; ``day`` where it is the end of a day that was asked for."""

    instant: datetime.datetime
    day: datetime.date | None = None

    def living(self, address: str) -> str:
        """Where an address (a path with its query) is read on the living site: as of ``day``, if it can be."""
        found = _IN_LANGUAGE.fullmatch(address)
        if self.day and found and _has_a_past(found["language"], found["path"]):
            address = f"/{found['language']}/@{self.day.isoformat()}{found['path']}{found['query']}"
        return f"{settings.PUBLIC_URL}{address}"

    @property
    def host(self) -> str:
        """The living site's name, as people say it."""
        return urlsplit(settings.PUBLIC_URL).netloc

    @property
    def taken_on(self) -> datetime.date:
        """The day of the instant in the site's time zone."""
        return timezone.localdate(self.instant)


def _has_a_past(language: str, path: str) -> bool:
    """Whether the same page can be read as of another day: some are of the present alone."""
    with translation.override(language):
        try:
            return resolve(path, PAGES).func is resolve(f"/{language}{path}").func
        except Resolver404:
            return False


def of(request: HttpRequest) -> Frozen | None:
    """The copy that a request is answered for; None on the living site."""
    return getattr(request, "frozen", None)

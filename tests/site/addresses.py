"""Every public address, found by walking the map of the site: a new route that nobody can fill in is an error."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.conf import settings

from relations.urls import pages, rooted
from tests.effort import THOROUGH

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MONTH = "2021-02"
# Pictures are told apart by their content, not by a name: they have tests of their own.
PICTURES = {"portrait", "edition_portrait"}


@dataclass(frozen=True)
class Address:
    """One page: the name of its route, its language and its path."""

    route: str
    language: str
    path: str

    def __str__(self) -> str:
        return f"{self.language}:{self.route}"


def sampled(found: list[Address]) -> list[Address]:
    """One of these addresses for each route, in one language and the other by turns; all where tests are thorough."""
    alike: dict[str, list[Address]] = {}
    for each in found:
        alike.setdefault(each.route, []).append(each)
    return found if THOROUGH else [group[turn % len(group)] for turn, group in enumerate(alike.values())]


def addresses(slugs: dict[str, str], *, languages: list[str] = LANGUAGES) -> list[Address]:
    """An address for every route in each language; ``slugs`` names the record of each kind to show."""
    found = [Address(route.name, "en", _path(route, slugs)) for route in rooted if route.name not in PICTURES]
    for language in languages:
        found += [Address(_name(route), language, f"/{language}{_path(route, slugs)}") for route in pages]
    return found


def on_a_past_day(found: list[Address], day: datetime.date) -> list[Address]:
    """The same pages as the site stood at the end of a day; what is no page of a language has no past."""
    return [
        Address(f"{each.route} on a day", each.language, f"/{each.language}/@{day}/{each.path.removeprefix(start)}")
        for each in found
        if each.path.startswith(start := f"/{each.language}/")
    ]


def _name(route) -> str:
    """Of a route that nothing links to by name, what its address looks like."""
    return route.name or str(route.pattern)


def _path(route, slugs: dict[str, str]) -> str:
    known = {
        "relationship": slugs["relationship"],
        "month": MONTH,
        "path": f"{slugs['relationship']}/facts/",
        "number": "1",
    }
    if "slug" in route.pattern.converters:
        known["slug"] = slugs[route.name.partition("_")[0]]
    return "/" + re.sub(r"<\w+:(\w+)>", lambda part: known[part[1]], str(route.pattern))

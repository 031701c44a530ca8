"""The days on which somebody may want to see a relationship: its meetings, its hand-overs, its fact sheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from relations.reading import Item

from .links import Links
from .official_words import title
from .site import Site
from .words import say

# How many of a kind stand beside the form; the others wait one step further.
NEAREST = 3


@dataclass(frozen=True, order=True)
class ObviousDay:
    """A day, what happened on it, and where the relationship is shown as it was then."""

    day: datetime.date
    event: str
    url: str


def obvious(site: Site, officials: Iterable[Item], links: Links, factsheet: Item | None) -> dict[str, Any]:
    """For moment/days.html: ``first``, the days beside the form, and the ``others``, the newest first.

    No day after today. One query: the days and titles of all meetings.
    """
    home = reverse("relationship", args=[site.relationship_item.slug])
    last = site.reader.today

    def day(when: datetime.date, event: str) -> ObviousDay:
        return ObviousDay(when, event, f"{home}?on={when.isoformat()}")

    sheets = [day(factsheet.document.issued_on.first, say(factsheet.title))] if factsheet else []
    handed = sorted({day(*each) for each in _hand_overs(officials, links) if each[0] <= last}, reverse=True)
    meetings = site.reader.live("meeting", relationship=site.relationship_item.id).filter(sort_on__lte=last)
    met = sorted({day(*each) for each in _titles(site, meetings)}, reverse=True)
    first = {*sheets, *handed[:NEAREST], *met[:NEAREST]}
    return {"first": sorted(first, reverse=True), "others": sorted({*handed, *met} - first, reverse=True)}


def _titles(site: Site, meetings: Any) -> list[tuple[datetime.date, str]]:
    items = site.reader.items(meetings.defer("document", "search_en", "search_fr"))
    return [(item.edition.sort_on, say(item.title)) for item in items]


def _hand_overs(officials: Iterable[Item], links: Links) -> Iterable[tuple[datetime.date, str]]:
    """Each first day in a post that is known to the day."""
    for item in officials:
        for term in item.document.terms:
            post = links.references.live(term.post)
            if post and term.held_from and term.held_from.precision == "day":
                said = {"name": item.document.name, "post": title(term, post.document, item.document)}
                yield term.held_from.first, _("%(name)s, %(post)s") % said

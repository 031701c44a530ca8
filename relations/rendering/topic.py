"""The page of a topic: everything of one relationship that belongs to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from relations.documents import Ref, Topic
from relations.reading import Item

from . import fact, meeting, parts, priority
from .links import Links
from .site import Site
from .words import say

EACH = 12


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """The newest facts and meetings of a topic, its priorities, its sources. Two queries besides the item's own."""
    document: Topic = item.document
    shown = _shown(site, item)
    needed: list[Ref] = [citation.source for citation in document.sources]
    for each in shown:
        needed += (
            meeting.row_refs(each) if each.kind == "meeting" else fact.row_refs(each) if each.kind == "fact" else []
        )
    links = Links(site.reader, site.reader.resolve(needed, known=[item, *shown]))
    title = say(document.name)
    parts.describe(site, title, say(document.description) or title)
    relationship = site.relationship_item.slug
    return "topic/detail.html", {
        "title": title,
        "description": say(document.description),
        "facts": [fact.row(site, each, links) for each in shown if each.kind == "fact"],
        "meetings": [meeting.row(site, each, links) for each in shown if each.kind == "meeting"],
        "priorities": [priority.row(site, each, links) for each in shown if each.kind == "priority"],
        "all_facts": f"{reverse('facts', args=[relationship])}?topic={item.slug}",
        "all_meetings": f"{reverse('meetings', args=[relationship])}?topic={item.slug}",
        "sources": parts.sources(document.sources, site, links),
        "cite": parts.cite(site, item, _("topic")),
        "edition": parts.edition(item),
    }


def _shown(site: Site, item: Item) -> list[Item]:
    """What names the topic, in one query: a dozen of each kind, facts in the editors' order, meetings newest first."""
    naming = site.reader.naming
    facts = naming(item.id, "fact").order_by("position", "slug", "pk")[:EACH]
    meetings = naming(item.id, "meeting").order_by("-sort_on", "slug", "pk")[:EACH]
    chosen = site.reader.items(site.reader.any_of(facts, meetings, naming(item.id, "priority")))
    chosen.sort(key=lambda each: (each.edition.position, each.slug))
    newest_first = sorted((each for each in chosen if each.kind == "meeting"), key=_day, reverse=True)
    return [each for each in chosen if each.kind != "meeting"] + newest_first


def _day(item: Item) -> str:
    return item.edition.sort_on.isoformat() if item.edition.sort_on else ""

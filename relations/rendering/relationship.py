"""The home of a relationship: one glance at what is recorded."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from relations.documents import Ref, Relationship
from relations.models.ledger import Facet
from relations.reading import Item, References

from . import days, fact, meeting, official, parts, priority, statement
from .links import Links
from .site import Site
from .words import say

PAST, COMING = 3, 2


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """The home page. Four queries besides the frame's: what it shows, holders of posts, what these name, its days."""
    document: Relationship = item.document
    shown = _shown(site, item)
    holders = official.holders(site.reader, _of(shown, "post"))
    people = [*_of(shown, "post"), *site.reader.items(holders.order_by("position", "slug", "pk"))]
    links = Links(site.reader, _resolve(site, shown, people))
    meetings = sorted(_of(shown, "meeting"), key=lambda each: (each.document.sort_on, each.slug))
    sheet = links.references.live(document.lead_factsheet)
    title = say(document.title)
    parts.describe(
        site,
        title,
        say(document.tagline) or title,
        {"@type": "Dataset", "name": title, "description": say(document.summary), "publisher": parts.publisher()},
    )
    return "relationship/home.html", {
        "title": title,
        "description": _(
            "Facts, meetings, officials and shared priorities: %(title)s. Each with its date and its source."
        )
        % {"title": title},
        "tagline": say(document.tagline),
        "summary": say(document.summary),
        "quote": _quote(site, document, links),
        "map": document.map,
        "figures": _figures(site, document, links),
        **_events(site, meetings, links),
        "priorities": [priority.row(site, each, links) for each in _of(shown, "priority") if not each.is_later],
        "counterparts": official.counterparts(
            site,
            _of(people, "official"),
            _of(people, "post"),
            links,
            site.reader.day,
            roles=official.HOME_ROLES,
        ),
        # The page of one edition stays at its instant: the other days are those of the present page.
        "days": None if site.edition else days.obvious(site, _of(people, "official"), links, sheet),
        "factsheet": sheet and _factsheet(sheet, links),
    }


def _of(items: list[Item], kind: str) -> list[Item]:
    return [item for item in items if item.kind == kind]


def _shown(site: Site, item: Item) -> list[Item]:
    """Priorities, the nearest meetings, what the relationship names, and the posts that face each other. One query."""
    document, reader = item.document, site.reader
    meetings = reader.live("meeting", relationship=item.id)
    past = meetings.filter(sort_on__lte=reader.day).order_by("-sort_on", "-pk")[:PAST]
    coming = meetings.filter(sort_on__gt=reader.day).order_by("sort_on", "pk")[:COMING]
    facing = Facet.objects.filter(edition=OuterRef("pk"), name="role", value__in=official.HOME_ROLES)
    named = [document.lead_statement, document.lead_factsheet, *(each.fact for each in document.key_figures)]
    chosen = reader.any_of(
        reader.live("priority", relationship=item.id),
        past,
        coming,
        reader.live("fact", "factsheet", "statement").filter(record_id__in=[ref.id for ref in named if ref]),
        reader.posts_between(item).filter(Exists(facing)),
    )
    return reader.items(chosen.order_by("position", "slug", "pk"))


def _resolve(site: Site, shown: list[Item], people: list[Item]) -> References:
    """What the things shown name in their turn, in one query."""
    needed: list[Ref] = []
    for each in shown:
        if each.kind == "statement":
            needed += statement.quote_refs(each)
        elif each.kind == "meeting":
            needed += meeting.row_refs(each)
    return site.reader.resolve(needed, known=[*shown, *people])


def _quote(site: Site, document: Relationship, links: Links) -> dict[str, Any] | None:
    item = links.references.live(document.lead_statement)
    said = item and item.document.said_on
    return statement.quote(site, item, links) if item and (not said or said.first <= site.reader.day) else None


def _figures(site: Site, document: Relationship, links: Links) -> list[dict[str, Any]]:
    """Key figures for components/figures.html; a fact that is not live, or has no figure, is left out."""
    found = []
    for key in document.key_figures:
        item = links.references.live(key.fact)
        if item and item.document.figure:
            figure = item.document.figure
            found.append(
                {
                    **fact.row(site, item, links),
                    "label": say(key.label) or say(item.title),
                    # Whoever states this figure, not all who state the fact.
                    "stated_by": parts.stated_by((party.id for party in figure.source.cited.speaks_for), site),
                    **parts.when(figure.as_of),
                }
            )
    return found


def _events(site: Site, meetings: list[Item], links: Links) -> dict[str, Any]:
    nearest = meeting.latest_and_next(meetings, site.reader.day)
    return {
        "events": [meeting.event(site, each, links, latest=nearest.latest, coming=nearest.next) for each in meetings],
        "event_days": [each.document.starts_on for each in meetings],
        "has_next": nearest.next is not None,
    }


def _factsheet(item: Item, links: Links) -> dict[str, Any]:
    sheet = item.document
    return {
        "title": say(sheet.title),
        "url": links.item(item).url,
        "issuer": say(sheet.issuer),
        **parts.when(sheet.issued_on),
    }

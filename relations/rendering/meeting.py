"""The page of one meeting, and how a meeting stands in lists and on the home page.

For other pages: ``row(site, item, links)`` fills components/meeting_row.html, ``event(site, item, links)`` one entry
of components/events.html, and ``latest_and_next(items, today)`` picks the two that a home shows. They cost no
query, but want ``row_refs(item)`` resolved before.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from relations.documents import Factsheet, Meeting, Priority, Ref, refs
from relations.reading import Item, Reader

from . import commitment, parts
from . import meeting_sections as sections
from .addresses import address
from .links import Links
from .meeting_words import LEADING, MODES, calendar, days, is_over, lead, sentence, status, weekdays, who
from .site import Site
from .statement import quote, quote_refs
from .words import isopartial, say

# What can be said of a meeting elsewhere, and is shown on its page.
NAMING = ("statement", "priority", "factsheet", "meeting")
SHOWN_INSTEAD_OF_MODE = {"confirmed", "tentative", "postponed", "cancelled"}


def row_refs(item: Item) -> list[Ref]:
    """What a row or an event alone needs resolved: the heads of delegation and their posts."""
    leading = [each.term for each in item.document.participants if each.role in LEADING]
    return [ref for term in leading for ref in (term.official, term.post)]


def row(site: Site, item: Item, links: Links, *, with_year: bool = True) -> dict[str, Any]:
    """One meeting of a list, for components/meeting_row.html; under a heading with the year, without the year.

    A meeting that is over shows how it was held; any other shows its status.
    """
    meeting: Meeting = item.document
    known = status(meeting, site.today)
    mode = "" if meeting.mode == "unspecified" else str(MODES[meeting.mode])
    data = {
        "url": address(item, site.reader),
        "title": say(meeting.title),
        "when": days(meeting, with_year=with_year),
        "datetime": isopartial(meeting.starts_on),
        "weekday": weekdays(meeting),
        "mode_label": mode,
        "participants": sentence(who(meeting, site, links)),
        "summary": outcome_line(meeting),
    }
    if known.code in SHOWN_INSTEAD_OF_MODE:
        data.update(status=known.code, status_label=known.label)
    return data


def outcome_line(meeting: Meeting) -> str:
    """What came of it, in a line: the first outcome, and how many more there are."""
    outcomes = [words for each in meeting.outcomes if (words := say(each.text))]
    if len(outcomes) < 2:
        return "".join(outcomes)
    more = len(outcomes) - 1
    counted = ngettext("%(count)s more outcome.", "%(count)s more outcomes.", more) % {"count": more}
    return f"{outcomes[0]} {counted}"


def event(
    site: Site, item: Item, links: Links, *, latest: Item | None = None, coming: Item | None = None
) -> dict[str, Any]:
    """One meeting under a strip, for components/events.html, marked if it is the latest or the next one."""
    meeting: Meeting = item.document
    note = ""
    if item is latest:
        note = pgettext("meeting", "Latest")
    elif item is coming:
        note = pgettext("meeting", "Next")
    return {
        "when": days(meeting),
        "datetime": isopartial(meeting.starts_on),
        "note": note,
        "title": say(meeting.title),
        "url": address(item, site.reader),
        "summary": outcome_line(meeting) or sentence(who(meeting, site, links)),
    }


class LatestAndNext(NamedTuple):
    """The last meeting that is over and the first that is not; None where there is none."""

    latest: Item | None
    next: Item | None


def latest_and_next(items: Iterable[Item], today: datetime.date) -> LatestAndNext:
    """What a home shows of these meetings, in any order; cancelled and postponed ones do not count."""
    taking_place = [item for item in items if item.document.state in ("confirmed", "tentative")]
    over = [item for item in taking_place if is_over(item.document, today)]
    coming = [item for item in taking_place if not is_over(item.document, today)]
    return LatestAndNext(max(over, key=_order, default=None), min(coming, key=_order, default=None))


def _order(item: Item) -> tuple[datetime.date, str]:
    return item.document.sort_on, item.slug


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """The template of a meeting's page, and its context. Three queries: who names it, neighbors, references."""
    meeting: Meeting = item.document
    reader = site.reader
    naming = reader.items(reader.naming(meeting.id, *NAMING))
    around = neighbors(reader, item)
    wanted = [ref for each in naming if each.kind == "statement" for ref in quote_refs(each)]
    links = Links(reader, reader.resolve([*refs(meeting), *wanted], known=[item, *naming, *around]))
    description = lead(meeting, site, links)
    slug = site.relationship_item.slug
    parts.describe(site, say(meeting.title), description, sections.schema(item, site, links, description))
    return "meeting/detail.html", {
        "meeting": meeting,
        "title": say(meeting.title),
        "lead": description,
        "calendar": calendar(meeting),
        "crumbs": parts.crumbs((_("Meetings"), reverse("meetings", args=[slug]))),
        "calendar_url": _calendar_url(item, slug),
        "glance": sections.glance(meeting, site, links),
        "subjects": sections.subjects(meeting, links),
        "delegations": sections.delegations(meeting, site, links),
        "sessions": sections.sessions(meeting, links),
        "agenda": sections.agenda(meeting, links),
        "outcomes": [words for each in meeting.outcomes if (words := say(each.text))],
        "is_over": is_over(meeting, site.today),
        "published": sections.published(meeting, site, links),
        **_named_by(meeting, naming, site, links),
        **_sequence(item, around, site, links),
        "note": say(meeting.note),
        "sources": parts.sources(meeting.sources, site, links),
        "cite": parts.cite(site, item, _("meeting")),
        "edition": parts.edition(item),
    }


def _calendar_url(item: Item, relationship: str) -> str:
    """Where its calendar entry is; a meeting whose day is not known has none."""
    if item.document.starts_on.precision != "day":
        return ""
    return reverse("meeting_ics", args=[relationship, item.slug])


def neighbors(reader: Reader, item: Item) -> list[Item]:
    """The meetings of the relationship just before and just after, whichever there are. One query.

    In the order of lists: by day, then by address.
    """
    meetings = reader.live("meeting", relationship=item.relationship_id).exclude(record_id=item.id)
    day, slug = item.document.sort_on, item.slug
    before = meetings.filter(Q(sort_on__lt=day) | Q(sort_on=day, slug__lt=slug)).order_by("-sort_on", "-slug")
    after = meetings.filter(Q(sort_on__gt=day) | Q(sort_on=day, slug__gt=slug)).order_by("sort_on", "slug")
    nearest = Q(pk__in=before.values("pk")[:1]) | Q(pk__in=after.values("pk")[:1])
    return reader.items(meetings.filter(nearest).order_by("sort_on", "slug"))


def _sequence(item: Item, around: list[Item], site: Site, links: Links) -> dict[str, Any]:
    """``previous`` and ``next``, each as an event or None, and what to say of this one between them."""
    previous = next((each for each in around if _order(each) < _order(item)), None)
    following = next((each for each in around if _order(each) > _order(item)), None)
    return {
        "previous": event(site, previous, links) if previous else None,
        "this": event(site, item, links),
        "next": event(site, following, links) if following else None,
    }


def _named_by(meeting: Meeting, naming: list[Item], site: Site, links: Links) -> dict[str, Any]:
    """What other records say of this meeting, each group in its own order."""
    by_kind: dict[str, list[Item]] = {kind: [] for kind in NAMING}
    for each in sorted(naming, key=lambda each: (each.edition.sort_on or datetime.date.min, each.slug)):
        by_kind[each.kind].append(each)
    part = [each for each in by_kind["meeting"] if each.document.part_of]
    return {
        "statements": [quote(site, each, links) for each in by_kind["statement"]],
        "commitments": _commitments(meeting.id, by_kind["priority"], site, links),
        "factsheets": [links.item(each) for each in by_kind["factsheet"] if _has_line(each.document, meeting)],
        "held": [event(site, each, links) for each in part if each.document.part_of.id == meeting.id],
    }


def _has_line(factsheet: Factsheet, meeting: Meeting) -> bool:
    lines = [line for section in factsheet.sections for line in section.lines]
    return any(line.meeting and line.meeting.id == meeting.id for line in lines)


def _commitments(meeting: UUID, priorities: list[Item], site: Site, links: Links) -> list[dict[str, Any]]:
    """The commitments that were made at this meeting, in the order of their priorities."""
    found = []
    for item in sorted(priorities, key=lambda item: (item.edition.position, item.slug)):
        priority: Priority = item.document
        page = links.item(item)
        found += [
            {**commitment.brief(site, each, page.url), "priority": page.title}
            for each in priority.commitments
            if each.made_at and each.made_at.id == meeting
        ]
    return found

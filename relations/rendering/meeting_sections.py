"""The sections of a meeting's page, each from its document and the page's links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relations.documents import Citation, Meeting
from relations.reading import Item

from .links import Links, Person
from .meeting_words import (
    KINDS,
    LEADING,
    MODES,
    ROLES,
    hours,
    place_of,
    side_of,
    status,
)
from .parts import ordered, when
from .site import Site, public_url
from .words import isopartial, say

# Whose words a source is: what a side published itself, or a copy of it.
OWN_WORDS = {"official", "official_reprint"}


def glance(meeting: Meeting, site: Site, links: Links) -> list[dict[str, Any]]:
    """The summary list: .label, and .text, .links or .status. What is not known is left out, but for the hour."""
    known = status(meeting, site.today)
    rows = [
        {"label": _("Status"), "status": known, "note": say(meeting.state_reason)},
        {"label": _("Kind"), "text": KINDS[meeting.meeting_kind]},
        {"label": _("Format"), "text": MODES[meeting.mode]},
        {"label": _("Time"), "text": hours(meeting)},
        {"label": _("Place"), "text": place_of(meeting)},
        {"label": _("Host"), "links": links.all((meeting.host,)) if meeting.host else []},
        {"label": _("Part of"), "links": links.all((meeting.part_of,)) if meeting.part_of else []},
    ]
    return _known(rows)


def subjects(meeting: Meeting, links: Links) -> list[dict[str, Any]]:
    """What it was about, as a summary list of links."""
    rows = [
        {"label": _("Topics"), "links": links.all(meeting.topics)},
        {"label": _("Priorities"), "links": links.all(meeting.priorities)},
    ]
    return _known(rows)


def _known(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row.get("text") or row.get("links") or row.get("status")]


def delegations(meeting: Meeting, site: Site, links: Links) -> dict[str, list[Person]]:
    """People under ``a``, ``b`` and ``others``: a third country's, and those who belong to no delegation."""
    groups: dict[str, list[Person]] = {"a": [], "b": [], "others": []}
    for participation in sorted(meeting.participants, key=lambda each: each.role not in LEADING):
        side = side_of(participation.term, site, links)
        if person := links.person(participation.term, _part(participation, links)):
            groups[side or "others"].append(replace(person, title=capfirst(person.title)))
    for other in meeting.other_participants:
        side = site.side_of(other.party.id) if other.party else None
        country = "" if side else _country(other.party, links)
        person = Person(say(other.name), title=capfirst(say(other.description)), note=country)
        groups[side.side if side else "others"].append(person)
    return groups


def _part(participation: Any, links: Links) -> str:
    """What part someone had, unless it was to lead; and how the source spelled the name."""
    notes = [str(ROLES[participation.role])] if participation.role in ROLES else []
    official = links.references.get(participation.term.official)
    if participation.listed_as and official and participation.listed_as != say(official.title):
        notes.append(_("listed as “%(name)s”") % {"name": participation.listed_as})
    return ", ".join(notes)


def _country(party: Any, links: Links) -> str:
    link = links.to(party)
    return link.title if link else ""


def sessions(meeting: Meeting, links: Links) -> list[dict[str, Any]]:
    """The sittings of a visit, each with its sources."""
    return [
        {"title": say(session.title), "sources": [cited(each, links) for each in ordered(session.sources)]}
        for session in meeting.sessions
        if say(session.title)
    ]


def agenda(meeting: Meeting, links: Links) -> list[dict[str, Any]]:
    """What was on the table, each with its priority where the editors named one."""
    return [{"text": say(each.text), "priority": links.to(each.priority)} for each in meeting.agenda if say(each.text)]


def published(meeting: Meeting, site: Site, links: Links) -> list[dict[str, Any]]:
    """What each side published, side A first: its readouts; where it has none, its official pages cited here."""
    return [
        {"side": side, "items": _readouts(meeting, side, links) or _own_words(meeting, side, links)}
        for side in site.sides
    ]


def _readouts(meeting: Meeting, side: Any, links: Links) -> list[dict[str, Any]]:
    own = [readout for readout in meeting.readouts if readout.party.id == side.id]
    return [{**cited(readout.source, links), "summary": say(readout.summary)} for readout in own]


def _own_words(meeting: Meeting, side: Any, links: Links) -> list[dict[str, Any]]:
    """Each text once: a reprint counts only where the page it copies is not cited as well."""
    found: dict[str, Citation] = {}
    for citation in ordered(meeting.sources):
        if citation.cited.source_kind in OWN_WORDS and side.id in _speaks_for(citation):
            found.setdefault(citation.cited.title.casefold(), citation)
    return [{**cited(each, links), "joint": len(_speaks_for(each)) > 1} for each in found.values()]


def _speaks_for(citation: Citation) -> set[Any]:
    return {party.id for party in citation.cited.speaks_for}


def cited(citation: Citation, links: Links) -> dict[str, Any]:
    """A source in one line: .title .lang .url .publisher .when .datetime."""
    link = links.to(citation.source)
    return {
        "title": citation.cited.title,
        "lang": citation.cited.language,
        "url": (link.url if link else "") or citation.cited.url,
        "publisher": citation.cited.publisher,
        **when(citation.cited.published),
    }


_STATUS = {
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}
_ATTENDANCE = {
    "in_person": "https://schema.org/OfflineEventAttendanceMode",
    "virtual": "https://schema.org/OnlineEventAttendanceMode",
    "phone": "https://schema.org/OnlineEventAttendanceMode",
    "hybrid": "https://schema.org/MixedEventAttendanceMode",
}


def schema(item: Item, site: Site, links: Links, description: str) -> dict[str, Any]:
    """The meeting as a schema.org Event; dates keep their precision, and what is not known is left out."""
    meeting: Meeting = item.document
    place = say(meeting.place)
    online = meeting.mode in ("virtual", "phone")
    data = {
        "@type": "Event",
        "@id": f"urn:uuid:{meeting.id}",
        "name": say(meeting.title),
        "description": description,
        "startDate": meeting.starts_at.isoformat() if meeting.starts_at else isopartial(meeting.starts_on),
        "endDate": meeting.last_on.isoformat() if meeting.until else "",
        "eventStatus": _STATUS.get(meeting.state, "https://schema.org/EventScheduled"),
        "eventAttendanceMode": _ATTENDANCE.get(meeting.mode, ""),
        "attendee": [_person(each) for group in delegations(meeting, site, links).values() for each in group],
    }
    if (place and place_of(meeting)) or online:
        kind = "VirtualLocation" if online else "Place"
        data["location"] = {"@type": kind, "name": place} if place else {"@type": kind}
    return {name: value for name, value in data.items() if value}


def _person(person: Person) -> dict[str, str]:
    data = {"@type": "Person", "name": person.name, "jobTitle": person.title}
    if person.url:
        data["url"] = public_url(person.url)
    return {name: value for name, value in data.items() if value}

"""A meeting of a pack. A pack names a person, a post and a day; the site the term that covers them."""

from __future__ import annotations

import datetime

from relations.documents import Meeting
from relations.documents.meeting import AgendaItem, OtherParticipant, Outcome, Participation, Session
from relations.models import Meeting as Row
from relations.models import PartialDate
from relations.models import Participation as ParticipationRow

from .fields import Fields
from .identity import PartIds
from .pack import Pack


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Meeting | None:
    """The meeting of this id."""
    fields.drop("in_seed")  # the fact sheet itself says what it names
    ids = pack.part_ids("meeting", identity)
    starts_on, zone = fields.dated("date", required=True), fields.zone("timezone")
    day = starts_on.first if starts_on else None
    return fields.make(
        Meeting,
        id=pack.id("meeting", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        relationship=pack.relationship_ref,
        title=fields.text("title", required=True),
        summary=fields.text("summary"),
        meeting_kind=fields.choice("kind", Row.Kind.values),
        mode=fields.choice("format", Row.Mode.values),
        starts_on=starts_on,
        until=_until(fields, starts_on),
        start_time=fields.local_time("starts_at", on=day, zone=zone),
        timezone=zone,
        place=fields.text("place"),
        topics=pack.refs(fields, "topics", "topic"),
        priorities=pack.refs(fields, "priorities", "priority"),
        participants=_participants(fields, pack, ids, day),
        other_participants=tuple(_other(part, pack, ids) for part in fields.parts("other_participants")),
        sessions=tuple(_session(part, pack, ids) for part in fields.parts("sessions")),
        agenda=tuple(AgendaItem(id=ids.id("agenda"), text=part.itself()) for part in fields.parts("agenda")),
        outcomes=tuple(Outcome(id=ids.id("outcomes"), text=part.itself()) for part in fields.parts("outcomes")),
        verified=fields.flag("verified", default=True),
        note=fields.text("note"),
        sources=pack.citations(fields),
    )


def _until(fields: Fields, starts_on: PartialDate | None) -> datetime.date | None:
    """The day after the last one, which is what a pack names; None where it ended on the day it began."""
    last = fields.day("end_date")
    if last is None:
        return None
    if starts_on and last < starts_on.first:
        fields.complain("end_date", "The meeting ends before it starts.")
    return last + datetime.timedelta(days=1)


def _participants(
    fields: Fields, pack: Pack, ids: PartIds, day: datetime.date | None
) -> tuple[Participation | None, ...]:
    """Who took part; nobody twice in the same term."""
    found: list[Participation | None] = []
    for part in fields.parts("participants"):
        made = _participation(part, pack, ids, day)
        if made and made.term in [each.term for each in found if each]:
            part.complain("person", "This person is named twice.")
        found.append(made)
    return tuple(found)


def _participation(fields: Fields, pack: Pack, ids: PartIds, day: datetime.date | None) -> Participation | None:
    return fields.make(
        Participation,
        id=ids.id("participants", fields.data.get("person"), fields.data.get("post")),
        term=pack.term(fields, person="person", post="post", day=day),
        role=fields.choice("role", ParticipationRow.Role.values),
        listed_as=fields.words("listed_as"),
    )


def _other(fields: Fields, pack: Pack, ids: PartIds) -> OtherParticipant | None:
    name = fields.name("name")
    return fields.make(
        OtherParticipant,
        id=ids.id("other_participants", name.en),
        name=name,
        description=fields.text("description"),
        party=pack.ref(fields, "party", "party"),
    )


def _session(fields: Fields, pack: Pack, ids: PartIds) -> Session | None:
    return fields.make(
        Session,
        id=ids.id("sessions"),
        title=fields.text("title", required=True),
        sources=pack.citations(fields),
    )

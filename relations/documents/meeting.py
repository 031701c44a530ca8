"""A meeting's public shape."""

import datetime
import zoneinfo
from collections.abc import Iterator
from typing import Literal, Self

from relations.models.dates import PartialDate

from .base import Citation, Citations, Document, FacetValue, Part, Ref, Refs, Stale, TermRef, Text


class Participation(Part):
    term: TermRef
    role: str
    listed_as: str = ""


class OtherParticipant(Part):
    name: Text
    description: Text = Text()
    party: Ref | None = None


class AgendaItem(Part):
    text: Text
    priority: Ref | None = None


class Outcome(Part):
    text: Text


class Readout(Part):
    party: Ref
    source: Citation
    summary: Text = Text()


class Session(Part):
    title: Text
    sources: Citations = ()


class Meeting(Document):
    REQUIRED = ("title",)

    kind: Literal["meeting"] = "meeting"
    relationship: Ref
    title: Text
    summary: Text = Text()
    meeting_kind: str
    mode: str
    state: str = "confirmed"
    state_reason: Text = Text()
    starts_on: PartialDate
    until: datetime.date | None = None
    start_time: datetime.time | None = None
    end_time: datetime.time | None = None
    timezone: str
    place: Text = Text()
    host: Ref | None = None
    part_of: Ref | None = None
    topics: Refs = ()
    priorities: Refs = ()
    participants: tuple[Participation, ...] = ()
    other_participants: tuple[OtherParticipant, ...] = ()
    sessions: tuple[Session, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    readouts: tuple[Readout, ...] = ()
    verified: bool = True
    note: Text = Text()
    sources: Citations = ()

    @property
    def sort_on(self) -> datetime.date:
        return self.starts_on.first

    @property
    def over_on(self) -> datetime.date:
        """The first day on which it is certainly over (half-open end)."""
        return self.until or self.starts_on.until

    @property
    def last_on(self) -> datetime.date:
        return self.over_on - datetime.timedelta(days=1)

    @property
    def is_told(self) -> bool:
        """Whether it says what came of it: an outcome, a readout, or a page published on its first day or later."""
        published = [each.cited.published for each in self.sources if each.cited.published]
        return bool(self.outcomes or self.readouts or any(each.until > self.starts_on.first for each in published))

    def on(self, day: datetime.date) -> Self:
        """Before its first day, without what came of it."""
        return self if self.starts_on.first <= day else self.model_copy(update={"outcomes": (), "readouts": ()})

    def goes_stale(self) -> Iterator[tuple[Stale, datetime.date]]:
        if self.state == "tentative" or (self.state == "confirmed" and not self.is_told):
            yield Stale.UPCOMING, self.over_on

    def check_after(self, day: datetime.date) -> datetime.date | None:
        """The day after it; once that has come, what was said stays so."""
        return self.over_on if self.over_on > day else None

    @property
    def starts_at(self) -> datetime.datetime | None:
        """Start with its zone; None where the hour is not known."""
        if self.start_time is None or self.starts_on.precision != "day":
            return None
        return datetime.datetime.combine(self.starts_on.date, self.start_time, tzinfo=zoneinfo.ZoneInfo(self.timezone))

    def facets(self) -> Iterator[FacetValue]:
        yield from super().facets()
        yield FacetValue("mode", self.mode)
        yield FacetValue("meeting_kind", self.meeting_kind)
        for topic in self.topics:
            yield FacetValue("topic", str(topic.id))
        for priority in self.priorities:
            yield FacetValue("priority", str(priority.id))
        for official in {each.term.official.id for each in self.participants}:
            yield FacetValue("participant", str(official))
        for year in range(self.starts_on.first.year, self.last_on.year + 1):
            yield FacetValue("year", str(year))
        yield FacetValue("dated", "", self.starts_on.first, self.over_on)

    def plain_words(self) -> Iterator[str]:
        for participation in self.participants:
            yield participation.listed_as

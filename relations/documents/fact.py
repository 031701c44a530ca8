"""A fact's public shape: a sentence and its observations."""

import datetime
from collections.abc import Iterator
from typing import Literal, Self
from uuid import UUID

from relations.models.dates import PartialDate

from .base import (
    Citation,
    Citations,
    Document,
    FacetValue,
    Number,
    Part,
    Ref,
    Refs,
    Stale,
    Text,
    Unit,
    later,
    months_later,
)

# How often a newer figure comes out, in months.
RHYTHMS = {"monthly": 1, "quarterly": 3, "yearly": 12, "biennial": 24, "quinquennial": 60}
# What was hoped for is no figure that a newer one replaces.
HOPED_FOR = {"target", "pledged"}


class Observation(Part):
    value: Number | None = None
    value_max: Number | None = None
    value_date: PartialDate | None = None
    unit: Unit
    qualifier: str
    as_of: PartialDate
    rank: str = "normal"
    source: Citation
    locator: str = ""
    label: Text = Text()
    note: Text = Text()


class Fact(Document):
    REQUIRED = ("statement",)
    CHECK_EVERY = 24

    kind: Literal["fact"] = "fact"
    relationship: Ref
    statement: Text
    topics: Refs = ()
    parties: Refs = ()
    rhythm: str = later("", since=2)
    verified: bool = True
    note: Text = Text()
    observations: tuple[Observation, ...] = ()
    sources: Citations = ()

    @property
    def title(self) -> Text:
        return self.statement

    @property
    def figure(self) -> Observation | None:
        """The figure to show first: the newest preferred one, else the newest that is not known to be wrong.

        Of several for the same day the editor's first counts. None where the fact has no figure.
        """
        return next(iter(self.newest_first), None)

    @property
    def newest_first(self) -> tuple[Observation, ...]:
        """Observations, preferred ones first, then the newest; those known to be wrong are left out."""
        usable = [each for each in self.observations if each.rank != "deprecated"]
        usable.sort(key=lambda each: each.as_of.first, reverse=True)
        return tuple(sorted(usable, key=lambda each: each.rank != "preferred"))

    def figure_on(self, day: datetime.date) -> Observation | None:
        """The newest figure whose date is not after this day."""
        return next((each for each in self.newest_first if each.as_of.first <= day), None)

    def on(self, day: datetime.date) -> Self:
        """With the figures whose date is not after the day; of one known to a month or year its first day counts."""
        return self.model_copy(
            update={"observations": tuple(each for each in self.observations if each.as_of.first <= day)}
        )

    @property
    def figure_due_from(self) -> datetime.date | None:
        """The first day on which a newer figure should be out; None without a rhythm or a figure."""
        months = RHYTHMS.get(self.rhythm)
        covered = [each.as_of.until for each in self.newest_first if each.qualifier not in HOPED_FOR]
        return months_later(max(covered), months) if months and covered else None

    def goes_stale(self) -> Iterator[tuple[Stale, datetime.date]]:
        if self.figure_due_from:
            yield Stale.FIGURE, self.figure_due_from

    def check_after(self, day: datetime.date) -> datetime.date | None:
        """When the next figure is due; if that has passed, one rhythm later."""
        if self.figure_due_from and self.figure_due_from > day:
            return self.figure_due_from
        return months_later(day, RHYTHMS.get(self.rhythm, self.CHECK_EVERY))

    @property
    def stated_by(self) -> frozenset[UUID]:
        """The parties whose own publications state it."""
        return frozenset(party.id for citation in self.sources for party in citation.cited.speaks_for)

    @property
    def dated(self) -> PartialDate | None:
        """The date of the figure shown; without a figure, the newest publication it rests on."""
        if self.figure:
            return self.figure.as_of
        published = [citation.cited.published for citation in self.sources if citation.cited.published]
        return max(published, key=lambda date: date.first, default=None)

    @property
    def sort_on(self) -> datetime.date | None:
        return self.dated.first if self.dated else None

    def facets(self) -> Iterator[FacetValue]:
        yield from super().facets()
        for topic in self.topics:
            yield FacetValue("topic", str(topic.id))
        for party in self.stated_by:
            yield FacetValue("stated_by", str(party))
        if not self.stated_by:
            yield FacetValue("stated_by", "neither")
        yield FacetValue("figure", "with" if self.observations else "without")
        for kind in {citation.cited.source_kind for citation in self.sources}:
            yield FacetValue("source_kind", kind)
        dates = [observation.as_of for observation in self.observations] or [self.dated]
        for date in filter(None, dates):
            yield FacetValue("dated", "", date.first, date.until)

    def plain_words(self) -> Iterator[str]:
        for each in self.observations:
            yield from (str(value) for value in (each.value, each.value_max) if value is not None)

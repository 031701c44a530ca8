"""A relationship's public shape: its words, its key figures and dates, its map."""

import datetime
from collections.abc import Iterator
from typing import Literal, Self

from relations.models.dates import PartialDate

from .base import Citations, Document, FacetValue, Frozen, Part, Ref, Refs, Text


class MapPath(Frozen):
    """An outline; its role is its class in the stylesheet."""

    role: Literal["grid", "land", "a", "b", "lake", "line", "lead"]
    d: str


class MapDot(Frozen):
    x: float
    y: float


class MapLabel(Frozen):
    role: Literal["name", "num", "lab", "tick"]
    x: float
    y: float
    anchor: Literal["start", "middle", "end"] = "start"
    text: Text


class Map(Frozen):
    """A locator map as data: paths and labels, so that both languages and both themes share one drawing."""

    width: int
    height: int
    description: Text
    caption: Text
    paths: tuple[MapPath, ...]
    dots: tuple[MapDot, ...] = ()
    labels: tuple[MapLabel, ...] = ()


class KeyFigure(Part):
    fact: Ref
    label: Text = Text()


class KeyDate(Part):
    slug: str
    date: PartialDate
    label: Text
    facts: Refs = ()
    meetings: Refs = ()
    officials: Refs = ()
    sources: Citations = ()


class Relationship(Document):
    REQUIRED = ("title", "summary")
    CHECK_EVERY = 6

    kind: Literal["relationship"] = "relationship"
    party_a: Ref
    party_b: Ref
    title: Text
    short_title: Text = Text()
    tagline: Text = Text()
    summary: Text = Text()
    status_on: datetime.date | None = None
    lead_factsheet: Ref | None = None
    lead_statement: Ref | None = None
    key_figures: tuple[KeyFigure, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()
    map: Map | None = None
    sources: Citations = ()

    @property
    def parties(self) -> tuple[Ref, Ref]:
        return self.party_a, self.party_b

    def on(self, day: datetime.date) -> Self:
        """Before the day of its state of play, without that."""
        return self.model_copy(update={"summary": Text()}) if self.status_on and self.status_on > day else self

    def facets(self) -> Iterator[FacetValue]:
        yield from super().facets()
        for party in self.parties:
            yield FacetValue("party", str(party.id))

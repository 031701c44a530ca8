"""A fact sheet's public shape: sections of references."""

import datetime
from typing import Literal

from relations.models.dates import PartialDate
from relations.models.factsheet import TARGETS

from .base import Citations, CommitmentRef, Document, Part, Ref, Text
from .fact import Fact, Observation


class Line(Part):
    statement: Ref | None = None
    meeting: Ref | None = None
    fact: Ref | None = None
    priority: Ref | None = None
    commitment: CommitmentRef | None = None

    @property
    def name(self) -> str:
        """What kind of thing the line points at: the one field that is given."""
        return next(name for name in TARGETS if getattr(self, name))

    @property
    def target(self) -> Ref | CommitmentRef:
        """The one record or commitment that the line points at."""
        return getattr(self, self.name)

    @property
    def record(self) -> Ref:
        """The record on whose page the target is read."""
        return self.target.priority if isinstance(self.target, CommitmentRef) else self.target


class Section(Part):
    slug: str
    heading: Text
    lines: tuple[Line, ...] = ()


class Factsheet(Document):
    REQUIRED = ("title", "issuer")

    kind: Literal["factsheet"] = "factsheet"
    relationship: Ref
    title: Text
    issuer: Text
    issued_on: PartialDate
    issue_time: datetime.time | None = None
    timezone: str
    original_language: str
    intro: Text = Text()
    translation_note: Text = Text()
    sections: tuple[Section, ...] = ()
    note: Text = Text()
    sources: Citations = ()

    @property
    def sort_on(self) -> datetime.date:
        return self.issued_on.first

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all sections, in their order."""
        return tuple(line for section in self.sections for line in section.lines)

    def own_figure(self, fact: Fact) -> Observation | None:
        """The figure of a fact that is dated to the sheet's day: an older one is not put into its mouth."""
        return next((each for each in fact.observations if each.as_of == self.issued_on), None)

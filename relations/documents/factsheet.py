"""A fact sheet's public shape: sections of references."""

import datetime
from typing import Literal

from relations.models.dates import PartialDate
from relations.models.factsheet import TARGETS

from .base import Citations, CommitmentRef, Document, Part, Ref, Text


class Line(Part):
    statement: Ref | None = None
    meeting: Ref | None = None
    fact: Ref | None = None
    priority: Ref | None = None
    commitment: CommitmentRef | None = None

    @property
    def target(self) -> Ref | CommitmentRef:
        """The one record or commitment that the line points at."""
        return next(filter(None, (getattr(self, name) for name in TARGETS)))


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

"""A priority's public shape: commitments, and what shows their status."""

import datetime
from collections.abc import Iterator
from typing import Literal, Self

from django.utils.text import slugify

from relations.models.dates import PartialDate

from .base import Citation, Citations, CommitmentRef, Document, FacetValue, Part, Ref, Refs, Text


class Assessment(Part):
    # Empty: further evidence, which leaves the status as it was.
    status: str = ""
    as_of: PartialDate | None = None
    source: Citation
    evidence_on: datetime.date | None = None
    finding: Text


class Commitment(Part):
    slug: str
    statement: Text
    made_by: Refs = ()
    made_at: Ref | None = None
    made_on: PartialDate | None = None
    made_in: Text = Text()
    due_on: PartialDate | None = None
    assessments: tuple[Assessment, ...] = ()
    note: Text = Text()
    sources: Citations = ()

    def is_later(self, day: datetime.date) -> bool:
        """Whether it was made after this day; one whose day is not known is not called later."""
        return self.made_on is not None and self.made_on.first > day

    def on(self, day: datetime.date) -> Self:
        """With the evidence of that day and before."""
        known = [(each.as_of.first if each.as_of else each.evidence_on, each) for each in self.assessments]
        return self.model_copy(update={"assessments": tuple(each for dated, each in known if dated and dated <= day)})

    @property
    def assessment(self) -> Assessment | None:
        """The newest assessment that gives a status; None where nobody has assessed it."""
        return self.assessment_on(datetime.date.max)

    def assessment_on(self, day: datetime.date) -> Assessment | None:
        """The newest assessment whose date is not after this day."""
        given = [each for each in self.assessments if each.as_of and each.as_of.first <= day]
        return max(given, key=lambda each: each.as_of.first, default=None)

    @property
    def status(self) -> str:
        return self.assessment.status if self.assessment else "not_assessed"


class Priority(Document):
    REQUIRED = ("name",)
    CHECK_EVERY = 6

    kind: Literal["priority"] = "priority"
    relationship: Ref
    name: Text
    summary: Text = Text()
    framework: Text = Text()
    topics: Refs = ()
    commitments: tuple[Commitment, ...] = ()
    note: Text = Text()
    sources: Citations = ()

    @property
    def title(self) -> Text:
        return self.name

    def on(self, day: datetime.date) -> Self:
        """With the commitments made by that day, or at a time not known, each as then assessed."""
        made = tuple(each.on(day) for each in self.commitments if not each.is_later(day))
        return self.model_copy(update={"commitments": made})

    def is_later(self, day: datetime.date) -> bool:
        """Whether it consists of commitments, all of them made later."""
        return bool(self.commitments) and all(each.is_later(day) for each in self.commitments)

    def commitment(self, ref: CommitmentRef | None) -> Commitment | None:
        """The commitment of this priority that a reference means; None where it has none of the kind."""
        return next((each for each in self.commitments if ref and each.id == ref.id), None)

    @property
    def framework_slug(self) -> str:
        """The framework in an address; empty where there is none."""
        return slugify(self.framework.en)[:80]

    def facets(self) -> Iterator[FacetValue]:
        yield from super().facets()
        for topic in self.topics:
            yield FacetValue("topic", str(topic.id))
        if self.framework_slug:
            yield FacetValue("framework", self.framework_slug)
        for status in {commitment.status for commitment in self.commitments}:
            yield FacetValue("status", status)
        for party in {party.id for commitment in self.commitments for party in commitment.made_by}:
            yield FacetValue("made_by", str(party))

"""A statement's public shape: words, speaker, day."""

import datetime
from collections.abc import Iterator
from typing import Literal

from django.utils.text import Truncator

from relations.models.dates import PartialDate

from .base import Citations, Document, FacetValue, Part, Ref, TermRef, Text


class CoSpeaker(Part):
    term: TermRef


class Statement(Document):
    REQUIRED = ("quote",)

    kind: Literal["statement"] = "statement"
    relationship: Ref
    quote: Text
    basis_en: str
    basis_fr: str
    original_language: str
    speaker: TermRef
    co_speakers: tuple[CoSpeaker, ...] = ()
    said_on: PartialDate
    meeting: Ref | None = None
    context: Text = Text()
    note: Text = Text()
    sources: Citations = ()

    @property
    def title(self) -> Text:
        return Text(
            en=f"“{Truncator(self.quote.en).words(14)}”" if self.quote.en else "",
            fr=f"«\u00a0{Truncator(self.quote.fr).words(14)}\u00a0»" if self.quote.fr else "",
        )

    @property
    def speakers(self) -> tuple[TermRef, ...]:
        return self.speaker, *(each.term for each in self.co_speakers)

    @property
    def sort_on(self) -> datetime.date:
        return self.said_on.first

    def facets(self) -> Iterator[FacetValue]:
        yield from super().facets()
        for term in self.speakers:
            yield FacetValue("speaker", str(term.official.id))
        yield FacetValue("year", str(self.said_on.first.year))
        yield FacetValue("dated", "", self.said_on.first, self.said_on.until)

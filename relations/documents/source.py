"""A source's public shape, and how it is cited."""

import datetime
from collections.abc import Iterator
from typing import Literal

from relations.models.dates import PartialDate

from .base import Citation, Cited, Document, FacetValue, Ref, Refs, Text


class Source(Document):
    kind: Literal["source"] = "source"
    original_title: str
    title_basis: str
    publisher: str
    source_kind: str
    language: str
    url: str = ""
    published: PartialDate | None = None
    speaks_for: Refs = ()
    supports: Text = Text()
    note: Text = Text()
    accessed_on: datetime.date | None = None
    archived_url: str = ""

    @property
    def title(self) -> Text:
        return Text(en=self.original_title, fr=self.original_title)

    @property
    def sort_on(self) -> datetime.date | None:
        return self.published.first if self.published else None

    @property
    def cited(self) -> Cited:
        """This source as another record cites it."""
        return Cited(
            title=self.original_title,
            publisher=self.publisher,
            source_kind=self.source_kind,
            language=self.language,
            url=self.url,
            published=self.published,
            speaks_for=self.speaks_for,
        )

    @property
    def citation(self) -> Citation:
        return Citation(source=Ref(kind="source", id=self.id), cited=self.cited)

    def facets(self) -> Iterator[FacetValue]:
        yield from super().facets()
        yield FacetValue("source_kind", self.source_kind)
        yield FacetValue("language", self.language)
        for party in self.speaks_for:
            yield FacetValue("stated_by", str(party.id))
        if self.published:
            yield FacetValue("dated", "", self.published.first, self.published.until)

    def plain_words(self) -> Iterator[str]:
        yield from (self.original_title, self.publisher)

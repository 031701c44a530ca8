"""What records would go live with: their desk copies, with citations of what is public by then."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from uuid import UUID

from relations.documents import Cited, Document, Source, citations, freeze_all, parse, recite
from relations.models import Edition, Record


def draft(records: Sequence[Record], *, at: datetime.datetime) -> list[Document]:
    """The documents that these records would go live with at this instant.

    A citation is taken from the source as it is live then, or as it goes live in the same set: a draft of a
    source cannot slip out inside another record.
    """
    return recited(freeze_all(records), at=at)


def recited(documents: Sequence[Document], *, at: datetime.datetime) -> list[Document]:
    """These documents with citations as ``draft`` has them."""
    cited: dict = {document.id: document.cited for document in documents if isinstance(document, Source)}
    named = {citation.source.id for document in documents for citation in citations(document)} - set(cited)
    cited |= _cited_live(named, at)
    return [recite(document, cited) for document in documents]


def _cited_live(source_ids: set[UUID], at: datetime.datetime) -> dict[UUID, Cited]:
    editions = Edition.objects.live(at).filter(record_id__in=source_ids).values_list("record_id", "document")
    return {identity: parse("source", text).cited for identity, text in editions}

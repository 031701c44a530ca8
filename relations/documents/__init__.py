"""Documents: the complete public shape of each noun, and the way from the desk and back.

``freeze`` takes a desk row to its document, ``thaw`` brings a document to the desk, ``parse`` reads a stored one.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from relations.models import Record

from . import desk
from .base import (
    DECIMAL_COMMA,
    GROUPING,
    Citation,
    Cited,
    CommitmentRef,
    Document,
    FacetValue,
    Number,
    PostRef,
    Ref,
    Stale,
    TermRef,
    Text,
    Unit,
    citations,
    fold,
    recite,
    refs,
    texts,
)
from .fact import Fact, Observation
from .factsheet import Factsheet
from .meeting import Meeting
from .official import Held, Official, Term
from .party import Party
from .post import Post
from .priority import Assessment, Commitment, Priority
from .relationship import Map, Relationship
from .source import Source
from .statement import Statement
from .topic import Topic

DOCUMENTS: dict[str, type[Document]] = {
    document.model_fields["kind"].default: document
    for document in (
        Party, Source, Post, Official, Relationship, Topic, Fact, Meeting, Priority, Statement, Factsheet,
    )
}  # fmt: skip

# (kind, version) → a pure function that lifts stored data of that version to the next. Stored text is never rewritten.
LIFTS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}


def freeze(row: Record) -> Document:
    """The document of a desk row as last saved, children included. Costs a few queries per relation."""
    return desk.read(row, DOCUMENTS[row.KIND])


def freeze_all(rows: Sequence[Record]) -> list[Document]:
    """The documents of these desk rows, read anew from the database, in their order. A few queries per kind."""
    found: dict[UUID, Document] = {}
    for model in {type(row) for row in rows}:
        shape = DOCUMENTS[model.KIND]
        saved = model.objects.filter(pk__in=[row.pk for row in rows if type(row) is model])
        found |= {row.pk: desk.read(row, shape) for row in saved.prefetch_related(*desk.lookups(shape))}
    return [found[row.pk] for row in rows]


def thaw(document: Document, before: Document | None = None) -> Record:
    """Saves a document as the desk row of its kind and returns it; children keep their ids.

    ``before`` is what the desk has, where the caller holds it under a lock: only what differs is written then.
    Call inside a transaction: references may point at rows that are written later in it.
    """
    return desk.write(document, before)


def thaw_new(documents: Sequence[Document]) -> list[Record]:
    """Saves documents of which the desk has nothing yet, in a few queries for all of them, and returns their rows."""
    return desk.write_new(documents)


def parse(kind: str, text: str) -> Document:
    """The document that was stored as ``text``, lifted to the present schema.

    Fields that a newer version of this software stored are left aside: two versions stand side by side during a
    deploy, and after a rollback. Raises pydantic.ValidationError if it does not have the shape of its kind.
    """
    return DOCUMENTS[kind].model_validate(_lifted(kind, json.loads(text)), extra="ignore")


def accept(kind: str, data: dict[str, Any]) -> Document:
    """The document that somebody brings as ``data``, lifted to the present schema.

    Raises pydantic.ValidationError for whatever its kind does not have.
    """
    return DOCUMENTS[kind].model_validate(_lifted(kind, data))


def _lifted(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    while (lift := LIFTS.get((kind, data["schema_version"]))) is not None:
        data = lift(data)
    return data


__all__ = [
    "DECIMAL_COMMA",
    "DOCUMENTS",
    "GROUPING",
    "LIFTS",
    "Assessment",
    "Citation",
    "Cited",
    "Commitment",
    "CommitmentRef",
    "Document",
    "FacetValue",
    "Fact",
    "Factsheet",
    "Held",
    "Map",
    "Meeting",
    "Number",
    "Observation",
    "Official",
    "Party",
    "Post",
    "PostRef",
    "Priority",
    "Ref",
    "Relationship",
    "Source",
    "Stale",
    "Statement",
    "Term",
    "TermRef",
    "Text",
    "Topic",
    "Unit",
    "accept",
    "citations",
    "fold",
    "freeze",
    "freeze_all",
    "parse",
    "recite",
    "refs",
    "texts",
    "thaw",
    "thaw_new",
]

"""Which desk rows a document points at: to tell, before it is written, whether they are still there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model

from relations import models

from .base import CommitmentRef, Document, Portrait, Ref, TermRef, Unit, _walk


class Named(NamedTuple):
    """One row that a document points at: where in the document, what kind of row, its key."""

    path: str
    model: type[Model]
    key: Any


def named(document: Document) -> Iterator[Named]:
    """Every row that has to be on the desk for this document to be written there, in document order."""
    for path, value in _walk(document):
        if isinstance(value, TermRef):
            yield Named(path, models.Term, value.id)
        elif isinstance(value, CommitmentRef):
            yield Named(path, models.Commitment, value.id)
        elif isinstance(value, Ref):
            yield Named(path, models.BY_KIND[value.kind], value.id)
        elif isinstance(value, Unit):
            yield Named(path, models.Unit, value.code)
        elif isinstance(value, Portrait):
            yield Named(path, models.Portrait, value.sha256)

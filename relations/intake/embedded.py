"""What documents take from other records: read from the desk or the same file, and not believed of whoever wrote it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from relations.documents import Citation, CommitmentRef, Document, PostRef, Ref, TermRef, Unit
from relations.documents.base import Frozen, Part, Portrait
from relations.documents.desk import shape
from relations.models import BY_KIND

from .tables.names import Names, Spoiled, Wrong

Made = TypeVar("Made", bound=Frozen)


def settled(document: Document, names: Names) -> tuple[Document | None, list[tuple[str, str]]]:
    """The document as the desk would give it back, and the path and reason of each thing it names that is not there.

    A term is of one official and in one post, a commitment of one priority, whatever a file says. None where anything
    is missing, or wrong with a record that the same file has.
    """
    missing: list[tuple[str, str]] = []
    try:
        found = _settled(document, BY_KIND[document.kind], names, "", missing)
    except Spoiled:
        return None, missing
    return (None if missing else found), missing


def _settled(value: Made, model: type[models.Model], names: Names, path: str, missing: list) -> Made:
    changed: dict[str, Any] = {}
    for name, (many, _held) in shape(type(value)).items():
        inner, where = getattr(value, name), f"{path}.{name}".strip(".")
        each = inner if many else (inner,)
        if not any(isinstance(one, NAMING) for one in each):
            continue
        target = model._meta.get_field(name).related_model
        made = []
        for index, one in enumerate(each):
            at = f"{where}[{index}]" if many else where
            try:
                made.append(_one(one, target, names, at, missing))
            except Wrong as wrong:
                missing.append((at, str(wrong)))
        changed[name] = tuple(made) if many else next(iter(made), None)
    return value.model_copy(update=changed)


NAMING = (Part, Citation, TermRef, CommitmentRef, Unit, Portrait, Ref)


def _one(value: Any, target: type[models.Model], names: Names, path: str, missing: list) -> Any:
    if isinstance(value, Part):
        return _settled(value, target, names, path, missing)
    if isinstance(value, TermRef):
        return names.term_with(value.id, value.official.id)
    if isinstance(value, CommitmentRef):
        return names.commitment_with(value.id, value.priority.id)
    if isinstance(value, Unit):
        return names.unit(value.code)
    if isinstance(value, Portrait):
        return names.portrait(value.sha256)
    if isinstance(value, Citation):
        return names.citation(names.record_with("source", value.source.id).id)
    found = names.record_with(target.KIND, value.id)
    return names.post(found.id) if isinstance(value, PostRef) else found

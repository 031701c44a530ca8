"""The desk's own rules for each column (length, choices, shape), asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from relations.documents import Document, Text, desk
from relations.documents.base import Frozen, Part
from relations.models import BY_KIND

# Where a document calls a field otherwise than a pack.
PACK_NAMES = {
    "basis_en": "quote_basis.en",
    "basis_fr": "quote_basis.fr",
    "finding": "note",
    "lines": "items",
    "meeting_kind": "kind",
    "mode": "format",
    "original_title": "title",
    "role": "kind",
    "singular": "name_singular",
    "source_kind": "kind",
}


def broken_rules(document: Document, names: Mapping[str, str] = PACK_NAMES) -> Iterator[tuple[str, str]]:
    """Each field that the desk would refuse, under the name that ``names`` has for it, and why."""
    yield from _check(document, BY_KIND[document.kind], "", names)


def _check(value: Frozen, model: type[models.Model], path: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in type(value).model_fields:
        held = getattr(value, name)
        where = f"{path}.{names.get(name, name)}".strip(".")
        if isinstance(held, Text):
            for language in ("en", "fr"):
                yield from _column(model, f"{name}_{language}", getattr(held, language), f"{where}.{language}")
        elif isinstance(held, tuple) and held and isinstance(held[0], Part):
            related = model._meta.get_field(name).related_model
            for index, part in enumerate(held):
                yield from _check(part, related, f"{where}[{index}]", names)
        elif name != "kind" and isinstance(held, (str, Decimal)):
            yield from _column(model, name, held, where)


def _column(model: type[models.Model], name: str, value: Any, where: str) -> Iterator[tuple[str, str]]:
    fields = {field.name: field for field in model._meta.concrete_fields}
    if name in fields:
        yield from ((where, message) for message in refusals(fields[name], value))


def refusals(field: models.Field, value: Any) -> list[str]:
    """Why a column of the desk would not take this text or number; empty if it would.

    Whether it may be empty was judged where it was read, and readiness judges it again.
    """
    if not isinstance(value, (str, int, Decimal)) or value == "":
        return []
    try:
        field.clean(value, None)
    except ValidationError as error:
        return list(error.messages)
    return []


def broken_constraints(value: Frozen, model: type[models.Model]) -> Iterator[str]:
    """Why the desk's table would not take this record or part as a whole. A query for each rule."""
    row = desk.fill(model(), value)
    every = {field.name for field in model._meta.fields}
    for constraint in model._meta.constraints:
        # What a date without its precision would be, no document can say.
        if not isinstance(constraint, models.CheckConstraint) or constraint.name.endswith("_has_precision"):
            continue
        try:
            constraint.validate(model, row, exclude=every - constraint.condition.referenced_base_fields)
        except ValidationError as error:
            yield from error.messages

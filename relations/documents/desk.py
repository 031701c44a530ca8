"""Between the desk and a document, field by field, by the shape that the document declares.

A document's field has the name of the desk's: a Text stands for two columns, a PartialDate for a date and its
precision, a Ref for a foreign key, a tuple of them for a many-to-many, a tuple of Parts for child rows.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Iterable
from typing import Any

from django.db import models

from relations.models import BY_KIND, PartialDate, Record

from .base import Citation, CommitmentRef, Document, Frozen, Part, Portrait, PostRef, Ref, TermRef, Text, Unit
from .source import Source


@functools.cache
def shape(document: type[Frozen]) -> dict[str, tuple[bool, Any]]:
    """Field name → (is it a tuple, the class of what it holds), for one document or part class."""
    return {name: _inner(field.annotation) for name, field in document.model_fields.items()}


def _inner(annotation: Any) -> tuple[bool, Any]:
    if isinstance(annotation, types.UnionType):
        annotation = next(each for each in typing.get_args(annotation) if each is not types.NoneType)
    if typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) is tuple:
        return True, typing.get_args(annotation)[0]
    return False, annotation


def _is(held: Any, kind: type | tuple[type, ...]) -> bool:
    return isinstance(held, type) and issubclass(held, kind)


# ---- desk row → document -------------------------------------------------------------------------------------------


def cite(source: models.Model) -> Citation:
    """How a record cites this source as it stands on the desk. Costs a query unless ``speaks_for`` is prefetched."""
    return read(source, Source).citation


@functools.cache
def lookups(document: type[Frozen]) -> tuple[str, ...]:
    """What to fetch beforehand so that reading many rows of this class costs a query per relation, not per row."""
    found: list[str] = []
    for name, (many, held) in shape(document).items():
        if _is(held, Citation):
            found.append(f"{name}__speaks_for")
        elif _is(held, Part):
            found += [name, *(f"{name}__{inner}" for inner in lookups(held))]
        elif _is(held, TermRef):
            found.append(f"{name}__post")
        elif _is(held, (Unit, Portrait, CommitmentRef, PostRef)) or (many and _is(held, Ref)):
            found.append(name)
    return tuple(found)


def read(row: models.Model, document: type[Frozen]) -> Any:
    """One row in the shape of this document or part class, children included. Costs queries per relation."""
    skip = {"kind", "schema_version"} if issubclass(document, Document) else set()
    fields = {name: held for name, held in shape(document).items() if name not in skip}
    return document.model_validate({name: _read(row, name, *held) for name, held in fields.items()})


def _read(row: models.Model, name: str, many: bool, held: Any) -> Any:
    if _is(held, Text):
        return Text(en=getattr(row, f"{name}_en"), fr=getattr(row, f"{name}_fr"))
    if _is(held, PartialDate):
        date = getattr(row, name)
        return date and PartialDate(date=date, precision=getattr(row, f"{name}_precision"))
    if held is Ref and not many:
        field = row._meta.get_field(name)
        key = getattr(row, field.attname)
        return key and Ref(kind=field.related_model.KIND, id=key)
    value = getattr(row, name)
    if not many:
        return value if value is None else _read_one(value, held)
    if isinstance(value, list):
        return tuple(value)
    related = value.all()
    if _is(held, Citation):
        models.prefetch_related_objects(related, "speaks_for")
    return tuple(_read_one(each, held) for each in related)


def _read_one(value: Any, held: Any) -> Any:
    if _is(held, TermRef):
        return TermRef(
            id=value.pk,
            official=Ref(kind="official", id=value.official_id),
            post=_read_one(value.post, PostRef),
        )
    if _is(held, CommitmentRef):
        return CommitmentRef(id=value.pk, slug=value.slug, priority=Ref(kind="priority", id=value.priority_id))
    if _is(held, PostRef):
        return PostRef(id=value.pk, role=value.role)
    if _is(held, Ref):
        return Ref(kind=value.KIND, id=value.pk)
    if _is(held, Citation):
        return cite(value)
    if _is(held, Unit):
        return Unit(
            code=value.pk,
            name=Text(en=value.name_en, fr=value.name_fr),
            singular=Text(en=value.singular_en, fr=value.singular_fr),
        )
    if _is(held, Portrait):
        return Portrait(sha256=value.pk, width=value.width, height=value.height, widths=value.widths)
    return read(value, held) if _is(held, Part) else value


# ---- document → desk row -------------------------------------------------------------------------------------------


_NOT_WRITTEN = {"id", "kind", "schema_version"}
AT_ONCE = 200  # rows in one statement


def write(document: Document, before: Document | None = None) -> Record:
    """Saves the document as the desk row of its kind, children by id, and returns the row.

    ``before`` is what the desk has, where the caller holds it under a lock: only what differs is written then.
    Call inside a transaction: references may point at rows that are written later in it.
    """
    model = BY_KIND[document.kind]
    row = model.objects.filter(pk=document.id).first() or model(pk=document.id)
    _write(row, document, before)
    return row


def write_new(documents: Iterable[Document]) -> list[Record]:
    """Saves documents of which the desk has nothing yet, in a few queries for all of them, and returns their rows.

    Call inside a transaction, as ``write``. Raises IntegrityError where there is something after all.
    """
    made: dict[type[models.Model], list[models.Model]] = {}
    records = [_new(BY_KIND[document.kind](pk=document.id), document, made) for document in documents]
    for model, rows in made.items():
        model._base_manager.bulk_create(rows, batch_size=AT_ONCE)
    return records


def _new(row: models.Model, document: Frozen, made: dict[type[models.Model], list[models.Model]]) -> models.Model:
    """The unsaved row of a new record or part; it and all that hangs on it are added to what is to be made."""
    made.setdefault(type(row), []).append(fill(row, document))
    for name, (many, held) in shape(type(document)).items():
        if not (many and _is(held, Frozen)):
            continue
        field = row._meta.get_field(name)
        for position, each in enumerate(getattr(document, name)):
            if issubclass(held, Part):
                _new(field.related_model(pk=each.id, position=position, **{field.field.name: row}), each, made)
            else:
                own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
                through = field.remote_field.through
                link = through(**{f"{own}_id": row.pk, f"{other}_id": _key(each)})
                made.setdefault(through, []).append(link)
    return row


def fill(row: models.Model, document: Frozen) -> models.Model:
    """Gives a row the columns that this document or part says, saves nothing, and returns the row."""
    for name, (many, held) in shape(type(document)).items():
        if name in _NOT_WRITTEN or (many and _is(held, Frozen)):
            continue
        value = getattr(document, name)
        _write_column(row, name, held, list(map(str, value)) if many else value)
    return row


def _write(row: models.Model, document: Frozen, before: Frozen | None = None) -> None:
    fill(row, document).save()
    for name, (many, held) in shape(type(document)).items():
        value = getattr(document, name)
        if not (many and _is(held, Frozen)) or (before is not None and getattr(before, name) == value):
            continue
        if issubclass(held, Part):
            _write_parts(row, name, value)
        else:
            getattr(row, name).set([_key(each) for each in value])


def _write_column(row: models.Model, name: str, held: Any, value: Any) -> None:
    if _is(held, Text):
        setattr(row, f"{name}_en", value.en)
        setattr(row, f"{name}_fr", value.fr)
    elif _is(held, PartialDate):
        setattr(row, name, value and value.date)
        setattr(row, f"{name}_precision", value.precision if value else "")
    elif isinstance(row._meta.get_field(name), models.ForeignKey):
        setattr(row, row._meta.get_field(name).attname, None if value is None else _key(value))
    else:
        setattr(row, name, value.model_dump(mode="json") if isinstance(value, Frozen) else value)


def _key(value: Any) -> Any:
    if isinstance(value, Citation):
        return value.source.id
    if isinstance(value, Portrait):
        return value.sha256
    return value.code if isinstance(value, Unit) else value.id


def _write_parts(row: models.Model, name: str, parts: tuple[Part, ...]) -> None:
    """Updates child rows by id, adds new ones, removes the rest; their order becomes their position."""
    relation = row._meta.get_field(name)
    manager = getattr(row, name)
    known = {child.pk: child for child in manager.all()}
    manager.exclude(pk__in=[part.id for part in parts]).delete()
    _make_room(relation, known, parts)
    for position, part in enumerate(parts):
        child = known.get(part.id) or relation.related_model(pk=part.id)
        setattr(child, relation.field.name, row)
        child.position = position
        _write(child, part)


def _make_room(relation: models.ManyToOneRel, known: dict[Any, models.Model], parts: tuple[Part, ...]) -> None:
    """Frees what only one child of a row may have, a slug or a term, so that two children can trade theirs."""
    for constraint in relation.related_model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        [name] = set(constraint.fields) - {relation.field.name}
        field = relation.related_model._meta.get_field(name)
        for part in parts:
            value, child = getattr(part, name), known.get(part.id)
            if child is None or getattr(child, field.attname) == (_key(value) if field.is_relation else value):
                continue
            if field.is_relation:
                known.pop(part.id).delete()  # and written anew under its id: nothing depends on such a child
            else:
                relation.related_model.objects.filter(pk=child.pk).update(**{name: child.pk.hex})

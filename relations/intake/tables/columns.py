"""The tables of a noun: one for its records and one for each kind of part, as the shape of its document has them.

A column has the name of the document's field: a Text is two, a list of references is one with semicolons. What the
public is told by a last day is here called so as well: inclusive, and not the day after it.
"""

from __future__ import annotations

import datetime
import functools
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from relations.documents import DOCUMENTS, Citation, CommitmentRef, Document, PostRef, Ref, TermRef, Text, Unit
from relations.documents.base import LANGUAGES, Frozen, Part
from relations.documents.desk import shape
from relations.models import BY_KIND, PartialDate

# Half-open ends on the desk → the column that names the last day.
LAST_DAYS = {"until": "last_on", "held_until": "last_on"}
SIMPLE = (Text, PartialDate, Ref, PostRef, TermRef, CommitmentRef, Citation, Unit, Decimal, bool, int, str)
DAYS = (datetime.date, datetime.time)
VERSION, REMOVE = "version", "remove"
_NOT_COLUMNS = {"id", "kind", "schema_version"}


@dataclass(frozen=True)
class Column:
    """One column of a table: the field it stands for and what that holds."""

    name: str
    field: str
    held: Any
    many: bool
    model: type[models.Model]
    language: str = ""

    @property
    def column(self) -> models.Field:
        """The desk's own column or relation."""
        return self.model._meta.get_field(f"{self.field}_{self.language}" if self.language else self.field)

    @property
    def target(self) -> type[models.Model] | None:
        """The model of the rows that it names, if it names any."""
        return self.column.related_model

    @property
    def is_last_day(self) -> bool:
        return self.field in LAST_DAYS

    @property
    def is_required(self) -> bool:
        """Whether a record or part cannot be kept on the desk without it."""
        has_default = self.column.has_default() and not self.language
        return not (self.column.blank or self.column.null or has_default or self.held in (bool, int))

    @property
    def is_words(self) -> bool:
        """Whether it holds text that is kept as it is, spaces and all; and not an address or a word of a list."""
        return self.held in (Text, str) and not self.choices and not isinstance(self.column, models.SlugField)

    @property
    def label(self) -> str:
        """What the desk's forms call it."""
        return _("last day") if self.is_last_day else str(getattr(self.column, "verbose_name", self.name))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The words that it can hold, with what each means; empty where any text will do."""
        return [(value, str(text)) for value, text in getattr(self.column, "flatchoices", None) or () if value]


@dataclass(frozen=True)
class Table:
    """One table: the records of a noun, or their parts of one kind."""

    name: str
    kind: str
    shape: type[Frozen]
    model: type[models.Model]
    path: tuple[str, ...]  # the fields that lead from the record to the parts; empty for the records themselves
    keys: tuple[str, ...]  # the columns that say what a part is a part of
    whole: str  # the desk's column that does
    columns: tuple[Column, ...]

    @property
    def is_main(self) -> bool:
        return not self.path

    @property
    def headings(self) -> tuple[str, ...]:
        """Every column, in the order in which it is written."""
        own = [column.name for column in self.columns]
        last = [VERSION] if self.is_main else [REMOVE, VERSION]
        return (*self.keys, *own, "id", *last)

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)


@functools.cache
def tables(kind: str) -> tuple[Table, ...]:
    """The table of this noun's records, then those of its parts."""
    return tuple(_tables(kind, DOCUMENTS[kind], BY_KIND[kind], (), _keys(kind)))


def _keys(kind: str) -> tuple[str, ...]:
    has_relationship = "relationship" in DOCUMENTS[kind].model_fields
    return ("relationship", kind) if has_relationship else (kind,)


def _tables(
    kind: str,
    held: type[Frozen],
    model: type[models.Model],
    path: tuple[str, ...],
    keys: tuple[str, ...],
    whole: str = "",
) -> Iterator[Table]:
    is_main = issubclass(held, Document)
    columns = tuple(_columns(held, model))
    if not is_main:
        position = Column("position", "position", int, False, model)
        columns = (position, *columns)
    name = model._meta.model_name
    yield Table(name, kind, held, model, path, () if is_main else keys, whole, columns)
    inner = keys if is_main else (*keys, name)
    for field, (_many, part) in shape(held).items():
        if _is_part(part):
            relation = model._meta.get_field(field)
            yield from _tables(kind, part, relation.related_model, (*path, field), inner, relation.field.name)


def _columns(held: type[Frozen], model: type[models.Model]) -> Iterator[Column]:
    every = {name: (many, _plain(kind)) for name, (many, kind) in shape(held).items() if name not in _NOT_COLUMNS}
    found = {name: each for name, each in every.items() if each[1] in (*SIMPLE, *DAYS)}  # a drawing stays in JSON
    first = [name for name in ("relationship", "slug") if name in found]
    for name in [*first, *(name for name in found if name not in first)]:
        many, kind = found[name]
        if kind is Text:
            for language in LANGUAGES:
                yield Column(f"{name}_{language}", name, Text, False, model, language)
        else:
            yield Column(LAST_DAYS.get(name, name), name, kind, many, model)


def _is_part(held: Any) -> bool:
    return isinstance(held, type) and issubclass(held, Part)


def _plain(held: Any) -> Any:
    """The class of what a field holds, without "or nothing" and without rules of its own."""
    if typing.get_origin(held) is typing.Union:
        held = next(each for each in typing.get_args(held) if each is not type(None))
    if typing.get_origin(held) is typing.Annotated:
        held = typing.get_args(held)[0]
    return str if typing.get_origin(held) is typing.Literal else held


@functools.cache
def table_named(name: str) -> Table | None:
    """The table of this name, whichever noun has it."""
    return next((table for kind in DOCUMENTS for table in tables(kind) if table.name == name), None)

"""How the tables look that can be imported: said of each noun from the shape that its document declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from relations.intake.tables.cells import hint
from relations.intake.tables.columns import Table, tables
from relations.models import BY_KIND


class ColumnWords(NamedTuple):
    """One column in words: its heading, what it is, how it is written, whether it may be empty."""

    name: str
    label: str
    hint: str
    is_required: bool


class TableWords(NamedTuple):
    """One table in words."""

    name: str
    label: str
    columns: list[ColumnWords]


class NounWords(NamedTuple):
    """The tables of one noun; open where somebody came from its list."""

    label: str
    tables: list[TableWords]
    is_open: bool


def guide(kinds: Iterable[str], table: str) -> list[NounWords]:
    """The tables of these kinds, the one that was asked for opened."""
    return [
        NounWords(
            str(BY_KIND[kind]._meta.verbose_name_plural),
            [TableWords(each.name, each.label, list(_columns(each))) for each in tables(kind)],
            any(each.name == table for each in tables(kind)),
        )
        for kind in kinds
    ]


def _columns(table: Table) -> Iterator[ColumnWords]:
    for key in table.keys:
        model = BY_KIND.get(key)
        label = model._meta.verbose_name if model else key
        yield ColumnWords(key, str(label), _("what it is a part of: its address"), key != "relationship")
    for column in table.columns:
        is_only = column.field == "relationship"
        yield ColumnWords(column.name, column.label, hint(column), column.is_required and not is_only)
    yield ColumnWords("id", _("identity"), _("Empty for something new."), False)
    if not table.is_main:
        yield ColumnWords("remove", _("remove it"), _("Write true or false."), False)
    yield ColumnWords("version", _("the copy that was exported"), _("Leave it as it is."), False)

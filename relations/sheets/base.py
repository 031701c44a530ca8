"""What a sheet is: columns and rows; how large one may be; and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

# Of one file. A sheet of 20,000 facts fits; whatever is larger is a content pack, or an attack.
MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200

Cell = str | int | Decimal | None


class Unreadable(Exception):
    """A file that cannot be read, and why."""


@dataclass(frozen=True)
class Sheet:
    """What is to be written: a name, columns, and rows in their order."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class Row:
    """One row that was read: its number as spreadsheets count, and its text by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Fault:
    """Something wrong with one cell, or with a whole row if no column is named."""

    row: int
    column: str
    message: str


@dataclass
class Found:
    """What was read: the sheet's name (empty in a CSV file), its columns and rows, and what is wrong with them."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def take(self, number: int, texts: Sequence[str]) -> None:
        """Takes in the next row: the first that is not empty names the columns, empty ones mean nothing.

        Raises Unreadable once there are too many.
        """
        if not any(texts):
            return
        if not self.columns:
            self._name_columns(number, texts)
            return
        if len(self.rows) == MOST_ROWS:
            raise Unreadable(_("It has more than %(number)d rows.") % {"number": MOST_ROWS})
        cells = dict(zip(self.columns, texts, strict=False))
        for place, text in enumerate(texts):
            column = self.columns[place] if place < len(self.columns) else ""
            if text and not column:
                self.faults.append(Fault(number, "", _("“%(text)s” has no column.") % {"text": text[:60]}))
            if "\x00" in text:
                self.faults.append(Fault(number, column, _("It contains a character that no text has (NUL).")))
        cells.pop("", None)
        self.rows.append(Row(number, {column: cells.get(column, "") for column in self.columns if column}))

    def _name_columns(self, number: int, texts: Sequence[str]) -> None:
        if len(texts) > MOST_COLUMNS:
            raise Unreadable(_("It has more than %(number)d columns.") % {"number": MOST_COLUMNS})
        names = [text.strip() for text in texts]
        while not names[-1]:
            names.pop()
        for name in {name for name in names if name and names.count(name) > 1}:
            self.faults.append(Fault(number, name, _("This column is there twice.")))
        self.columns = names

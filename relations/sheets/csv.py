"""CSV (RFC 4180) in UTF-8 with a mark in front, so that spreadsheets read the accents."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from .base import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Cell, Found, Sheet, Unreadable
from .harmless import protect, unprotect

# A column of this name says that the file was written here: only then are apostrophes taken off again.
MARK = "exported_as"
SEPARATORS = ",;\t"

csv.field_size_limit(MOST_BYTES)  # a text may be as long as a file; the standard limit is shorter than some of ours


def write_csv(sheet: Sheet) -> str:
    """The sheet as text, with every cell kept from running."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (sheet.columns, *sheet.rows):
        writer.writerow([_written(cell) for cell in row])
    return f"\ufeff{text.getvalue()}"


def _written(cell: Cell) -> str:
    return protect(cell) if isinstance(cell, str) else "" if cell is None else f"{Decimal(cell):f}"


def read_csv(data: bytes) -> Found:
    """The one sheet of a CSV file: UTF-8 or, with its mark, UTF-16; commas, semicolons or tabs; any ends of lines.

    Raises Unreadable, naming the row and column where it can.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(_("It is larger than %(number)d MB.") % {"number": MOST_BYTES // 1024**2})
    found = Found("")
    text = _decoded(data)
    for number, row in enumerate(_rows(text), start=1):
        marked = MARK in found.columns
        found.take(number, [unprotect(cell) for cell in row] if marked else row)
    return found


def _rows(text: str) -> Iterator[list[str]]:
    """Every row; checked for its length before anything is made of it."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if len(row) > MOST_COLUMNS:
                message = _("Row %(row)d has more than %(number)d columns.")
                raise Unreadable(message % {"row": number, "number": MOST_COLUMNS})
            if number > MOST_ROWS + 1:
                raise Unreadable(_("It has more than %(number)d rows.") % {"number": MOST_ROWS})
            yield row
    except csv.Error as error:
        message = _("Row %(row)d: the quotation marks do not match.")
        raise Unreadable(message % {"row": number + 1}) from error


def _separator(text: str) -> str:
    """What separates the names of the columns: none of them contains any of these."""
    first = next((line for line in text.splitlines() if line.strip(SEPARATORS + " ")), "")
    return max(SEPARATORS, key=first.count)


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = _("Row %(row)d, %(column)s: this is not UTF-8 text. Save it as “CSV UTF-8”, or as a workbook.")
        row, column = _place(data[: error.start].decode(encoding, errors="ignore"))
        raise Unreadable(message % {"row": row, "column": column}) from error


def _place(before: str) -> tuple[int, str]:
    """The row and the column in which a text breaks off."""
    rows = list(csv.reader(io.StringIO(before, newline=""), delimiter=_separator(before))) or [[""]]
    if before.endswith(("\n", "\r")):
        rows.append([""])
    place = max(len(rows[-1]), 1)
    named = len(rows) > 1 and place <= len(rows[0])
    return len(rows), rows[0][place - 1] if named else _("column %(number)d") % {"number": place}

"""Workbooks: every text is a cell that says it is text, so that nothing in it runs or turns into a date."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .base import MOST_COLUMNS, MOST_ROWS, Cell, Fault, Found, Sheet, Unreadable
from .guard import refuse_bomb

LONGEST = 32_767  # what a cell of a workbook can hold
DIGITS = 15  # of a number that every spreadsheet keeps exactly
TEXT = "@"

# What XML cannot hold, or would change, is written as _x000D_ (ISO/IEC 29500, ST_Xstring), and so is what looks so.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


# ---- writing ---------------------------------------------------------------------------------------------------------


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as one workbook. Raises Unreadable if a text is longer than a cell can hold."""
    # All of it first: a refusal half-way would leave the library with an open file.
    ready = [(sheet, [[_written(cell) for cell in row] for row in sheet.rows]) for sheet in sheets]
    book = Workbook(write_only=True)
    for sheet, rows in ready:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for place, name in enumerate(sheet.columns, start=1):
            dimension = page.column_dimensions[get_column_letter(place)]
            dimension.width = 48 if name.endswith(("_en", "_fr")) else 18
            dimension.number_format = TEXT  # what is typed below the last row stays text as well
        heading, text, number = _styles(page)
        page.append([_cell(page, name, heading) for name in sheet.columns])
        for row in rows:
            page.append([_cell(page, value, text if isinstance(value, str) else number) for value in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _written(cell: Cell) -> str | int | Decimal:
    """A number that every spreadsheet keeps, or else text in which nothing is lost."""
    if isinstance(cell, int | Decimal):
        text = f"{Decimal(cell):f}"
        return cell if len(text.replace(".", "").lstrip("-0")) <= DIGITS else text
    escaped = _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", cell or "")
    if len(escaped) > LONGEST:
        message = _("A text has %(length)d characters; a cell of a workbook holds %(most)d. Export CSV or JSON.")
        raise Unreadable(message % {"length": len(escaped), "most": LONGEST})
    return escaped


def _styles(page: Any) -> tuple[Any, Any, Any]:
    """What a heading, a text and a number look like: made once, for it takes longer than the cell itself."""
    heading, text, number = (WriteOnlyCell(page) for _each in range(3))
    heading.number_format = text.number_format = TEXT
    heading.font = Font(bold=True)
    text.quotePrefix = True
    text.alignment = Alignment(wrap_text=True, vertical="top")
    number.alignment = Alignment(vertical="top")
    return heading._style, text._style, number._style


def _cell(page: Any, value: str | int | Decimal, style: Any) -> WriteOnlyCell:
    made = WriteOnlyCell(page, value)
    if isinstance(value, str):
        made.data_type = "s"  # the library takes "=" for a formula and "#N/A" for an error
    made._style = style
    return made


# ---- reading ---------------------------------------------------------------------------------------------------------


def read_workbook(data: bytes) -> list[Found]:
    """The sheets of a workbook, empty ones left out. A formula is a fault: its result may be anybody's guess.

    Raises Unreadable for what is no workbook, or larger than it may be; then nothing of it was opened.
    """
    refuse_bomb(data)
    try:
        with warnings.catch_warnings(action="ignore"):  # of styles and dates that the library takes as it can
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            found = [_read(page) for page in book.worksheets]
            book.close()
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise Unreadable(_("This is not a workbook, or it is damaged or protected.")) from error
    return [sheet for sheet in found if sheet.columns]


def _read(page: Any) -> Found:
    found = Found(page.title.strip())
    page.reset_dimensions()  # what it declares was judged; what it holds is read
    rows = page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, start=1):
        texts = list(_texts(row, number, found))
        found.take(number, texts)
    return found


def _texts(row: Sequence[Any], number: int, found: Found) -> Iterator[str]:
    for place, cell in enumerate(row):
        if cell.data_type in ("f", "e"):
            column = found.columns[place] if place < len(found.columns) else ""
            is_formula = cell.data_type == "f"
            message = _("This is a formula. Paste its value.") if is_formula else _("This is an error of a formula.")
            found.faults.append(Fault(number, column, message))
            yield "?"
        else:
            yield _said(cell.value)


def _said(value: Any) -> str:
    """A cell as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        number = Decimal(repr(value))
        return format(number.quantize(Decimal(1)) if number == number.to_integral_value() else number, "f")
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))

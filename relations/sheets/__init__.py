"""Sheets: rows of cells as CSV and XLSX files, so that no spreadsheet runs them and nothing is lost or guessed.

Knows nothing of records. ``write_csv`` and ``write_workbook`` make files; ``read_csv`` and ``read_workbook`` take
one back, or raise Unreadable and say why.
"""

from .base import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Cell, Fault, Found, Row, Sheet, Unreadable
from .csv import MARK, read_csv, write_csv
from .guard import refuse_bomb
from .xlsx import read_workbook, write_workbook

__all__ = [
    "MARK",
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Cell",
    "Fault",
    "Found",
    "Row",
    "Sheet",
    "Unreadable",
    "read_csv",
    "read_workbook",
    "refuse_bomb",
    "write_csv",
    "write_workbook",
]

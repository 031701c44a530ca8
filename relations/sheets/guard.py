"""What a workbook declares, judged before anything opens it: a bomb of 1 KB can cost a minute of computing.

A workbook is a zip archive of XML. Its directory says how large each part will be; the cells' own names say how far
a sheet reaches; and no honest workbook declares entities.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from .base import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Unreadable

MOST_PARTS = 200
MOST_SHEETS = 40
MOST_UNPACKED = 40 * 1024 * 1024
MOST_RATIO = 100
SMALL = 64 * 1024  # a part below this is no bomb, however well it was packed
MOST_CELLS = 500_000

# Up to the next angle bracket only, so that no text makes the search itself slow.
_AT = rb"\$?([A-Za-z]{1,9})\$?([0-9]{1,20})[\"']"
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^<>]*?\bref\s*=\s*[\"'][^<>\"':]*:?" + _AT)
_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\br\s*=\s*[\"']" + _AT)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br\s*=\s*[\"']([0-9]{1,20})[\"']")
_CELLS = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_ENCODING = re.compile(rb"\A[^>]{0,200}encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)


def refuse_bomb(data: bytes) -> None:
    """Raises Unreadable for what is no workbook, or one that says it is larger than any honest one."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("It is larger than %(number)d MB.") % {"number": MOST_BYTES // 1024**2})
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_part(part.filename, archive.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        # RuntimeError: it wants a password; NotImplementedError: packed in a way that workbooks are not.
        raise Unreadable(_("This is not a workbook, or it is damaged or protected.")) from error


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    """What the directory declares: number and size of the parts, and how tightly they are packed."""
    if len(parts) > MOST_PARTS:
        raise Unreadable(_("The workbook has more than %(number)d parts.") % {"number": MOST_PARTS})
    sheets = [part for part in parts if "/worksheets/" in part.filename and part.filename.endswith(".xml")]
    if len(sheets) > MOST_SHEETS:
        raise Unreadable(_("The workbook has more than %(number)d sheets.") % {"number": MOST_SHEETS})
    if len({part.filename for part in parts}) != len(parts):
        raise Unreadable(_("The workbook has two parts of the same name."))
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        size = MOST_UNPACKED // 1024**2
        raise Unreadable(_("Unpacked, the workbook would be larger than %(number)d MB.") % {"number": size})
    for part in parts:
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise Unreadable(_("The workbook is packed more tightly than any honest one."))


def _check_part(name: str, xml: bytes) -> None:
    """What a part declares: no entities, and no more cells than a sheet may have."""
    if b"\x00" in xml or _OTHER_ENCODING.match(xml):
        raise Unreadable(_("A part of the workbook is not UTF-8."))
    if _ENTITIES.search(xml):
        raise Unreadable(_("The workbook declares entities, which no workbook needs."))
    if "/worksheets/" in name:
        _check_sheet(xml)


def _check_sheet(xml: bytes) -> None:
    if sum(1 for _each in _CELLS.finditer(xml)) > MOST_CELLS:
        raise Unreadable(_("A sheet has more than %(number)d cells.") % {"number": MOST_CELLS})
    named = [match.groups() for match in [_DIMENSION.search(xml), *_CELL.finditer(xml)] if match]
    last_row = max([int(row) for _column, row in named] + [int(match[1]) for match in _ROW.finditer(xml)], default=0)
    if last_row > MOST_ROWS + 1:
        raise Unreadable(_("A sheet says that it has more than %(number)d rows.") % {"number": MOST_ROWS})
    if max((_number(column) for column in {column for column, _row in named}), default=0) > MOST_COLUMNS:
        raise Unreadable(_("A sheet says that it has more than %(number)d columns.") % {"number": MOST_COLUMNS})


def _number(letters: bytes) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number

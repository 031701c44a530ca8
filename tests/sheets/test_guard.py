"""Bombs: each is refused before anything opens it."""

import io
import warnings
import zipfile

import pytest

from relations.sheets import MOST_BYTES, Unreadable, read_workbook, refuse_bomb, write_workbook, xlsx
from relations.sheets.base import Sheet
from relations.sheets.guard import MOST_PARTS, MOST_SHEETS, MOST_UNPACKED

HONEST = write_workbook([Sheet("fact", ("slug",), [("a",)])])
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def with_part(name: str, content: str | bytes, *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An honest workbook in which one part is another one."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(HONEST)) as old, zipfile.ZipFile(data, "w", packed) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return data.getvalue()


def with_sheet(content: str) -> bytes:
    return with_part("xl/worksheets/sheet1.xml", SHEET.format(content))


def many(folder: str, number: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as new:
        for each in range(number):
            new.writestr(f"{folder}{each}.xml", "<a/>")
    return data.getvalue()


def lying(declared: int) -> bytes:
    """A workbook whose directory says another size than a part has."""
    data = bytearray(with_part("xl/worksheets/sheet1.xml", SHEET.format("")))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = declared.to_bytes(4, "little")
    return bytes(data)


def same_part_twice() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as new, warnings.catch_warnings(action="ignore"):
        new.writestr("xl/workbook.xml", "<a/>")
        new.writestr("xl/workbook.xml", "<b/>")
    return data.getvalue()


BILLION = "<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;'>]>" + SHEET.format("<sheetData/>")
BOMBS = {
    "60 MB of rows": (
        lambda: with_sheet("<sheetData>" + "<row><c t='n'><v>1</v></c></row>" * 2_000_000 + "</sheetData>"),
        "larger than 40 MB",
    ),
    "one text of 30 MB": (lambda: with_part("xl/sharedStrings.xml", b"<sst>" + b"x" * 30_000_000), "more tightly"),
    "100 MB declared": (lambda: lying(100 * 1024**2), "larger than 40 MB"),
    "last cell there is": (
        lambda: with_sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "more than 20000 rows",
    ),
    "a cell in the last column": (
        lambda: with_sheet("<sheetData><row r='2'><c t='n' r='XFD2'><v>1</v></c></row></sheetData>"),
        "more than 200 columns",
    ),
    "declared dimension": (
        lambda: with_sheet('<dimension ref="A1:XFD1048576"/><sheetData/>'),
        "more than 20000 rows",
    ),
    "cells without a name": (
        lambda: with_part(
            "xl/worksheets/sheet1.xml",
            SHEET.format("".join(f"<c><v>{n % 7919}</v></c>" for n in range(600_000))),
        ),
        "more than 500000 cells|more tightly",
    ),
    "many sheets": (lambda: many("xl/worksheets/sheet", MOST_SHEETS + 1), "more than 40 sheets"),
    "many parts": (lambda: many("xl/media/", MOST_PARTS + 1), "more than 200 parts"),
    "entities in a sheet": (lambda: with_part("xl/worksheets/sheet1.xml", BILLION), "entities"),
    "entities in the list of parts": (lambda: with_part("[Content_Types].xml", BILLION), "entities"),
    "entities in UTF-16": (lambda: with_part("xl/worksheets/sheet1.xml", BILLION.encode("utf-16")), "not UTF-8"),
    "entities in another encoding": (
        lambda: with_part("xl/workbook.xml", b"<?xml version='1.0' encoding='utf-7'?>+ADw-"),
        "not UTF-8",
    ),
    "a part twice": (same_part_twice, "two parts of the same name"),
    "too many bytes": (lambda: b"PK\x03\x04" + b"x" * MOST_BYTES, "larger than 8 MB"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_opened(name, monkeypatch):
    make, reason = BOMBS[name]
    monkeypatch.setattr(xlsx, "load_workbook", lambda *_args, **_how: pytest.fail("it was opened"))
    with pytest.raises(Unreadable, match=reason):
        read_workbook(make())


def test_a_directory_that_says_too_little_gains_nothing():
    with pytest.raises(Unreadable, match=r"not a workbook|damaged"):
        refuse_bomb(lying(10))


def test_an_honest_workbook_passes():
    refuse_bomb(HONEST)
    assert len(HONEST) < MOST_UNPACKED


def test_no_text_makes_the_check_itself_slow():
    """Each of these once cost a search from every angle bracket to the end."""
    for text in ("<c" * 2_000_000, "<dimension " * 300_000, "<row r=" * 500_000):
        data = with_part("xl/worksheets/sheet1.xml", text, packed=zipfile.ZIP_STORED)
        with pytest.raises(Unreadable):
            read_workbook(data)

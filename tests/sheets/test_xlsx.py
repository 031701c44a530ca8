"""Workbooks: text stays text, numbers keep their digits, and a formula is never believed."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relations.sheets import Sheet, Unreadable, read_workbook, write_workbook
from relations.sheets.xlsx import LONGEST

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


def book(**sheets: list[list]) -> bytes:
    """A workbook as somebody else would make it."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


@settings(max_examples=40)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
@example([("_x000D_", "\r\n\x01\ufffe"), ("=1+1", " #N/A"), ("", "a")])
def test_what_was_written_is_read(rows):
    found = read_workbook(write_workbook([Sheet("fact", ("a", "b"), rows)]))
    kept = [row for row in rows if any(row)]
    assert [(row.cells["a"], row.cells["b"]) for row in found[0].rows] == kept


@given(st.decimals(-(10**9), 10**9, places=6) | st.integers(-(10**15), 10**15))
@settings(max_examples=40)
def test_a_number_keeps_its_digits(number):
    found = read_workbook(write_workbook([Sheet("fact", ("a",), [(number,)])]))
    assert Decimal(found[0].rows[0].cells["a"]) == number


def test_a_text_that_looks_like_a_formula_is_a_text_cell():
    data = write_workbook([Sheet("fact", ("a",), [("=HYPERLINK(1)",), ("+1",), ("-1",), ("@A1",), ("\t=1",)])])
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(data))["fact"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix and cell.number_format == "@" for cell in cells)
    assert cells[0].value == "=HYPERLINK(1)"


def test_a_formula_is_a_fault_of_its_cell():
    found = read_workbook(book(fact=[["slug", "title_en"], ["a", "=1+1"], ["b", "#REF!"]]))[0]
    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "title_en"), (3, "title_en")]


def test_cells_of_other_programs_read_as_one_would_type_them():
    day = datetime.datetime(2021, 2, 26)  # noqa: DTZ001 - as workbooks have it
    row = [2021, 2021.5, True, day, datetime.time(9, 30), None, 5525.0]
    cells = read_workbook(book(fact=[list("abcdefg"), row]))[0].rows[0].cells
    assert list(cells.values()) == ["2021", "2021.5", "true", "2021-02-26", "09:30:00", "", "5525"]


def test_empty_rows_are_counted_and_empty_sheets_left_out():
    found = read_workbook(book(fact=[["slug"], [None], ["a"]], notes=[]))
    assert [sheet.name for sheet in found] == ["fact"]
    assert [row.number for row in found[0].rows] == [3]


def test_a_text_too_long_for_a_cell_is_refused_instead_of_cut():
    assert write_workbook([Sheet("fact", ("a",), [("x" * LONGEST,)])])
    with pytest.raises(Unreadable, match="32768 characters"):
        write_workbook([Sheet("fact", ("a",), [("x" * (LONGEST + 1),)])])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", b"slug,title\n", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_workbook_is_said(data):
    with pytest.raises(Unreadable, match="not a workbook"):
        read_workbook(data)

"""CSV from anywhere: marks, separators and ends of lines as they come; what cannot be read is said with its place."""

import codecs
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.sheets import MARK, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Sheet, Unreadable, read_csv, write_csv

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


def texts(data: bytes) -> list[dict[str, str]]:
    return [row.cells for row in read_csv(data).rows]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_what_was_written_is_read(rows):
    written = write_csv(Sheet("", (MARK, "a", "b"), [("x", *row) for row in rows])).encode()
    assert [(row["a"], row["b"]) for row in texts(written)] == rows


def test_it_starts_with_a_mark_and_runs_nothing():
    written = write_csv(Sheet("", ("a", "b"), [("=1", Decimal("-2.50")), (None, 3)]))
    assert written == "\ufeffa,b\r\n'=1,-2.50\r\n,3\r\n"


def test_an_apostrophe_of_another_file_is_left_alone():
    assert texts(b"a\r\n'tis\r\n") == [{"a": "'tis"}]
    assert texts(b"exported_as,a\r\nfact,'=1\r\n")[0]["a"] == "=1"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_ends_of_lines_are_found_out(separator, end):
    lines = [f"slug{separator}title_fr", f'a{separator}"x, y; z"', "", f"b{separator}é"]
    found = read_csv((end.join(lines) + end).encode())
    assert [(row.number, row.cells) for row in found.rows] == [
        (2, {"slug": "a", "title_fr": "x, y; z"}),
        (4, {"slug": "b", "title_fr": "é"}),
    ]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b""])
def test_a_mark_is_no_part_of_the_first_column(mark):
    assert texts(mark + "slug\né\n".encode()) == [{"slug": "é"}]


def test_excels_unicode_text_is_read():
    assert texts("slug\ttitle\r\na\té\r\n".encode("utf-16")) == [{"slug": "a", "title": "é"}]


def test_another_encoding_is_refused_with_its_place():
    with pytest.raises(Unreadable, match="Row 3, title_fr: this is not UTF-8"):
        read_csv("slug,title_fr\na,x\nb,\xe9t\xe9\n".encode("latin-1"))


def test_a_nul_and_a_cell_without_a_column_are_faults_of_their_row():
    found = read_csv(b"slug,title_en\na,x\x00y\nb,x,stray\n")
    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "title_en"), (3, "")]


def test_a_column_there_twice_is_a_fault():
    assert [fault.column for fault in read_csv(b"slug,slug\na,b\n").faults] == ["slug"]


def test_open_quotation_marks_are_said():
    with pytest.raises(Unreadable, match="Row 2: the quotation marks"):
        read_csv(b'slug,title\na,"open\n')


@pytest.mark.parametrize(
    "data",
    [b"a\n" + b"x\n" * (MOST_ROWS + 1), b"a," * (MOST_COLUMNS + 1) + b"\n", b"x" * (MOST_BYTES + 1), b"," * 1_000_000],
    ids=["rows", "columns", "bytes", "separators"],
)
def test_what_is_too_large_is_refused(data):
    with pytest.raises(Unreadable, match=r"more than|larger than"):
        read_csv(data)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b",,\n"])
def test_an_empty_file_holds_nothing(data):
    assert read_csv(data).columns == []

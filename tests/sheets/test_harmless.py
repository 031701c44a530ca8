"""Nothing that a spreadsheet could run, and nothing lost."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relations.sheets.harmless import protect, unprotect

RISKY = st.text(alphabet="=+-@'\"\t\r\n,; \u200b\ufeff＝aé😀", max_size=12)


@given(RISKY | st.text())
@example("\r\n'\n=")
@example(",=,'=;\t'")
def test_every_text_comes_back(text):
    assert unprotect(protect(text)) == text


@given(RISKY)
def test_no_cell_starts_a_formula_whatever_separates_cells(text):
    for separator in (",", ";", "\t", "\n"):
        for piece in re.split(f"{separator}|\r\n|\r|\n", protect(text)):
            assert not piece.lstrip(' "\u200b\ufeff').startswith(("=", "+", "-", "@", "＝")), piece


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", "  =1", "\u200b=1", '"=1', "a;=1", "a\n- b"]
)
def test_what_could_run_gets_an_apostrophe(text):
    assert protect(text) != text
    assert protect(text).replace("'", "") == text


@pytest.mark.parametrize("text", ["", "plain", "a = b", "it's", "l’an 2021", "1-2", "a, b; c", "x\ny"])
def test_plain_words_stay_as_they_are(text):
    assert protect(text) == text

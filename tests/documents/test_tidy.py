"""What is taken out of a text that someone pastes, and that nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.documents.tidy import tidy


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four\vfive", "one\ntwo\nthree\nfour\nfive"),
        ("zero\u200bwidth\ufeff and\u2060 soft\u00adhyphen", "zerowidth and softhyphen"),
        ("bell\x07 escape\x1b[0m delete\x7f", "bell escape[0m delete"),
        ("read \u202ebackwards\u202c \u2066here\u2069", "read backwards here"),
        ("Que\u0301bec", "Québec"),
    ],
)
def test_signs_that_nobody_sees_go(pasted, kept):
    assert tidy(pasted) == kept


@pytest.mark.parametrize(
    "text",
    [
        "« Québec »\u00a0: 5\u202f525 km — l’été… – “quoted”",
        "tab\tand  two spaces\n\n- a list\n- of two",
        "می\u200cخواهم",  # the joiner changes the letters
        "👩\u200d💻 ½ ﬁ Ω",  # NFC changes no compatibility sign
    ],
)
def test_everything_that_shows_stays(text):
    assert tidy(text) == unicodedata.normalize("NFC", text) == tidy(tidy(text))


@given(st.text())
def test_twice_is_once(text):
    assert tidy(tidy(text)) == tidy(text)

"""Marking the words of a question in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.search import excerpt, highlight, words


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        ("Le Québec et Quebec", "QUEBEC", "Le <mark>Québec</mark> et <mark>Quebec</mark>"),
        ("cœur à cœur", "a", "cœur <mark>à</mark> cœur"),
        ("a < b & border", "border", "a &lt; b &amp; <mark>border</mark>"),
        ("<script>alert(1)</script>", "script", "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ("borderline", "border line", "<mark>borderline</mark>"),
        ("5 000 ﬁlms", "films", "5 000 <mark>ﬁlms</mark>"),
        ("nothing here", "border", "nothing here"),
        ("some 5,525 miles", "5525 miles", "some <mark>5,525</mark> <mark>miles</mark>"),
        ("8\u202f891 km", "8,891", "<mark>8\u202f891</mark> km"),
        ("1,9 milliard", "1.9", "<mark>1,9</mark> milliard"),
        ("in 2021, 150 years", "2021150", "in 2021, 150 years"),
        ("in 2021 150 years", "150", "in 2021 <mark>150</mark> years"),
        ("100% of it", "100%", "<mark>100%</mark> of it"),
    ],
)
def test_words_are_marked_where_they_stand(text, question, marked):
    assert highlight(text, words(question)) == marked


@given(text=st.text(), question=st.text())
def test_no_text_and_no_question_make_markup_of_their_own(text, question):
    bare = highlight(text, words(question)).replace("<mark>", "").replace("</mark>", "")
    assert bare == highlight(text, [])
    assert "<" not in bare


@given(text=st.text(max_size=600), word=st.sampled_from(["a", "é", "ss", "0"]))
def test_an_excerpt_has_the_word_where_the_text_has_it(text, word):
    part = excerpt(text, words(word))
    assert ("<mark>" in part) == ("<mark>" in highlight(text, words(word)))


def test_marks_around_words_are_not_part_of_them():
    assert words("“Border,” (trade) trade… ?") == ["border", "trade"]

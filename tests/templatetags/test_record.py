"""Texts, dates and figures as the two languages write them."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation

from relations.rendering import words
from relations.templatetags import record


def partial(iso, precision="day"):
    return SimpleNamespace(date=datetime.date.fromisoformat(iso), precision=precision)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Border"), ("fr", "Frontière")],
)
def test_text_is_in_the_current_language(language, expected):
    with translation.override(language):
        assert words.say(SimpleNamespace(en="Border", fr="Frontière")) == expected


@pytest.mark.parametrize("language", ["en", "fr"])
def test_text_never_falls_back_to_the_other_language(language):
    other = "fr" if language == "en" else "en"
    with translation.override(language):
        assert words.say(SimpleNamespace(**{language: "", other: "Border"})) == ""
        assert words.say(None) == ""


@pytest.mark.parametrize(
    ("value", "en", "fr", "iso"),
    [
        (partial("2021-02-26"), "26 February 2021", "26 février 2021", "2021-02-26"),
        (partial("2021-03-01"), "1 March 2021", "1er mars 2021", "2021-03-01"),
        (partial("2021-03-11"), "11 March 2021", "11 mars 2021", "2021-03-11"),
        (partial("2021-02-01", "month"), "February 2021", "février 2021", "2021-02"),
        (partial("2021-01-01", "year"), "2021", "2021", "2021"),
        (datetime.date(2021, 8, 1), "1 August 2021", "1er août 2021", "2021-08-01"),
        (None, "", "", ""),
        (SimpleNamespace(date=None, precision="day"), "", "", ""),
    ],
)
def test_dates_keep_their_precision(value, en, fr, iso):
    with translation.override("en"):
        assert words.partial_date(value) == en
    with translation.override("fr"):
        assert words.partial_date(value) == fr
    assert words.isopartial(value) == iso


def test_an_instant_is_dated_in_the_current_time_zone(settings):
    settings.TIME_ZONE = "America/Toronto"
    instant = datetime.datetime(2021, 2, 26, 3, tzinfo=datetime.UTC)
    assert words.isopartial(instant) == "2021-02-25"


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (Decimal("5525"), "5,525", "5\u202f525"),
        (Decimal("1.9"), "1.9", "1,9"),
        (Decimal("1.90"), "1.90", "1,90"),
        (Decimal("4E+5"), "400,000", "400\u202f000"),
        (Decimal("-1234567.5"), "\u22121,234,567.5", "\u22121\u202f234\u202f567,5"),
        (120, "120", "120"),
        ("0", "0", "0"),
        (None, "", ""),
    ],
)
def test_figures_are_grouped_and_keep_their_decimals(value, en, fr):
    with translation.override("en"):
        assert words.figure(value) == en
    with translation.override("fr"):
        assert words.figure(value) == fr


def test_quotation_marks_follow_the_language_of_the_words():
    assert words.quoted("allies", "en") == "“allies”"
    assert words.quoted("alliés", "fr") == "«\u00a0alliés\u00a0»"
    assert words.quoted("", "en") == ""


def test_markdown_keeps_structure():
    html = record.markdown("First *word*.\n\n- one\n- [two](https://example.org)")
    assert "<em>word</em>" in html
    assert '<a href="https://example.org">two</a>' in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/pixel.png)",
        '<p style="color:red">x</p>',
        "# A heading of the page",
    ],
)
def test_markdown_passes_the_allow_list_only(attack):
    html = record.markdown(attack)
    for forbidden in ("<script", "<img", 'href="javascript', 'href="data', "<p style", "<h1"):
        assert forbidden not in html


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("value", "expected"), [(87.142, "87.14%"), (0, "0%"), (100, "100%"), (12.5, "12.5%")])
def test_svg_lengths_do_not_change_with_the_language(language, value, expected):
    with translation.override(language):
        assert record.svg_percent(value) == expected


def test_the_week_starts_on_sunday():
    with translation.override("fr"):
        assert record.weekdays()[:2] == ["Dimanche", "Lundi"]


def test_a_date_is_marked_for_machines_where_there_is_one():
    assert record.when("26 February 2021", "2021-02-26") == '<time datetime="2021-02-26">26 February 2021</time>'
    assert record.when("in winter", "") == "in winter"
    assert record.when("", "2021-02-26") == ""

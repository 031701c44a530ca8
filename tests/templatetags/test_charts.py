"""Positions on the drawn components."""

import datetime
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from relations.templatetags import charts


def day(iso):
    return datetime.date.fromisoformat(iso)


def percents(items, name="x"):
    return [float(item[name].rstrip("%")) for item in items]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2021-01-26", "2021-02-26", ["24 Jan", "31 Jan", "7 Feb", "14 Feb", "21 Feb", "28 Feb"]),
        ("2021-02-26", "2021-02-26", ["21 Feb", "28 Feb"]),
        ("2021-01-26", "2021-04-10", ["Jan 2021", "Feb 2021", "Mar 2021", "Apr 2021", "May 2021"]),
        ("2009-05-07", "2024-12-31", ["2005", "2010", "2015", "2020", "2025"]),
        ("1909-01-11", "2026-07-02", ["1900", "1925", "1950", "1975", "2000", "2025", "2050"]),
    ],
)
def test_an_axis_covers_both_days_with_few_marks(first, last, labels):
    scale = charts.axis(day(first), day(last))
    assert scale.first <= day(first) <= day(last) <= scale.last
    assert 2 <= len(scale.marks) <= charts.MOST_BANDS + 1
    with translation.override("en"):
        found = [tick["label"] for tick in scale.ticks()]
    assert found == labels


def test_months_are_told_apart_in_french():
    with translation.override("fr"):
        found = [tick["label"] for tick in charts.axis(day("2021-06-01"), day("2021-08-20")).ticks()]
    assert found == ["juin 2021", "juil. 2021", "août 2021", "sept. 2021"]


def test_strip_places_events_where_the_prototype_has_them():
    dates = [day("2021-01-26"), day("2021-02-23"), day("2021-02-26")]
    strip = charts.time_strip(dates)["strip"]
    assert percents(strip["events"]) == [5.71, 85.71, 94.29]
    assert [band["on"] for band in strip["bands"]] == [True, False, True, False, True]


def test_numbers_on_one_day_do_not_cover_each_other():
    strip = charts.time_strip([day("2021-01-26"), day("2021-02-28"), day("2021-02-28"), day("2021-02-28")])["strip"]
    circles = percents(strip["events"], "cx")
    assert all(b - a >= charts.APART for a, b in pairwise(circles))
    assert max(circles) <= 100
    assert percents(strip["events"])[1:] == [100, 100, 100]


def term(**fields):
    blank = {"side": "a", "code": "AAA", "party": "Aland", "name": "N. N.", "url": "", "title": "Minister"}
    return SimpleNamespace(**{**blank, "held_from": None, "held_until": None, "attested": [], **fields})


def test_a_term_is_solid_between_evidence_and_dotted_where_nothing_is_known():
    chart = charts.tenure_chart(
        [
            term(attested=[day("2021-01-26"), day("2021-02-26")]),
            term(held_from=day("2021-01-28"), held_until=day("2021-02-10")),
            term(),
        ]
    )
    assert [[s["kind"] for s in tenure["segments"]] for tenure in chart["tenures"]] == [
        ["un", "on", "un"],
        ["on"],
    ]


def test_a_term_is_told_as_precisely_as_it_is_known():
    since = SimpleNamespace(date=day("2021-01-01"), precision="month")
    with translation.override("en"):
        chart = charts.tenure_chart([term(held_from=since, attested=[day("2021-02-26")])])
    assert chart["tenures"][0]["label"] == "N. N., Minister: recorded from January 2021 to 26 February 2021"


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        ("2.6", ["0", "1", "2", "3"]),
        ("120", ["0", "50", "100", "150"]),
        ("400000", ["0", "100000", "200000", "300000", "400000"]),
        ("0", ["0", "0.25", "0.5", "0.75", "1"]),
    ],
)
def test_values_start_at_zero_and_are_round(highest, marks):
    assert [f"{mark:f}" for mark in charts.value_marks(Decimal(highest))] == marks


def observation(value, as_of, side="a", series="Aland", precision="day", value_max=None):
    when = SimpleNamespace(date=day(as_of), precision=precision)
    return SimpleNamespace(value=Decimal(value), value_max=value_max, as_of=when, side=side, series=series)


def test_no_line_joins_two_series_or_two_figures_of_the_same_days():
    plot = charts.figure_plot(
        [
            observation("1.9", "2021-02-26"),
            observation("2", "2021-02-23"),
            observation("1.5", "2009-05-07"),
            observation("2.6", "2023-01-01", precision="year"),
            observation("3.6", "2023-01-01", side="b", series="Bland"),
        ]
    )["plot"]
    assert [len(series["lines"]) for series in plot["series"]] == [2, 0]
    points = plot["series"][0]["points"]
    assert [(point["label"], point["above"], point["open"]) for point in points] == [
        ("1.5", True, False),
        ("2", True, False),
        ("1.9", False, False),
        ("2.6", False, True),
    ]


def test_tags_render():
    context = Context(
        {
            "dates": [day("2021-01-26")],
            "terms": [term(attested=[day("2021-01-26")])],
            "seen": [observation("5", "2021-01-26")],
        }
    )
    html = Template("{% load charts %}{% time_strip dates %}{% tenure_chart terms %}{% figure_plot seen %}").render(
        context
    )
    assert html.count("<svg") == 6
    assert "style=" not in html


def test_nothing_is_drawn_of_nothing():
    html = Template("{% load charts %}{% time_strip none %}{% tenure_chart none %}{% figure_plot none %}").render(
        Context({"none": []})
    )
    assert "<" not in html

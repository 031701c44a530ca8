"""How figures are said, and what several of them say together."""

from __future__ import annotations

import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import translation

from relations.documents import Citation, Cited, Fact, Observation, Ref, Text, Unit
from relations.models.dates import PartialDate
from relations.rendering import fact_history as history
from relations.rendering.figures import shown

MILES = Unit(code="mile", name=Text(en="miles", fr="milles"), singular=Text(en="mile", fr="mille"))
DATE = Unit(code="calendar_date", name=Text(en="date", fr="date"), singular=Text(en="date", fr="date"))
SOURCE = Citation(
    source=Ref(kind="source", id=uuid4()),
    cited=Cited(title="Gazette", publisher="Printer", source_kind="official", language="en"),
)


def day(text: str) -> PartialDate:
    """A partial date as it is written: 2021, 2021-02 or 2021-02-26."""
    precision = {4: "year", 7: "month", 10: "day"}[len(text)]
    return PartialDate(date=datetime.date.fromisoformat((text + "-01-01")[:10]), precision=precision)


def observed(value: str | None, as_of: str = "2021", **fields) -> Observation:
    given = {"unit": MILES, "qualifier": "exact", **fields}
    number = Decimal(value) if value is not None else None
    return Observation(id=uuid4(), value=number, as_of=day(as_of), source=SOURCE, **given)


def dated(value: str, **fields) -> Observation:
    return observed(None, value, value_date=day(value), unit=DATE, **fields)


def a_fact(*observations: Observation) -> Fact:
    relationship = Ref(kind="relationship", id=uuid4())
    return Fact(id=uuid4(), slug="f", relationship=relationship, statement=Text(en="s"), observations=observations)


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("5525", "5,525\u00a0miles", "5\u202f525\u00a0milles"),
        ("1", "1\u00a0mile", "1\u00a0mille"),
        ("1.9", "1.9\u00a0miles", "1,9\u00a0mille"),
        ("0", "0\u00a0miles", "0\u00a0mille"),
        ("2", "2\u00a0miles", "2\u00a0milles"),
        ("-1", "\u22121\u00a0miles", "\u22121\u00a0mille"),
    ],
)
def test_a_figure_agrees_with_its_unit_as_each_language_does(value, english, french):
    assert shown(observed(value))["words"] == english
    with translation.override("fr"):
        assert shown(observed(value))["words"] == french


def test_the_qualifier_stands_before_the_number_and_a_range_is_one_figure():
    about = shown(observed("300000", qualifier="about"))
    assert (about["qualifier"], about["figure"]) == ("about", "300,000")
    assert about["words"] == "about 300,000\u00a0miles"
    assert shown(observed("40", value_max=Decimal(45)))["figure"] == "40–45"


def test_a_figure_that_is_a_date_is_said_as_one():
    day_known = shown(dated("1940-08-17"))
    assert (day_known["figure"], day_known["unit"], day_known["is_date"]) == ("17 August 1940", "", True)
    assert shown(dated("1943-06"))["figure"] == "June 1943"


def test_different_figures_for_overlapping_times_disagree():
    year, early, late = observed("2", "2021"), observed("2", "2021-02-23"), observed("1.9", "2021-02-26")
    assert history.disagreements(a_fact(late, year, early)) == [[year, early, late]]


@pytest.mark.parametrize(
    "observations",
    [
        [observed("2", "2021"), observed("2", "2021-02-26")],  # the same figure
        [observed("2.9", "2021-08"), observed("2.3", "2021-09")],  # one after the other
        [observed("2", "2021", label=Text(en="a")), observed("3", "2021", label=Text(en="b"))],  # of different things
        [observed("2", "2021"), observed("3", "2021", unit=DATE)],  # in different units
        [observed("2", "2021"), observed("3", "2021", rank="deprecated")],  # one known to be wrong
        [dated("1943"), dated("1943-11-19")],  # the same date, known better
    ],
)
def test_what_only_looks_like_disagreement_is_none(observations):
    assert history.disagreements(a_fact(*observations)) == []


def test_two_dates_for_one_event_disagree_although_they_do_not_overlap():
    assert len(history.disagreements(a_fact(dated("1940-08-17"), dated("1940-08-18")))) == 1


class NoSides:
    """A page without a relationship, as far as a chart asks."""

    sides = ()


def test_there_is_a_chart_for_each_unit_with_figures_of_two_times():
    kilometers = MILES.model_copy(update={"code": "km", "name": Text(en="kilometers", fr="kilomètres")})
    fact = a_fact(
        observed("5500", "2012"), observed("5525", "2021"), observed("8891", "2026", unit=kilometers), dated("1908")
    )
    plots = history.plots(fact, NoSides())
    assert [(plot["label"], len(plot["points"])) for plot in plots] == [("miles", 2)]
    assert history.plots(a_fact(observed("1"), observed("2")), NoSides()) == []

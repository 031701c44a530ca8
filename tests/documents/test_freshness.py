"""From which day on a document may be out of date, and when to look again."""

from __future__ import annotations

import datetime

import pytest

from relations.documents import freeze
from relations.documents.base import Stale, months_later
from relations.models import Fact, Meeting, Observation
from tests import cast

DAY = datetime.date.fromisoformat


@pytest.fixture
def world(db) -> cast.World:
    return cast.world()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-12-01", 1, "2026-01-01"),
        ("2025-10-31", 60, "2030-10-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_its_month(day, months, later):
    assert months_later(DAY(day), months) == DAY(later)


def figure(fact: Fact, rhythm: str, **newest: object) -> list:
    Fact.objects.filter(pk=fact.pk).update(rhythm=rhythm)
    Observation.objects.filter(fact=fact, position=1).update(**newest)
    return list(freeze(Fact.objects.get(pk=fact.pk)).goes_stale())


def test_a_figure_is_due_one_rhythm_after_what_it_covers(world):
    assert figure(world.fact, "") == []
    assert figure(world.fact, "yearly") == [(Stale.FIGURE, DAY("2027-01-01"))]
    assert figure(world.fact, "monthly", as_of_precision="month") == [(Stale.FIGURE, DAY("2025-03-01"))]
    assert figure(world.fact, "quarterly", as_of_precision="day") == [(Stale.FIGURE, DAY("2025-04-02"))]


def test_figures_that_are_wrong_or_hoped_for_do_not_count(world):
    assert figure(world.fact, "yearly", rank="deprecated") == [(Stale.FIGURE, DAY("2023-01-01"))]
    assert figure(world.fact, "yearly", rank="normal", qualifier="pledged") == [(Stale.FIGURE, DAY("2023-01-01"))]
    world.fact.observations.all().delete()
    assert list(freeze(world.fact).goes_stale()) == []


def test_a_fact_without_a_rhythm_says_nothing_new_in_its_digest(world):
    assert "rhythm" not in freeze(world.fact).canonical()


def meeting(world: cast.World, **fields: object) -> list:
    Meeting.objects.filter(pk=world.meeting.pk).update(**fields)
    return list(freeze(Meeting.objects.get(pk=world.meeting.pk)).goes_stale())


def test_a_meeting_that_nothing_tells_of_is_doubtful_once_it_is_over(world):
    over = [(Stale.UPCOMING, DAY("2021-03-03"))]
    told = {"starts_on": DAY("2021-02-26"), "until": None}
    later = {"starts_on": DAY("2021-03-01"), "until": DAY("2021-03-03")}
    assert meeting(world, **told) == []  # its source was published that day
    assert meeting(world, **later) == over
    assert meeting(world, state="cancelled") == meeting(world, state="postponed") == []
    assert meeting(world, state="confirmed") == over
    world.meeting.outcomes.create(text_en="Agreed.", text_fr="Convenu.")
    assert meeting(world) == []
    assert meeting(world, state="tentative") == over


def test_when_to_look_again(world):
    day = DAY("2026-03-02")
    again = {record.KIND: freeze(record).check_after(day) for record in world.records}
    assert again == {
        "party": DAY("2028-03-02"),
        "source": None,
        "post": DAY("2027-03-02"),
        "official": DAY("2026-09-02"),
        "relationship": DAY("2026-09-02"),
        "topic": None,
        "fact": DAY("2028-03-02"),
        "meeting": None,
        "priority": DAY("2026-09-02"),
        "statement": None,
        "factsheet": None,
    }
    assert freeze(world.meeting).check_after(DAY("2021-01-01")) == DAY("2021-02-27")
    Fact.objects.filter(pk=world.fact.pk).update(rhythm="yearly")
    fact = freeze(Fact.objects.get(pk=world.fact.pk))
    assert (fact.check_after(day), fact.check_after(DAY("2027-05-01"))) == (DAY("2027-01-01"), DAY("2028-05-01"))

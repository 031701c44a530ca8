"""The relationship on a day in the world: ``?on=``, by the dates in what is live."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from relations.documents import freeze
from tests import cast

HOME = "/en/norda-suda/"


@pytest.fixture
def world(db, clock):
    """A border of 5,525 miles in 2021 and 5,526.5 in 2025; a call in 2021; a promise in progress since 2022."""
    return cast.live_world(clock)


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("day", "figure"),
    [("2020-12-31", None), ("2021-01-01", "5,525"), ("2024-12-31", "5,525"), ("2025-01-01", "5,526.5")],
)
def test_a_fact_shows_the_newest_figure_not_after_that_day(client, world, day, figure):
    page = text(client.get(f"{HOME}facts/?on={day}"))
    shown = [each for each in ("5,525", "5,526.5") if f'<span class="num">{each}</span>' in page]
    assert shown == ([figure] if figure else [])
    assert ("border-length" in page) == (figure is not None)


def test_a_commitment_has_the_status_that_it_was_given_by_then(client, world):
    assert "Not assessed" in text(client.get(f"{HOME}priorities/?on=2021-12-31"))
    assert "In progress" in text(client.get(f"{HOME}priorities/?on=2022-01-01"))


def test_a_commitment_that_was_not_made_yet_is_not_there(client, world, clock):
    cast.a_commitment(
        world, world.priority, "bridges", statement_en="Build bridges.",
        made_on=datetime.date(2023, 5, 1), made_on_precision="day",
    )  # fmt: skip
    cast.put_live(world.priority, clock=clock)
    assert "Build bridges." not in text(client.get(f"{HOME}priorities/?on=2023-04-30"))
    assert "Build bridges." in text(client.get(f"{HOME}priorities/?on=2023-05-01"))


@pytest.mark.parametrize("path", ["", "priorities/", "priorities.json"])
def test_nor_is_a_priority_all_of_whose_promises_were_made_later(client, world, clock, path):
    roads = cast.a_priority(world, "roads", name_en="Roads")
    roads.commitments.update(made_on=datetime.date(2023, 5, 1), made_on_precision="month")
    cast.put_live(roads, clock=clock)
    assert "Roads" not in text(client.get(f"{HOME}{path}?on=2023-04-30"))
    assert "Roads" in text(client.get(f"{HOME}{path}?on=2023-05-01"))
    assert "Clean water" in text(client.get(f"{HOME}{path}?on=2021-12-31"))  # nobody knows when that was promised


def test_a_promise_without_a_date_is_kept_and_not_said_to_be_of_that_time(client, world):
    page = text(client.get(f"{HOME}priorities/?on=2021-12-31"))
    assert "Lay pipes." in page
    assert "Day of the promise not recorded" in page
    assert "Day of the promise not recorded" not in text(client.get(f"{HOME}priorities/"))


def test_a_plan_of_later_stays_a_valid_choice_on_a_day_before_it(client, world, clock):
    roads = cast.a_priority(world, "roads", name_en="Roads", framework_en="The Big Plan", framework_fr="Le grand plan")
    roads.commitments.update(made_on=datetime.date(2023, 5, 1), made_on_precision="day")
    cast.put_live(roads, clock=clock)
    page = text(client.get(f"{HOME}priorities/?on=2023-04-30&framework=the-big-plan"))
    assert "Nothing in the record fits." in page
    assert "aria-invalid" not in page
    assert "Roads" in text(client.get(f"{HOME}priorities/?on=2023-05-01&framework=the-big-plan"))


def test_meetings_lie_before_or_after_that_day(client, world):
    assert "First call" in text(client.get(f"{HOME}meetings/?on=2021-02-25&when=upcoming"))
    assert "First call" not in text(client.get(f"{HOME}meetings/?on=2021-02-28&when=upcoming"))


def test_the_home_shows_who_was_in_office(client, world):
    def who(day: str) -> str:
        return text(client.get(f"{HOME}?on={day}")).split('id="h-who"')[1].split('id="h-day"')[0]

    assert "Recorded later:" in who("2019-06-01")
    assert "Recorded later:" not in who("2020-06-01")
    assert "Ana Holt" in who("2020-06-01")


def test_the_home_leads_to_the_obvious_days(client, world):
    page = text(client.get(HOME))
    for day in ("2021-02-26", "2020-01-20"):  # the call, and the first day in office
        assert f'href="{HOME}?on={day}"' in page


def test_the_banner_does_not_mix_the_clocks(client, world):
    page = text(client.get(f"{HOME}facts/?on=2021-06-01"))
    assert "The relationship on" in page
    assert "What was so then" in page
    assert "What we said then" not in page
    both = text(client.get("/en/@2026-03-02/norda-suda/facts/?on=2021-06-01"))
    assert "What was so then" in both
    assert "What we said then" in both


def test_the_day_goes_along_to_the_other_pages_and_through_the_filters(client, world, clock):
    page = text(client.get(f"{HOME}facts/?on=2021-06-01&topic=border"))
    assert f'href="{HOME}meetings/?on=2021-06-01"' in page
    assert '<input type="hidden" name="on" value="2021-06-01">' in page
    assert f'href="{HOME}facts/?on=2021-06-01"' in page  # the chip that takes the topic away


@pytest.mark.parametrize(
    ("typed", "words"),
    [("yesterday", "Write the day as in"), ("2027-01-01", "has not come yet"), ("1200-01-01", "does not go back")],
)
def test_a_day_that_is_none_is_named_and_today_is_shown(client, world, typed, words):
    response = client.get(HOME, {"on": typed})
    assert response.status_code == 200
    assert words in text(response)
    assert "The relationship on" not in text(response)
    assert f'value="{typed}"' in text(response)


@pytest.mark.parametrize("path", ["", "facts/", "meetings/", "officials/", "priorities/", "facts.json", "facts.csv"])
def test_a_day_costs_no_more_than_today(client, world, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(6) as today:
        client.get(f"{HOME}{path}")
    with django_assert_max_num_queries(len(today.captured_queries)):
        assert client.get(f"{HOME}{path}?on=2021-06-01").status_code == 200


def test_a_figure_known_to_its_year_counts_from_the_first_day_of_it(world):
    """As everywhere: what is known to a year is never said to be of a later part of it."""
    cast.an_observation(world, world.fact, value=Decimal(7), as_of=datetime.date(2023, 1, 1), as_of_precision="year")
    document = freeze(world.fact)
    assert document.on(datetime.date(2023, 1, 1)).figure.value == Decimal(7)
    assert document.on(datetime.date(2022, 12, 31)).figure.value == Decimal(5525)

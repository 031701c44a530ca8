"""What readers are told of how fresh a page is; the notice comes by itself, and only a recorded check takes it away."""

from __future__ import annotations

import datetime

import pytest

from relations.documents import Text
from relations.publishing.checks import verify
from tests import cast

FACT = "/en/norda-suda/facts/border-length/"
OVERDUE = "/en/norda-suda/overdue/"
DOUBT = "This may be out of date."


@pytest.fixture
def world(db, clock):
    """A fact whose yearly figure, of 2025, should be followed by one from 2027 on."""
    world = cast.live_world(clock)
    world.fact.rhythm = "yearly"
    world.fact.save()
    cast.put_live(world.fact, clock=clock, note=Text(en="Yearly.", fr="Annuel."))
    clock.advance(seconds=2)
    return world


def text(response) -> str:
    return response.content.decode()


def look(world, clock, on: datetime.date) -> None:
    verify(world.fact, checked_on=on, by=None, clock=clock, note="Read it again.")
    clock.advance(seconds=2)


def test_a_page_that_is_fresh_says_when_it_is_due(client, world):
    page = text(client.get(FACT))
    assert DOUBT not in page
    assert "Next check due by 31 December 2026." in page


def test_the_notice_appears_by_itself_when_the_day_has_come(client, world, clock):
    clock.now = datetime.datetime(2027, 1, 2, 12, tzinfo=datetime.UTC)
    page = text(client.get(FACT))
    assert DOUBT in page
    assert "A newer figure should be out by now." in page
    assert "A check was due by 31 December 2026." in page
    assert "border-length" in text(client.get(OVERDUE))


def test_only_a_recorded_check_takes_it_away(client, world, clock):
    clock.now = datetime.datetime(2027, 1, 2, 12, tzinfo=datetime.UTC)
    world.fact.statement_en = "The border is still long."
    world.fact.save()
    cast.put_live(world.fact, clock=clock, note=Text(en="Wording.", fr="Formulation."))
    clock.advance(seconds=2)
    assert DOUBT in text(client.get(FACT))
    look(world, clock, datetime.date(2027, 1, 2))
    page = text(client.get(FACT))
    assert DOUBT not in page
    assert "Last checked on 2 January 2027." in page
    assert "border-length" not in text(client.get(OVERDUE))


def test_what_was_said_before_the_check_stays_said(client, world, clock):
    clock.now = datetime.datetime(2027, 1, 2, 12, tzinfo=datetime.UTC)
    clock.advance(days=2)
    look(world, clock, datetime.date(2027, 1, 4))
    assert DOUBT in text(client.get(FACT.replace("/en/", "/en/@2027-01-02/")))


@pytest.mark.parametrize("address", [FACT, OVERDUE])
def test_it_costs_at_most_six_queries(client, world, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(6):
        client.get(address)


def test_an_overdue_page_in_french(client, world, clock):
    clock.now = datetime.datetime(2027, 1, 2, 12, tzinfo=datetime.UTC)
    page = text(client.get(OVERDUE.replace("/en/", "/fr/")))
    assert "La frontière est longue." in page
    assert "The border is long." not in page

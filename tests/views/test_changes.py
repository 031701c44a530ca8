"""What changed between two days: the report in words, for people and for programs."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.documents import Text
from relations.models import Edition
from relations.publishing import Refusal, publish, schedule, withdraw
from relations.reading import changes
from tests import cast

REPORT = "/en/norda-suda/changes/"
ACTS = ["edit", "publish", "withdraw", "wait"]


@pytest.fixture
def world(db, clock):
    """On 2 March all went live; on the 4th a figure rose and a fact was added; on the 6th a statement was withdrawn."""
    world = cast.live_world(clock)
    clock.advance(days=2)
    cast.an_observation(world, world.fact, value=cast.Decimal("5600"), as_of=datetime.date(2026, 1, 1), position=2)
    cast.put_live(world.fact, clock=clock, note=Text(en="Newer.", fr="Plus récent."))
    clock.advance(seconds=5)
    cast.put_live(cast.a_fact(world, "ports", statement_en="There are ports."), clock=clock)
    clock.advance(days=2)
    withdraw(world.statement, reason=Text(en="Misheard.", fr="Mal entendu."), by=None, clock=clock)
    clock.advance(days=1)
    return world


def text(response) -> str:
    return response.content.decode()


def test_the_report_says_in_words_what_changed(client, world):
    page = text(client.get(f"{REPORT}?since=2026-03-03&until=2026-03-07"))
    assert "3 changes" in page
    assert "Figure up from 5,526.5 miles (2025) to 5,600 miles (2026)" in page
    assert "There are ports." in page
    assert "New since 4 March 2026." in page
    assert "Withdrawn: Misheard." in page


def test_only_what_lies_between_the_days(client, world):
    page = text(client.get(f"{REPORT}?since=2026-03-04&until=2026-03-07"))
    assert "1 change" in page
    assert "There are ports." not in page


def test_only_the_kinds_that_were_chosen(client, world):
    page = text(client.get(f"{REPORT}?since=2026-03-03&kind=statement"))
    assert "1 change" in page
    assert "Misheard." in page


def test_what_came_back_is_no_change(client, world, clock):
    for words in ("For a moment.", "The border is long."):
        world.fact.statement_en = words
        world.fact.save()
        cast.put_live(world.fact, clock=clock, note=Text(en="Back.", fr="Retour."))
        clock.advance(seconds=5)
    assert "0 changes" in text(client.get(f"{REPORT}?since=2026-03-06"))


def test_the_same_for_programs(client, world):
    data = client.get("/en/norda-suda/changes.json?since=2026-03-03&until=2026-03-07").json()
    assert [(each["kind"], each["what"], each["from"], each["to"]) for each in data["changes"]] == [
        ("fact", "changed", 1, 2),
        ("fact", "added", None, 1),
        ("statement", "withdrawn", 1, None),
    ]


def test_bad_days_are_named(client, world):
    page = text(client.get(f"{REPORT}?since=soon&until=2030-01-01"))
    assert "Write the day as in" in page
    assert "has not come yet" in page
    assert client.get("/en/norda-suda/changes.json?since=soon").status_code == 400


def test_nothing_that_is_scheduled_is_told(client, world, clock):
    schedule([cast.a_fact(world, "tonight", statement_en="Embargoed.")], at=clock() + datetime.timedelta(hours=1),
             by=None, clock=clock)  # fmt: skip
    assert "Embargoed" not in text(client.get(f"{REPORT}?since=2026-03-01"))


def test_it_costs_the_same_however_much_changed(client, world, clock, django_assert_num_queries):
    with django_assert_num_queries(5) as one:
        client.get(f"{REPORT}?since=2026-03-04")
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(f"{REPORT}?since=2026-03-01")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(st.tuples(st.sampled_from(["edit", "publish", "withdraw", "wait"]), st.integers(0, 2)), max_size=12)
)
def test_the_report_replayed_on_the_first_state_gives_the_second(db, monkeypatch, acts):
    """Whatever happened between."""
    with transaction.atomic():
        clock = cast.Clock()
        world = cast.live_world(clock)
        facts = [world.fact, cast.a_fact(world, "one"), cast.a_fact(world, "two")]
        since = clock()
        for act, which in acts:
            clock.advance(minutes=1)
            _do(act, facts[which], clock)
        clock.advance(minutes=1)
        before, after = (_everything(instant) for instant in (since, clock()))
        found = changes.between(since, clock(), relationship=world.relationship.pk)
        replayed = changes.replayed(before, found)
        assert {key: each.digest for key, each in replayed.items()} == {
            key: each.digest for key, each in after.items() if not each.is_tombstone
        }
        transaction.set_rollback(True)


def _do(act: str, fact, clock) -> None:
    try:
        if act == "edit":
            fact.statement_en += " More."
            fact.save()
        elif act == "publish":
            publish([fact], by=None, clock=clock)
        elif act == "withdraw":
            withdraw(fact, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock)
    except Refusal:
        pass


def _everything(instant: datetime.datetime) -> changes.State:
    return {each.record_id: each for each in Edition.objects.covering(instant)}

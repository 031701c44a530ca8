"""One record at its address at an instant: read, moved, withdrawn, or nothing that anybody could tell."""

from __future__ import annotations

import datetime

import pytest

from relations import reading
from relations.documents import Text, freeze
from relations.models import Fact, Topic
from relations.publishing import schedule, withdraw
from tests import cast
from tests.cast import INSTANT, put_live, someone

HOUR = datetime.timedelta(hours=1)
REASON = Text(en="Wrong.", fr="Faux.")


def read(live: cast.World, slug: str, at: datetime.datetime) -> reading.Item:
    return reading.at(at).item("fact", slug, relationship=live.relationship.pk)


def refusal(live: cast.World, slug: str, at: datetime.datetime) -> tuple:
    """Everything that a visitor can learn from being refused."""
    with pytest.raises(reading.NotPublished) as error:
        read(live, slug, at)
    return type(error.value), error.value.args, vars(error.value), str(error.value)


def renamed(live: cast.World, slug: str, clock: cast.Clock) -> None:
    Fact.objects.filter(pk=live.fact.pk).update(slug=slug)
    put_live(live.fact, clock=clock)


def test_an_item_is_the_document_that_was_published(live, clock):
    item = read(live, "border-length", clock.now)
    assert item.document == freeze(live.fact)
    assert (item.kind, item.id, item.number, item.is_withdrawn) == ("fact", live.fact.pk, 1, False)


@pytest.mark.parametrize("hidden", ["draft", "scheduled", "unknown"])
def test_what_is_not_public_cannot_be_told_from_what_is_not_there(live, clock, hidden):
    cast.a_fact(live, "draft")
    schedule([cast.a_fact(live, "scheduled")], at=clock.now + HOUR, by=someone("editor"), clock=clock)
    assert refusal(live, hidden, clock.now) == (reading.NotPublished, (), {}, "")


@pytest.mark.parametrize("hidden", ["scheduled", "unknown"])
def test_nor_by_the_number_of_queries(live, clock, hidden, django_assert_num_queries):
    schedule([cast.a_fact(live, "scheduled")], at=clock.now + HOUR, by=someone("editor"), clock=clock)
    with django_assert_num_queries(2):
        refusal(live, hidden, clock.now)


def test_a_future_address_of_something_public_is_not_known_either(live, clock):
    Fact.objects.filter(pk=live.fact.pk).update(slug="secret-name")
    schedule([live.fact], at=clock.now + HOUR, by=someone("editor"), clock=clock)
    assert refusal(live, "secret-name", clock.now) == refusal(live, "unknown", clock.now)


def test_it_appears_at_its_instant_and_not_a_microsecond_before(live, clock):
    at = clock.now + HOUR
    schedule([cast.a_fact(live, "scheduled")], at=at, by=someone("editor"), clock=clock)
    refusal(live, "scheduled", at - INSTANT)
    assert read(live, "scheduled", at).number == 1


def test_an_edition_ends_where_the_next_begins(live, clock):
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="Reworded.")
    put_live(live.fact, clock=clock)
    numbers = [read(live, "border-length", at).number for at in (clock.now - INSTANT, clock.now)]
    assert numbers == [1, 2]


def test_a_former_address_leads_to_the_present_one(live, clock):
    renamed(live, "length", clock)
    renamed(live, "extent", clock)
    for former in ("border-length", "length"):
        with pytest.raises(reading.Moved) as moved:
            read(live, former, clock.now)
        assert (moved.value.item.slug, moved.value.item.number) == ("extent", 3)


def test_in_the_past_the_former_address_is_the_address(live, clock):
    before = clock.now
    renamed(live, "length", clock)
    assert read(live, "border-length", before).number == 1
    refusal(live, "length", before)


def test_what_was_withdrawn_says_why_at_every_address_it_ever_had(live, clock):
    renamed(live, "length", clock)
    clock.now = withdraw(live.fact, reason=REASON, by=None, clock=clock).live_from
    for address in ("border-length", "length"):
        with pytest.raises(reading.Withdrawn) as withdrawn:
            read(live, address, clock.now)
        assert (withdrawn.value.item.reason, withdrawn.value.item.is_withdrawn) == (REASON, True)


def test_an_address_is_of_one_relationship_and_kind(live, clock):
    with pytest.raises(reading.NotPublished):
        reading.at(clock.now).item("fact", "border-length", relationship=live.fact.pk)
    with pytest.raises(reading.NotPublished):
        reading.at(clock.now).item("fact", "border-length")
    with pytest.raises(reading.NotPublished):
        reading.at(clock.now).item("topic", "border-length", relationship=live.relationship.pk)


def test_what_all_relationships_share_is_read_without_one(live, clock):
    assert reading.at(clock.now).item("official", "ana-holt").id == live.official.pk


def test_an_item_costs_one_query_and_its_document_none(live, clock, django_assert_num_queries):
    with django_assert_num_queries(1):
        item = read(live, "border-length", clock.now)
    with django_assert_num_queries(0):
        assert item.document.title.en == "The border is long."


def test_live_lists_nothing_that_is_not(live, clock):
    cast.a_topic(live, "draft")
    schedule([cast.a_topic(live, "scheduled")], at=clock.now + HOUR, by=someone("editor"), clock=clock)
    former = cast.a_topic(live, "withdrawn")
    put_live(former, clock=clock)
    clock.now = withdraw(former, reason=REASON, by=None, clock=clock).live_from
    Topic.objects.filter(pk=live.topic.pk).update(name_en="Draft name")
    found = reading.at(clock.now).live("topic", relationship=live.relationship.pk)
    assert [(edition.slug, edition.title_en) for edition in found] == [("border", "Border")]

"""Relationships, parties and posts: what the frame of every page asks for."""

from __future__ import annotations

import datetime

import pytest

from relations import reading
from relations.documents import Text
from relations.models import Edition, Relationship
from relations.publishing import schedule, withdraw
from tests import cast
from tests.cast import INSTANT, put_live, someone

REASON = Text(en="Dissolved.", fr="Dissoute.")


def test_relationships_and_parties_cost_one_query_however_often_they_are_asked_for(
    live, clock, django_assert_num_queries
):
    reader = reading.at(clock.now)
    with django_assert_num_queries(1):
        relationship = reader.relationship("norda-suda")
        one, other = reader.parties(relationship)
        assert reader.relationship_of(relationship) is None
    assert (one.slug, other.slug, [item.slug for item in reader.relationships]) == ("norda", "suda", ["norda-suda"])


def test_a_relationship_cannot_be_read_before_its_instant(live, clock):
    with pytest.raises(reading.NotPublished):
        reading.at(clock.now - INSTANT).relationship("norda-suda")
    assert reading.at(clock.now - INSTANT).relationships == []


def test_a_relationship_that_was_renamed_or_withdrawn(live, clock):
    Relationship.objects.filter(pk=live.relationship.pk).update(slug="norda-and-suda")
    put_live(live.relationship, clock=clock)
    with pytest.raises(reading.Moved):
        reading.at(clock.now).relationship("norda-suda")
    clock.now = withdraw(live.relationship, reason=REASON, by=None, clock=clock).live_from
    with pytest.raises(reading.Withdrawn):
        reading.at(clock.now).relationship("norda-and-suda")


def test_a_relationship_without_one_of_its_parties_is_not_shown(live, clock):
    clock.now = withdraw(live.other, reason=REASON, by=None, clock=clock).live_from
    reader = reading.at(clock.now)
    with pytest.raises(reading.NotPublished):
        reader.parties(reader.relationship("norda-suda"))


def test_an_item_knows_its_relationship(live, clock):
    reader = reading.at(clock.now)
    fact = reader.item("fact", "border-length", relationship=live.relationship.pk)
    assert reader.relationship_of(fact).slug == "norda-suda"
    assert reader.relationship_of(reader.item("party", "norda")) is None


def test_posts_between_two_parties(live, clock):
    """General posts of either side and envoys to the other; nobody's envoy to a third."""
    third = cast.a_party("terra", live.source, iso2="XC", iso3="XCC")
    posts = [
        cast.a_post(live.other, live.source, "chancellor"),
        cast.a_post(live.one, live.source, "envoy-to-suda", role="ambassador", accredited_to=live.other),
        cast.a_post(live.other, live.source, "envoy-to-norda", role="ambassador", accredited_to=live.one),
        cast.a_post(live.one, live.source, "envoy-to-terra", role="ambassador", accredited_to=third),
        cast.a_post(third, live.source, "envoy-from-terra", role="ambassador", accredited_to=live.one),
        cast.a_post(third, live.source, "president-of-terra"),
    ]
    put_live(third, *posts, clock=clock)
    cast.a_post(live.one, live.source, "draft")
    reader = reading.at(clock.now)
    found = reader.posts_between(reader.relationship("norda-suda"))
    assert {edition.slug for edition in found} == {"premier", "chancellor", "envoy-to-suda", "envoy-to-norda"}


def test_the_last_change_is_the_last_that_can_be_seen(live, clock):
    before = clock.now
    schedule(
        [cast.a_topic(live, "water")],
        at=clock.now + datetime.timedelta(hours=1),
        by=someone("editor"),
        clock=clock,
    )
    assert reading.at(clock.now).last_change(live.relationship.pk) == before
    assert reading.at(before - INSTANT).last_change() is None
    clock.advance(hours=1)
    assert reading.at(clock.now).last_change(live.relationship.pk) == clock.now
    assert {edition.slug for edition in reading.at(clock.now).changes()} >= {"water", "border"}
    assert Edition.objects.count() == reading.at(clock.now).changes().count()


def test_a_change_elsewhere_is_no_change_here(live, clock):
    before = clock.now
    put_live(cast.a_source("bulletin"), clock=clock)
    reader = reading.at(clock.now)
    assert (reader.last_change(live.relationship.pk), reader.last_change()) == (before, clock.now)


def test_the_day_of_an_instant_is_that_of_the_site(settings):
    settings.TIME_ZONE = "America/Toronto"
    assert reading.at(datetime.datetime(2026, 3, 2, 3, tzinfo=datetime.UTC)).day == datetime.date(2026, 3, 1)

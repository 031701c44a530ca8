"""References between records, resolved at one instant: a link, a label without a link, or nothing at all."""

from __future__ import annotations

import datetime

import pytest

from relations import reading
from relations.documents import Ref, Text, refs
from relations.models import Topic
from relations.publishing import schedule, withdraw
from tests import cast
from tests.cast import INSTANT, World, put_live, someone

HOUR = datetime.timedelta(hours=1)


def topic_seen(world: World, at: datetime.datetime) -> tuple[str, bool] | None:
    """How a page that names the topic shows it: its words and whether they are a link."""
    ref = Ref(kind="topic", id=world.topic.pk)
    references = reading.at(at).resolve([ref])
    item = references.get(ref)
    return item and (item.title.en, references.live(ref) is not None)


def test_what_is_live_is_a_link(live, clock):
    assert topic_seen(live, clock.now) == ("Border", True)


def test_what_was_withdrawn_is_its_last_label_without_a_link(live, clock):
    Topic.objects.filter(pk=live.topic.pk).update(name_en="Frontier")
    put_live(live.topic, clock=clock)
    Topic.objects.filter(pk=live.topic.pk).update(name_en="A draft of something else")
    before = clock.now
    clock.now = withdraw(
        live.topic, reason=Text(en="Merged.", fr="Fusionné."), by=someone("editor"), clock=clock
    ).live_from
    assert topic_seen(live, clock.now) == ("Frontier", False)
    assert topic_seen(live, before) == ("Frontier", True)


def test_what_is_not_public_yet_is_not_shown_at_all(live, clock):
    live.topic = cast.a_topic(live, "secret", name_en="Embargoed")
    assert topic_seen(live, clock.now) is None
    at = clock.now + HOUR
    schedule([live.topic], at=at, by=someone("editor"), clock=clock)
    assert topic_seen(live, at - INSTANT) is None
    assert topic_seen(live, at) == ("Embargoed", True)


def test_a_new_label_shows_from_its_instant_on(live, clock):
    Topic.objects.filter(pk=live.topic.pk).update(name_en="Embargoed name")
    at = clock.now + HOUR
    schedule([live.topic], at=at, by=someone("editor"), clock=clock)
    assert topic_seen(live, at - INSTANT) == ("Border", True)
    assert topic_seen(live, at) == ("Embargoed name", True)


def test_every_reference_of_a_page_is_resolved_in_one_query(live, clock, django_assert_num_queries):
    reader = reading.at(clock.now)
    meeting = reader.item("meeting", "first-call", relationship=live.relationship.pk).document
    assert reader.relationships  # the page's frame has asked for the relationships and parties
    with django_assert_num_queries(1):
        references = reader.resolve(refs(meeting))
        shown = {ref.kind: references.live(ref) is not None for ref in refs(meeting)}
    kinds = ("relationship", "topic", "priority", "official", "post", "source", "party")
    assert shown == dict.fromkeys(kinds, True)


def test_what_is_known_is_not_asked_for_again(live, clock, django_assert_num_queries):
    reader = reading.at(clock.now)
    topic = Ref(kind="topic", id=live.topic.pk)
    first = reader.resolve([topic])
    with django_assert_num_queries(0):
        again = reader.resolve([topic, Ref(kind="party", id=live.one.pk)], known=first.items)
    assert again.document(topic).name.en == "Border"


def test_a_document_is_had_only_of_what_is_live(live, clock):
    ref = Ref(kind="topic", id=live.topic.pk)
    assert reading.at(clock.now).resolve([ref]).document(ref).id == live.topic.pk
    clock.now = withdraw(live.topic, reason=Text(en="Merged.", fr="Fusionné."), by=None, clock=clock).live_from
    assert reading.at(clock.now).resolve([ref]).document(ref) is None


def test_no_reference_leads_nowhere(live, clock):
    assert reading.at(clock.now).resolve([]).get(None) is None


@pytest.mark.parametrize(("of", "naming"), [("topic", {"border-length"}), ("post", set())])
def test_what_names_a_record(live, clock, of, naming):
    cast.a_fact(live, "draft-that-names-it")
    found = reading.at(clock.now).naming(getattr(live, of).pk, "fact")
    assert {edition.slug for edition in found} == naming

"""Schedule and unschedule: an edition with an instant to come, which nobody can read yet."""

from __future__ import annotations

import datetime

import pytest

from relations import reading
from relations.documents import Text
from relations.models import Edition, Fact, Source
from relations.publishing import (
    ChangePending,
    InThePast,
    NothingChanged,
    NotLive,
    current_generation,
    publish,
    schedule,
    unschedule,
    withdraw,
)
from tests.cast import INSTANT, Clock, World, a_fact, a_source, put_live, someone

HOUR = datetime.timedelta(hours=1)


def reword(fact: Fact, words: str) -> None:
    Fact.objects.filter(pk=fact.pk).update(statement_en=words)


def put_off(world: World, clock: Clock, words: str, *, hours: int) -> Edition:
    """Schedules the world's fact in other words, so many hours from now."""
    reword(world.fact, words)
    [edition] = schedule([world.fact], at=clock.now + hours * HOUR, by=someone("editor"), clock=clock)
    return edition


def chain(world: World) -> list[tuple]:
    """(number, words, live from the start of which, digest before) of every edition of the world's fact."""
    editions = list(Edition.objects.filter(record_id=world.fact.pk).order_by("live_from"))
    assert [each.live_until for each in editions] == [each.live_from for each in editions[1:]] + [None]
    assert [each.previous_digest for each in editions] == ["", *(each.digest for each in editions[:-1])]
    return [(each.number, each.title_en) for each in editions]


def test_nobody_reads_it_before_its_instant_and_everybody_at_it(live, clock):
    edition = put_off(live, clock, "Tomorrow's words.", hours=1)

    def words(instant):
        item = reading.at(instant).item("fact", "border-length", relationship=live.relationship.pk)
        return item.title.en

    at = edition.live_from
    assert (words(at - INSTANT), words(at)) == ("The border is long.", "Tomorrow's words.")


def test_a_time_that_has_come_is_refused(live, clock, editor):
    reword(live.fact, "Too late.")
    for at in (clock.now, clock.now - INSTANT):
        with pytest.raises(InThePast, match="Choose a time in the future"):
            schedule([live.fact], at=at, by=editor, clock=clock)
    assert chain(live) == [(1, "The border is long.")]


def test_two_changes_of_one_record_cannot_have_the_same_instant(live, clock, editor):
    pending = put_off(live, clock, "One.", hours=1)
    reword(live.fact, "Other.")
    with pytest.raises(ChangePending, match=r"already scheduled for exactly this time: Other\."):
        schedule([live.fact], at=pending.live_from, by=editor, clock=clock)
    assert chain(live) == [(1, "The border is long."), (2, "One.")]


def test_what_will_be_live_then_exactly_so_is_not_scheduled_again(live, clock, editor):
    put_off(live, clock, "One.", hours=1)
    with pytest.raises(NothingChanged):
        schedule([live.fact], at=clock.now + 2 * HOUR, by=editor, clock=clock)


def test_a_fix_published_before_a_scheduled_edition_renumbers_that_one_only(live, clock):
    pending = put_off(live, clock, "Tomorrow's words.", hours=1)
    digest = pending.digest
    reword(live.fact, "A fix.")
    put_live(live.fact, clock=clock, pending="as_it_was")
    assert chain(live) == [(1, "The border is long."), (2, "A fix."), (3, "Tomorrow's words.")]
    pending.refresh_from_db()
    assert pending.digest == digest


def test_taking_back_the_one_in_the_middle_links_its_neighbors(live, clock):
    put_off(live, clock, "In one hour.", hours=1)
    put_off(live, clock, "In two hours.", hours=2)
    [taken] = unschedule([live.fact], by=someone("editor"), clock=clock)
    assert taken.title_en == "In one hour."
    assert chain(live) == [(1, "The border is long."), (2, "In two hours.")]


def test_taking_back_the_last_opens_the_one_before(live, clock):
    put_off(live, clock, "In one hour.", hours=1)
    generation = current_generation()
    unschedule([live.fact], by=someone("editor"), clock=clock)
    assert (chain(live), current_generation()) == ([(1, "The border is long.")], generation + 1)


def test_taking_back_a_first_edition_leaves_no_trace(live, clock, editor):
    new = a_fact(live, "embargoed")
    schedule([new], at=clock.now + HOUR, by=editor, clock=clock)
    unschedule([new], by=editor, clock=clock)
    assert Edition.objects.filter(record_id=new.pk).count() == 0


def test_what_was_readable_is_not_taken_back(live, clock):
    put_off(live, clock, "In one hour.", hours=1)
    clock.advance(hours=1)
    with pytest.raises(NotLive, match=r"Nothing is scheduled for “In one hour\.”"):
        unschedule([live.fact], by=someone("editor"), clock=clock)


def test_nothing_is_withdrawn_while_something_is_scheduled(live, clock, editor):
    put_off(live, clock, "In one hour.", hours=1)
    with pytest.raises(ChangePending, match="Unschedule it first"):
        withdraw(live.fact, reason=Text(en="Wrong.", fr="Faux."), by=editor, clock=clock)
    assert chain(live) == [(1, "The border is long."), (2, "In one hour.")]


def test_what_goes_live_at_one_instant_is_judged_together_even_when_scheduled_apart(live, clock, editor):
    new = a_source("almanac")
    schedule([new], at=clock.now + HOUR, by=editor, clock=clock)
    live.fact.sources.add(new)
    [edition] = schedule([live.fact], at=clock.now + HOUR, by=editor, clock=clock)
    assert edition.number == 2


def test_a_new_record_is_not_taken_back_from_under_what_waits_for_it(live, clock, editor):
    new = a_source("almanac")
    schedule([new], at=clock.now + HOUR, by=editor, clock=clock)
    live.fact.sources.add(new)
    schedule([live.fact], at=clock.now + 2 * HOUR, by=editor, clock=clock)
    with pytest.raises(ChangePending, match=r"“The border is long\.” is scheduled as well and names “The almanac"):
        unschedule([new], by=editor, clock=clock)
    assert len(unschedule([new, live.fact], by=editor, clock=clock)) == 2


def test_a_source_is_not_taken_back_once_its_new_title_waits_in_a_citation(live, clock, editor):
    Source.objects.filter(pk=live.source.pk).update(original_title="Embargoed title")
    schedule([live.source], at=clock.now + HOUR, by=editor, clock=clock)
    pending = put_off(live, clock, "Cites the new title.", hours=2)
    assert "Embargoed title" in pending.document
    with pytest.raises(ChangePending):
        unschedule([live.source], by=editor, clock=clock)


def test_a_topic_that_stays_live_is_taken_back_freely(live, clock, editor):
    live.topic.name_en = "Frontier"
    live.topic.save()
    schedule([live.topic], at=clock.now + HOUR, by=editor, clock=clock)
    put_off(live, clock, "Names the topic.", hours=2)
    assert len(unschedule([live.topic], by=editor, clock=clock)) == 1


def test_publishing_what_was_only_scheduled_puts_it_first(live, clock, editor):
    new = a_fact(live, "embargoed")
    schedule([new], at=clock.now + HOUR, by=editor, clock=clock)
    reword(new, "Released early.")
    publish([new], by=editor, clock=clock, pending="as_it_was")
    numbers = Edition.objects.filter(record_id=new.pk).order_by("live_from").values_list("number", "title_en")
    assert list(numbers) == [(1, "Released early."), (2, "The border is long.")]

"""A scheduled release moves to another instant as one, or not at all."""

from __future__ import annotations

import datetime

import pytest

from relations.models import Edition, Fact, Move
from relations.publishing import (
    ChangePending,
    InThePast,
    NotReady,
    TooLate,
    current_generation,
    publish,
    schedule,
)
from relations.publishing.releases import (
    add_to_release,
    create_release,
    move_release,
    schedule_release,
)
from tests import cast
from tests.cast import INSTANT
from tests.publishing.sets import AFTER, BEFORE, HOUR, facts, in_order, renamed, reword


@pytest.mark.parametrize("hours", [1, 3])
def test_all_of_it_moves_to_another_instant(scheduled, live, clock, editor, hours):
    generation, target = current_generation(), clock.now + hours * HOUR
    move_release(scheduled, at=target, by=editor, clock=clock, reason="Later.")
    scheduled.refresh_from_db()
    assert scheduled.goes_live_at == target
    assert (facts(live, target - INSTANT), facts(live, target)) == (BEFORE, AFTER)
    assert current_generation() == generation + 1
    assert Move.objects.filter(release=scheduled, verb="schedule", reason="Later.").count() == 2
    for member in scheduled.members.all():
        in_order(Fact.objects.get(pk=member.record_id))


def test_or_to_now(scheduled, live, clock, editor):
    move_release(scheduled, at=None, by=editor, clock=clock)
    scheduled.refresh_from_db()
    assert clock.now < scheduled.goes_live_at < clock.now + datetime.timedelta(seconds=5)
    assert facts(live, scheduled.goes_live_at) == AFTER


def test_not_to_the_past_nor_in_the_last_moment(scheduled, clock, editor):
    with pytest.raises(InThePast):
        move_release(scheduled, at=clock.now, by=editor, clock=clock)
    clock.now = scheduled.goes_live_at - datetime.timedelta(seconds=1)
    with pytest.raises(TooLate, match="too late to change that"):
        move_release(scheduled, at=clock.now + HOUR, by=editor, clock=clock)


def test_what_it_says_stays_whatever_the_desk_says_now(scheduled, live, clock, editor):
    digests = set(scheduled.editions.values_list("digest", flat=True))
    reword(live.fact, "Said later.")
    move_release(scheduled, at=clock.now + HOUR, by=editor, clock=clock)
    assert set(scheduled.editions.values_list("digest", flat=True)) == digests


@pytest.mark.parametrize("hours", [3, 4])
def test_it_does_not_move_past_another_change_of_a_record(scheduled, live, clock, editor, hours):
    reword(live.fact, "Even later.")
    schedule([live.fact], at=clock.now + 3 * HOUR, by=editor, clock=clock)
    with pytest.raises(ChangePending, match=r"Another change of “Reworded\.” is scheduled in between"):
        move_release(scheduled, at=clock.now + hours * HOUR, by=editor, clock=clock)
    scheduled.refresh_from_db()
    assert facts(live, scheduled.goes_live_at) == AFTER
    move_release(scheduled, at=clock.now + 3 * HOUR - INSTANT, by=editor, clock=clock)
    in_order(live.fact)


def test_it_does_not_move_before_what_it_rests_on(live, clock, editor):
    topic = cast.a_topic(live, "water")
    schedule([topic], at=clock.now + HOUR, by=editor, clock=clock)
    fact = cast.a_fact(live, "rivers")
    fact.topics.set([topic])
    release = create_release("Summit", by=editor)
    add_to_release(release, [fact], by=editor, clock=clock)
    schedule_release(release, at=clock.now + 2 * HOUR, by=editor, clock=clock)
    with pytest.raises(NotReady, match="which is not live"):
        move_release(release, at=clock.now + HOUR / 2, by=editor, clock=clock)
    move_release(release, at=clock.now + HOUR, by=editor, clock=clock)


def test_it_does_not_move_away_from_what_rests_on_it(live, clock, editor):
    topic, fact = cast.a_topic(live, "water"), cast.a_fact(live, "rivers")
    fact.topics.set([topic])
    release = create_release("Summit", by=editor)
    add_to_release(release, [topic], by=editor, clock=clock)
    schedule_release(release, at=clock.now + HOUR, by=editor, clock=clock)
    schedule([fact], at=clock.now + 2 * HOUR, by=editor, clock=clock)
    with pytest.raises(ChangePending, match=r"“The border is long\.” is scheduled as well and rests on this"):
        move_release(release, at=clock.now + 3 * HOUR, by=editor, clock=clock)
    move_release(release, at=clock.now + 2 * HOUR, by=editor, clock=clock)


def test_a_title_that_is_embargoed_longer_does_not_slip_out_in_a_citation(live, clock, editor):
    """The release cites a source whose new title goes live before it; moved to the front, it must not tell it."""
    schedule([renamed(live.source, "Embargoed title")], at=clock.now + 2 * HOUR, by=editor, clock=clock)
    reword(live.fact, "Reworded.")
    release = create_release("Summit", by=editor)
    add_to_release(release, [live.fact], by=editor, clock=clock)
    [edition] = schedule_release(release, at=clock.now + 3 * HOUR, by=editor, clock=clock)
    assert "Embargoed title" in edition.document
    [moved] = move_release(release, at=clock.now + HOUR, by=editor, clock=clock)
    assert "Embargoed title" not in moved.document
    in_order(live.fact)
    assert {facet.value for facet in moved.facets.filter(name="ref")} >= {str(live.source.pk)}


def test_what_cites_a_source_of_it_keeps_it_from_moving_away(live, clock, editor):
    release = create_release("Summit", by=editor)
    add_to_release(release, [renamed(live.source, "Embargoed title")], by=editor, clock=clock)
    schedule_release(release, at=clock.now + HOUR, by=editor, clock=clock)
    reword(live.fact, "Cites it.")
    schedule([live.fact], at=clock.now + 2 * HOUR, by=editor, clock=clock)
    with pytest.raises(ChangePending):
        move_release(release, at=clock.now + 3 * HOUR, by=editor, clock=clock)


def test_what_was_out_of_order_before_does_not_keep_it(live, clock, editor):
    """A fact that waits lost a topic it names; that is nobody's fault here."""
    topic, fact = cast.a_topic(live, "water"), cast.a_fact(live, "rivers")
    reword(live.fact, "Reworded.")
    fact.topics.set([topic])
    publish([topic], by=editor, clock=clock)
    clock.advance(seconds=5)
    release = create_release("Summit", by=editor)
    add_to_release(release, [renamed(live.source, "New title")], by=editor, clock=clock)
    schedule([fact], at=clock.now + HOUR, by=editor, clock=clock)
    schedule_release(release, at=clock.now + 2 * HOUR, by=editor, clock=clock)
    Edition.objects.filter(record_id=topic.pk).delete()
    move_release(release, at=clock.now + 3 * HOUR, by=editor, clock=clock)


def test_a_fix_that_came_between_is_still_said_after_a_move(scheduled, live, clock, editor):
    reword(live.fact, "A fix.")
    publish([live.fact], by=editor, clock=clock, pending="as_it_was")
    pending = scheduled.editions.get(record_id=live.fact.pk)
    marked = (pending.based_on_digest, pending.previous_digest)
    assert marked[0] != marked[1]
    move_release(scheduled, at=clock.now + 3 * HOUR, by=editor, clock=clock)
    pending.refresh_from_db()
    assert (pending.based_on_digest, pending.previous_digest) == marked

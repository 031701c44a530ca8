"""Releases: a set of records that goes live, is moved, taken back and undone as one."""

from __future__ import annotations

import pytest

from relations.documents import Text
from relations.models import Fact, Member, Move, Release
from relations.publishing import (
    Gone,
    NotAllowed,
    NothingChanged,
    NotReady,
    OwnWork,
    save_revision,
    schedule,
    unschedule,
)
from relations.publishing.phases import Phase, WrongPhase, phase_of
from relations.publishing.releases import (
    abandon_release,
    add_to_release,
    cancel_release,
    create_release,
    edit_release,
    move_release,
    publish_release,
    remove_from_release,
    reopen_release,
    reschedule_release,
    schedule_release,
)
from tests import cast
from tests.cast import INSTANT, someone
from tests.publishing.sets import AFTER, BEFORE, HOUR, NOTE, facts, renamed, reword

# ---- preparing -----------------------------------------------------------------------------------------------------


def test_a_release_is_prepared_without_anything_going_live(summit, live, clock):
    assert (summit.state, summit.goes_live_at, summit.note_fr) == ("open", None, "Pour le sommet.")
    assert {member.record_id for member in summit.members.all()} > {live.fact.pk}
    assert facts(live, clock.now + 1000 * HOUR) == BEFORE


def test_a_record_is_in_a_release_once(summit, live, clock, editor):
    assert add_to_release(summit, [live.fact, live.topic], by=editor, clock=clock) == [live.topic]
    with pytest.raises(NothingChanged, match="All of these are in “Summit” already"):
        add_to_release(summit, [live.fact], by=editor, clock=clock)


def test_a_record_is_taken_out_even_if_it_was_deleted(summit, live, clock, editor):
    rivers = Fact.objects.get(slug="rivers")
    key = rivers.pk
    rivers.delete()
    with pytest.raises(Gone, match="Take it out first"):
        publish_release(summit, by=editor, clock=clock)
    assert remove_from_release(summit, [key], by=editor, clock=clock) == 1
    assert len(publish_release(summit, by=editor, clock=clock)) == 1


def test_an_empty_release_goes_nowhere(live, clock, editor):
    empty = create_release("Empty", by=editor)
    with pytest.raises(NothingChanged, match="has no records yet"):
        schedule_release(empty, at=clock.now + HOUR, by=editor, clock=clock)


def test_what_was_given_up_can_be_taken_up_again(summit, clock, editor):
    assert abandon_release(summit, by=editor, clock=clock).state == "cancelled"
    with pytest.raises(WrongPhase, match=r"Its state: Given up\."):
        publish_release(summit, by=editor, clock=clock)
    reopen_release(summit, by=editor, clock=clock)
    assert len(publish_release(summit, by=editor, clock=clock)) == 2


def test_once_scheduled_its_note_and_time_stand(scheduled, clock, editor):
    how = {"by": editor, "clock": clock}
    same = edit_release(scheduled, name="G7", note=NOTE, at=scheduled.goes_live_at, **how)
    assert (same.name, same.state) == ("G7", "scheduled")
    for note, time in ((Text(), scheduled.goes_live_at), (NOTE, clock.now + 9 * HOUR)):
        with pytest.raises(WrongPhase, match="Move it, or take it back first"):
            edit_release(scheduled, name="G7", note=note, at=time, **how)


def test_only_who_may_keep_releases_keeps_them(summit, live, clock):
    by = someone("writer")
    acts = [
        lambda: create_release("Mine", by=by),
        lambda: add_to_release(summit, [live.topic], by=by, clock=clock),
        lambda: remove_from_release(summit, [live.fact.pk], by=by, clock=clock),
        lambda: schedule_release(summit, at=clock.now + HOUR, by=by, clock=clock),
        lambda: publish_release(summit, by=by, clock=clock),
        lambda: abandon_release(summit, by=by, clock=clock),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert (Release.objects.count(), Member.objects.count(), summit.editions.count()) == (1, 2, 0)


# ---- going live ----------------------------------------------------------------------------------------------------


def test_all_of_it_goes_live_at_one_instant(scheduled, live):
    at = scheduled.goes_live_at
    assert (facts(live, at - INSTANT), facts(live, at)) == (BEFORE, AFTER)
    assert {(each.change_note_en, each.live_from) for each in scheduled.editions.all()} == {(NOTE.en, at)}
    assert (phase_of(scheduled, at=at - INSTANT), phase_of(scheduled, at=at)) == (Phase.SCHEDULED, Phase.LIVE)


def test_published_now_it_is_live_in_a_moment(summit, live, clock, editor):
    publish_release(summit, by=editor, clock=clock)
    summit.refresh_from_db()
    assert clock.now < summit.goes_live_at < clock.now + HOUR
    assert facts(live, summit.goes_live_at) == AFTER
    moves = Move.objects.filter(release=summit, verb="publish")
    assert {move.made_by for move in moves} == {editor}
    assert len(moves) == 2


def test_all_of_it_or_nothing(summit, live, clock, editor):
    cast.a_fact(live, "unready", statement_fr="")
    add_to_release(summit, [Fact.objects.get(slug="unready")], by=editor, clock=clock)
    with pytest.raises(NotReady, match="The French text is missing"):
        schedule_release(summit, at=clock.now + HOUR, by=editor, clock=clock)
    summit.refresh_from_db()
    assert (summit.state, summit.goes_live_at, summit.editions.count()) == ("open", None, 0)


def test_a_member_that_is_live_as_it_stands_is_named(summit, live, clock, editor):
    add_to_release(summit, [live.topic], by=editor, clock=clock)
    with pytest.raises(NothingChanged, match="“Border” is already live exactly as it stands"):
        publish_release(summit, by=editor, clock=clock)


def test_the_rules_of_review_hold_for_each_member(summit, live, clock, editor):
    live.topic.name_en = "Frontier"
    live.topic.save()
    save_revision(live.topic, by=editor)
    add_to_release(summit, [live.topic], by=editor, clock=clock)
    with pytest.raises(OwnWork):
        publish_release(summit, by=editor, clock=clock)
    assert len(publish_release(summit, by=someone("colleague"), clock=clock)) == 3


def test_published_twice_it_goes_live_once(summit, clock, editor):
    publish_release(summit, by=editor, clock=clock)
    with pytest.raises(WrongPhase):
        publish_release(summit, by=editor, clock=clock)
    assert summit.editions.count() == 2


# ---- while it is scheduled -----------------------------------------------------------------------------------------


def test_what_is_saved_later_is_not_in_it(scheduled, live):
    reword(live.fact, "Said later.")
    assert facts(live, scheduled.goes_live_at) == AFTER


def test_scheduled_anew_it_says_what_the_desk_says_now(scheduled, live, clock, editor):
    reword(live.fact, "Said later.")
    [edition] = reschedule_release(scheduled, by=editor, clock=clock)
    assert (edition.title_en, edition.live_from, edition.release) == ("Said later.", scheduled.goes_live_at, scheduled)
    assert facts(live, scheduled.goes_live_at) == {**AFTER, "border-length": "Said later."}
    with pytest.raises(NothingChanged):
        reschedule_release(scheduled, by=editor, clock=clock)


def test_scheduled_anew_those_who_cite_a_source_cite_it_as_it_will_be(scheduled, live, clock, editor):
    add_to_release(scheduled, [renamed(live.source, "First title")], by=editor, clock=clock)
    renamed(live.source, "Second title")
    reschedule_release(scheduled, by=editor, clock=clock)
    documents = scheduled.editions.filter(kind="fact").values_list("document", flat=True)
    assert ["Second title" in document for document in documents] == [True, True]


def test_a_record_that_is_added_is_scheduled_with_it(scheduled, live, clock, editor):
    new = cast.a_fact(live, "lakes")
    add_to_release(scheduled, [new], by=editor, clock=clock)
    assert set(facts(live, scheduled.goes_live_at)) == {*AFTER, "lakes"}
    with pytest.raises(NotReady):
        add_to_release(scheduled, [cast.a_fact(live, "unready", statement_fr="")], by=editor, clock=clock)
    assert scheduled.members.count() == 3


def test_a_record_that_is_taken_out_stays_behind(scheduled, live, clock, editor):
    remove_from_release(scheduled, [live.fact.pk], by=editor, clock=clock)
    assert facts(live, scheduled.goes_live_at) == {**BEFORE, "rivers": "The border is long."}


def test_when_the_last_is_taken_out_it_is_being_prepared_again(scheduled, live, clock, editor):
    ids = list(scheduled.members.values_list("record_id", flat=True))
    remove_from_release(scheduled, ids, by=editor, clock=clock)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.editions.count()) == ("open", 0)


def test_taken_back_it_is_being_prepared_again_with_all_its_records(scheduled, live, clock, editor):
    planned = scheduled.goes_live_at
    assert len(cancel_release(scheduled, by=editor, clock=clock, reason="The summit is off.")) == 2
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.goes_live_at, scheduled.members.count()) == ("open", planned, 2)
    assert facts(live, planned) == BEFORE
    assert Move.objects.filter(verb="unschedule", reason="The summit is off.", release=scheduled).count() == 2


def test_what_was_scheduled_under_a_name_alone_keeps_its_records_when_taken_back(live, clock, editor):
    reword(live.fact, "Reworded.")
    [edition] = schedule([live.fact], at=clock.now + HOUR, by=editor, clock=clock, release="By name")
    cancel_release(edition.release, by=editor, clock=clock)
    assert [member.record_id for member in edition.release.members.all()] == [live.fact.pk]


def test_a_member_that_was_unscheduled_on_its_own_comes_back_with_the_next_scheduling(scheduled, live, clock, editor):
    unschedule([live.fact], by=editor, clock=clock)
    assert facts(live, scheduled.goes_live_at) == {**BEFORE, "rivers": "The border is long."}
    reschedule_release(scheduled, by=editor, clock=clock)
    assert facts(live, scheduled.goes_live_at) == AFTER


def test_what_went_live_is_neither_moved_nor_taken_back(scheduled, live, clock, editor):
    clock.now = scheduled.goes_live_at
    acts = [
        lambda: move_release(scheduled, at=clock.now + HOUR, by=editor, clock=clock),
        lambda: cancel_release(scheduled, by=editor, clock=clock),
        lambda: reschedule_release(scheduled, by=editor, clock=clock),
        lambda: add_to_release(scheduled, [live.topic], by=editor, clock=clock),
        lambda: remove_from_release(scheduled, [live.fact.pk], by=editor, clock=clock),
    ]
    for act in acts:
        with pytest.raises(WrongPhase, match=r"Its state: Live\."):
            act()
    assert facts(live, clock.now) == AFTER

"""A release that is live is undone as one, and the site says that it was."""

from __future__ import annotations

import datetime

import pytest

from relations.documents import Text
from relations.models import Edition, Fact, Move
from relations.publishing import (
    ChangePending,
    NotAllowed,
    NothingChanged,
    ReasonMissing,
    current_generation,
    publish,
    save_revision,
    schedule,
    withdraw,
)
from relations.publishing.phases import WrongPhase
from relations.publishing.releases import add_to_release, create_release, publish_release, schedule_release
from relations.publishing.undoing import ChangedSince, undo_release
from relations.reading import Withdrawn, at
from tests import cast
from tests.cast import INSTANT, someone

HOUR = datetime.timedelta(hours=1)
WHY = Text(en="Released by mistake.", fr="Diffusé par erreur.")


@pytest.fixture
def released(live, clock, editor):
    """Live for an hour: the world's fact in new words, and a new one beside it."""
    reword(live.fact, "Reworded.")
    new = create_release("Summit", by=editor)
    add_to_release(new, [live.fact, cast.a_fact(live, "rivers")], by=editor, clock=clock)
    publish_release(new, by=editor, clock=clock)
    clock.advance(hours=1)
    new.refresh_from_db()
    return new


def reword(fact: Fact, words: str) -> None:
    Fact.objects.filter(pk=fact.pk).update(statement_en=words)
    save_revision(Fact.objects.get(pk=fact.pk), by=None)


def fact(world, instant, slug="border-length"):
    return at(instant).item("fact", slug, relationship=world.relationship.pk)


def test_what_was_live_before_comes_back_and_what_was_new_is_withdrawn(released, live, clock, editor):
    before = Edition.objects.get(record_id=live.fact.pk, number=1)
    generation = current_generation()
    editions = undo_release(released, note=WHY, by=editor, clock=clock)
    [instant] = {edition.live_from for edition in editions}
    assert fact(live, instant - INSTANT).title.en == "Reworded."
    back = fact(live, instant)
    assert (back.number, back.digest, back.change_note) == (3, before.digest, WHY)
    with pytest.raises(Withdrawn) as withdrawn:
        fact(live, instant, "rivers")
    assert withdrawn.value.item.reason == WHY
    assert current_generation() == generation + 1


def test_it_is_undone_once_and_written_down(released, live, clock, editor):
    undo_release(released, note=WHY, by=editor, clock=clock)
    released.refresh_from_db()
    assert released.state == "undone"
    moves = Move.objects.filter(release=released, reason=WHY.en).values_list("verb", "made_by__username")
    assert sorted(moves) == [("publish", "editor"), ("withdraw", "editor")]
    with pytest.raises(WrongPhase, match=r"Its state: Undone\."):
        undo_release(released, note=WHY, by=editor, clock=clock)


def test_the_desk_keeps_what_was_written(released, live, clock, editor):
    undo_release(released, note=WHY, by=editor, clock=clock)
    live.fact.refresh_from_db()
    assert live.fact.statement_en == "Reworded."
    assert live.fact.desk_digest != Edition.objects.get(record_id=live.fact.pk, number=3).desk_digest


def test_found_again_by_what_it_said_before(released, live, clock, editor):
    [edition, _tombstone] = sorted(
        undo_release(released, note=WHY, by=editor, clock=clock), key=lambda e: e.is_tombstone
    )
    first = Edition.objects.get(record_id=live.fact.pk, number=1)
    values = [set(each.facets.values_list("name", "value")) for each in (edition, first)]
    assert values[0] == values[1] != set()
    assert edition.search_en == first.search_en


def test_what_was_withdrawn_before_is_withdrawn_again(live, clock, editor):
    new = cast.a_fact(live, "rivers")
    cast.put_live(new, clock=clock)
    clock.now = withdraw(new, reason=WHY, by=editor, clock=clock).live_from
    release = create_release("Summit", by=editor)
    add_to_release(release, [new], by=editor, clock=clock)
    publish_release(release, by=editor, clock=clock)
    clock.advance(hours=1)
    again = Text(en="Still wrong.", fr="Toujours faux.")
    [tombstone] = undo_release(release, note=again, by=editor, clock=clock)
    assert (tombstone.is_tombstone, tombstone.number, tombstone.reason_fr) == (True, 4, "Toujours faux.")


def test_readers_are_told_why_in_both_languages(released, clock, editor):
    for note in (Text(), Text(en="Only English.")):
        with pytest.raises(ReasonMissing):
            undo_release(released, note=note, by=editor, clock=clock)


def test_only_what_is_live_is_undone(live, clock, editor):
    reword(live.fact, "Reworded.")
    release = create_release("Summit", by=editor)
    add_to_release(release, [live.fact], by=editor, clock=clock)
    with pytest.raises(WrongPhase, match="Being prepared"):
        undo_release(release, note=WHY, by=editor, clock=clock)
    schedule_release(release, at=clock.now + HOUR, by=editor, clock=clock)
    with pytest.raises(WrongPhase, match="Scheduled"):
        undo_release(release, note=WHY, by=editor, clock=clock)


def test_what_was_published_again_since_is_left_alone_if_somebody_says_so(released, live, clock, editor):
    reword(live.fact, "Put right since.")
    cast.put_live(live.fact, clock=clock)
    clock.advance(hours=1)
    with pytest.raises(ChangedSince, match=r"Published again since: “Put right since\.”") as refusal:
        undo_release(released, note=WHY, by=editor, clock=clock)
    assert [edition.number for edition in refusal.value.editions] == [3]
    [tombstone] = undo_release(released, note=WHY, by=editor, clock=clock, keep_later=True)
    assert tombstone.slug == "rivers"
    assert fact(live, tombstone.live_from).title.en == "Put right since."


def test_if_all_of_it_was_published_again_there_is_nothing_to_undo(live, clock, editor):
    reword(live.fact, "Reworded.")
    release = create_release("Summit", by=editor)
    add_to_release(release, [live.fact], by=editor, clock=clock)
    publish_release(release, by=editor, clock=clock)
    clock.advance(hours=1)
    reword(live.fact, "Again.")
    cast.put_live(live.fact, clock=clock)
    with pytest.raises(NothingChanged):
        undo_release(release, note=WHY, by=editor, clock=clock, keep_later=True)


def test_a_change_that_waits_has_to_be_dealt_with_first(released, live, clock, editor):
    reword(live.fact, "Tomorrow.")
    schedule([live.fact], at=clock.now + HOUR, by=editor, clock=clock)
    with pytest.raises(ChangePending, match=r"A change is scheduled for “Tomorrow\.”"):
        undo_release(released, note=WHY, by=editor, clock=clock)


def test_whoever_may_not_publish_may_not_undo(released, clock):
    writer = someone("writer")
    with pytest.raises(NotAllowed):
        undo_release(released, note=WHY, by=writer, clock=clock)


def test_it_can_be_published_again_later(released, live, clock, editor):
    undo_release(released, note=WHY, by=editor, clock=clock)
    clock.advance(hours=1)
    editions = publish([live.fact, Fact.objects.get(slug="rivers")], by=editor, clock=clock)
    assert sorted(edition.number for edition in editions) == [3, 4]

"""Correct: the error is put right at an instant, and from that instant on every edition that carried it says so."""

from __future__ import annotations

import datetime

import pytest

from relations import reading
from relations.documents import Text
from relations.models import Correction, Edition, Fact, Move
from relations.publishing import (
    Erratum,
    NothingChanged,
    NotLive,
    NotReady,
    OlderBase,
    OwnWork,
    TooLate,
    correct,
    current_generation,
    save_revision,
    schedule,
    withdraw,
)
from tests import cast
from tests.cast import put_live, someone
from tests.publishing.test_too_late import Jumping

WRONG = Text(en="We said that the border is long.", fr="Nous avions écrit que la frontière est longue.")
RIGHT = Text(en="It is short.", fr="Elle est courte.")


def write(fact: Fact, words: str = "The border is short.") -> None:
    Fact.objects.filter(pk=fact.pk).update(statement_en=words)
    save_revision(Fact.objects.get(pk=fact.pk), by=someone("writer"))


def erratum(first: int = 1, last: int = 1, **given) -> Erratum:
    return Erratum(**{"wrong": WRONG, "right": RIGHT, "first_edition": first, "last_edition": last, **given})


@pytest.fixture
def wrong(live) -> Fact:
    """The world's fact, put right on the desk by the writer."""
    write(live.fact)
    return live.fact


def test_the_new_text_and_the_notice_come_at_the_same_instant(wrong, live, clock, editor):
    generation = current_generation()
    correction = correct(wrong, erratum=erratum(reported_by="A reader"), by=editor, clock=clock)
    edition = Edition.objects.get(record_id=wrong.pk, number=2)
    assert correction.live_from == edition.live_from > clock.now
    item = reading.at(edition.live_from).item("fact", "border-length", relationship=live.relationship.pk)
    assert (item.title.en, current_generation()) == ("The border is short.", generation + 1)
    kept = Correction.objects.get()
    assert (kept.wrong_fr, kept.right_en, kept.first_edition, kept.last_edition) == (WRONG.fr, RIGHT.en, 1, 1)
    assert (kept.kind, kept.relationship_id, kept.reported_by) == ("fact", live.relationship.pk, "A reader")


def test_the_edition_that_carried_the_error_keeps_its_text(wrong, clock, editor):
    before = Edition.objects.get(record_id=wrong.pk).document
    correct(wrong, erratum=erratum(), by=editor, clock=clock)
    assert Edition.objects.get(record_id=wrong.pk, number=1).document == before


def test_the_history_says_what_is_right_in_both_languages(wrong, clock, editor):
    correct(wrong, erratum=erratum(), by=editor, clock=clock)
    edition = Edition.objects.get(record_id=wrong.pk, number=2)
    assert edition.change_note_en == "Correction: It is short."
    assert edition.change_note_fr.endswith("Elle est courte.")


def test_it_is_a_move_of_its_own(wrong, clock, editor):
    correct(wrong, erratum=erratum(), by=editor, clock=clock)
    move = Move.objects.get(record_id=wrong.pk, verb="correct")
    assert (move.made_by, move.edition_number, move.is_unreviewed, move.stage_to) == (editor, 2, False, "draft")


@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 2), (2, 1), (2, 2)])
def test_it_is_about_editions_that_readers_could_find(wrong, clock, editor, first, last):
    with pytest.raises(NotReady, match="Choose editions that readers could find"):
        correct(wrong, erratum=erratum(first, last), by=editor, clock=clock)
    assert (Correction.objects.count(), Edition.objects.filter(record_id=wrong.pk).count()) == (0, 1)


def test_it_can_be_about_several_editions(wrong, clock, editor):
    put_live(wrong, clock=clock)
    write(wrong, "The border is tiny.")
    assert correct(wrong, erratum=erratum(1, 2), by=editor, clock=clock).last_edition == 2


def test_a_notice_of_withdrawal_carries_no_error(wrong, clock, editor):
    clock.now = withdraw(wrong, reason=WRONG, by=editor, clock=clock).live_from
    put_live(wrong, clock=clock)
    write(wrong, "The border is tiny.")
    with pytest.raises(NotReady):
        correct(wrong, erratum=erratum(2, 3), by=editor, clock=clock)
    assert correct(wrong, erratum=erratum(1, 3), by=editor, clock=clock).first_edition == 1


@pytest.mark.parametrize("given", [{"wrong": Text(en="Wrong.")}, {"right": Text(fr="Juste.")}, {"wrong": Text()}])
def test_readers_of_both_languages_are_told(wrong, clock, editor, given):
    with pytest.raises(NotReady, match="Say it in both languages"):
        correct(wrong, erratum=erratum(**given), by=editor, clock=clock)
    assert Correction.objects.count() == 0


def test_what_is_not_on_the_site_cannot_be_corrected(live, clock, editor):
    with pytest.raises(NotLive):
        correct(cast.a_fact(live, "draft"), erratum=erratum(), by=editor, clock=clock)


def test_the_error_has_to_be_gone_from_the_text(live, clock, editor):
    with pytest.raises(NothingChanged):
        correct(live.fact, erratum=erratum(), by=editor, clock=clock)


def test_it_takes_a_second_pair_of_eyes_as_well(wrong, clock):
    manager = someone("manager")
    Fact.objects.filter(pk=wrong.pk).update(statement_fr="Courte.")
    save_revision(Fact.objects.get(pk=wrong.pk), by=manager)
    Fact.objects.filter(pk=wrong.pk).update(statement_fr="Courte !")
    save_revision(Fact.objects.get(pk=wrong.pk), by=someone("editor"))
    with pytest.raises(OwnWork):
        correct(wrong, erratum=erratum(), by=someone("editor"), clock=clock)
    correct(wrong, erratum=erratum(), by=manager, clock=clock, reason="It is in the news.")
    assert Move.objects.get(verb="correct").is_unreviewed


def test_a_scheduled_change_is_brought_up_to_date_with_it(live, clock, editor):
    Fact.objects.filter(pk=live.fact.pk).update(statement_fr="Elle est belle.")
    at = clock.now + datetime.timedelta(hours=1)
    schedule([live.fact], at=at, by=editor, clock=clock)
    Fact.objects.filter(pk=live.fact.pk).update(statement_fr="La frontière est longue.")
    write(live.fact)
    with pytest.raises(OlderBase):
        correct(live.fact, erratum=erratum(), by=editor, clock=clock)
    correct(live.fact, erratum=erratum(), by=editor, clock=clock, pending="rebase")
    title = reading.at(at).item("fact", "border-length", relationship=live.relationship.pk).title
    assert (title.en, title.fr) == ("The border is short.", "Elle est belle.")


def test_what_comes_too_late_leaves_no_notice(wrong, clock, editor):
    late = Jumping(clock.now, after=3, by=datetime.timedelta(seconds=10))
    with pytest.raises(TooLate):
        correct(wrong, erratum=erratum(), by=editor, clock=late)
    assert (Correction.objects.count(), Edition.objects.filter(record_id=wrong.pk).count()) == (0, 1)

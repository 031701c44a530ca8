"""Redact: the law demands that a text goes. Its content is gone everywhere; what proves it stays."""

from __future__ import annotations

import pytest

from relations import documents
from relations.documents import Text, base
from relations.documents.base import FORM, later
from relations.models import Correction, Edition, Fact, Move, Redaction, Report, Revision
from relations.publishing import (
    Erratum,
    NotAllowed,
    NothingChanged,
    NotLive,
    NotReady,
    SaidElsewhere,
    StillLive,
    TextRedacted,
    correct,
    current_generation,
    publish,
    redact,
    save_revision,
    schedule,
    standing,
    withdraw,
)
from relations.publishing.previews import share_preview
from relations.reading import chain
from tests.cast import put_live, someone
from tests.publishing.sets import HOUR, reword

REASON = Text(en="By order of a court.", fr="Par ordre d’un tribunal.")
NAMED = "John Doe built the border."
STAYS = ("number", "live_from", "live_until", "digest", "desk_digest", "previous_digest", "based_on_digest")


@pytest.fixture
def manager(db):
    return someone("manager")


@pytest.fixture
def named(live, clock) -> Fact:
    """The world's fact, whose second edition of three names somebody."""
    for words in (NAMED, "The border was built."):
        reword(live.fact, words)
        clock.advance(hours=1)
        put_live(Fact.objects.get(pk=live.fact.pk), clock=clock, note=Text(en=f"Now: {words}", fr="Ainsi."))
    clock.advance(hours=1)
    return Fact.objects.get(pk=live.fact.pk)


def editions(record) -> list[Edition]:
    return list(Edition.objects.filter(record_id=record.pk).order_by("number"))


def kept(record) -> list[tuple]:
    return [tuple(getattr(each, name) for name in STAYS) for each in editions(record)]


def do(record, *numbers: int, by=None, clock, **how) -> list[Redaction]:
    return redact(record, editions=numbers, reason=REASON, by=by, clock=clock, **how)


def test_content_goes_and_what_proves_it_stays(named, clock, manager):
    before, roots, generation = kept(named), chain.roots(clock()), current_generation()
    [redaction] = do(named, 2, by=manager, clock=clock)
    gone = editions(named)[1]
    assert (gone.is_redacted, gone.document, gone.search_en, gone.change_note_en, gone.sort_on) == (
        True, "", "", "", None,
    )  # fmt: skip
    assert (gone.title_en, gone.slug) == ("Redacted text", "border-length")
    assert gone.title_fr
    assert not gone.facets.exists()
    assert (redaction.edition, redaction.reason_fr, redaction.made_by) == (gone, REASON.fr, manager)
    assert kept(named) == before
    assert (chain.breaches(clock()), chain.roots(clock())) == ([], roots)
    assert current_generation() == generation + 1


def test_it_is_written_down_who_did_it_and_why(named, clock, manager):
    do(named, 1, 2, by=manager, clock=clock)
    moves = Move.objects.filter(record_id=named.pk, verb="redact").order_by("edition_number")
    assert [(move.edition_number, move.reason, move.made_by) for move in moves] == [
        (1, REASON.en, manager), (2, REASON.en, manager),
    ]  # fmt: skip


def test_a_text_that_was_emptied_without_a_reason_is_a_breach(named, clock):
    do(named, 2, clock=clock)
    Redaction.objects.all().delete()
    assert [each.why for each in chain.breaches(clock())] == ["its text is gone, and no redaction says why"]


def test_what_is_live_goes_only_together_with_its_page(named, clock):
    with pytest.raises(StillLive, match="Readers find edition 3"):
        do(named, 3, clock=clock)
    do(named, 3, clock=clock, withdrawing=True)
    text, tombstone = editions(named)[2:]
    assert (text.is_redacted, tombstone.is_tombstone, tombstone.reason_en) == (True, True, REASON.en)
    assert tombstone.title_en == "Redacted text"  # it had kept the title of what is gone
    clock.advance(hours=1)
    assert chain.breaches(clock()) == []


def test_a_second_click_changes_nothing(named, clock):
    do(named, 1, 2, 3, clock=clock, withdrawing=True)
    before = list(Edition.objects.order_by("pk").values())
    with pytest.raises(NotLive):
        do(named, 1, 2, 3, clock=clock, withdrawing=True)
    assert list(Edition.objects.order_by("pk").values()) == before


def test_what_is_redacted_is_not_redacted_again(named, clock):
    do(named, 2, clock=clock)
    with pytest.raises(NothingChanged, match="redacted already"):
        do(named, 2, clock=clock)


@pytest.mark.parametrize("name", ["writer", "editor"])
def test_only_managers_may(named, clock, name):
    with pytest.raises(NotAllowed):
        do(named, 2, by=someone(name), clock=clock)
    assert not Edition.objects.filter(is_redacted=True).exists()


@pytest.mark.parametrize("numbers", [(), (4,), (2, 99)])
def test_only_editions_that_readers_could_find(named, clock, numbers):
    reword(named, "Later.")
    schedule([Fact.objects.get(pk=named.pk)], at=clock.now + HOUR, by=None, clock=clock)
    with pytest.raises(NotReady, match="Choose editions that readers could find"):
        do(named, *numbers, clock=clock)


def test_the_reason_is_given_in_both_languages(named, clock):
    with pytest.raises(NotReady, match="both languages"):
        redact(named, editions=[2], reason=Text(en="A court.", fr=""), by=None, clock=clock)


def test_what_was_never_public_cannot_be_redacted(world, clock):
    with pytest.raises(NotLive):
        do(world.fact, 1, clock=clock)


def test_the_same_words_do_not_stay_under_another_number(named, clock):
    reword(named, NAMED)
    put_live(Fact.objects.get(pk=named.pk), clock=clock)
    with pytest.raises(SaidElsewhere, match="edition 4"):
        do(named, 2, clock=clock)
    do(named, 2, 4, clock=clock, withdrawing=True)


def test_the_same_words_are_not_waiting_either(named, clock):
    reword(named, NAMED)
    schedule([Fact.objects.get(pk=named.pk)], at=clock.now + HOUR, by=None, clock=clock)
    with pytest.raises(SaidElsewhere, match="edition 4"):
        do(named, 2, clock=clock)


def test_exactly_that_text_does_not_come_back(named, clock):
    do(named, 2, clock=clock)
    reword(named, NAMED)
    with pytest.raises(TextRedacted):
        publish([Fact.objects.get(pk=named.pk)], by=None, clock=clock)
    reword(named, "Somebody built the border.")
    assert put_live(Fact.objects.get(pk=named.pk), clock=clock)[0].number == 4


class NextFact(documents.Fact):
    """Facts in the form of the next release, which has a venue."""

    venue: str = later("", since=FORM + 1)


@pytest.mark.parametrize("venue", ["", "The hall"])
def test_nor_does_it_in_the_form_of_a_later_release_whatever_that_adds(named, clock, monkeypatch, venue):
    do(named, 2, clock=clock)
    reword(named, NAMED)
    monkeypatch.setattr(Fact, "venue", venue, raising=False)
    monkeypatch.setitem(documents.DOCUMENTS, "fact", NextFact)
    monkeypatch.setattr(base, "FORM", FORM + 1)
    save_revision(Fact.objects.get(pk=named.pk), by=None)
    with pytest.raises(TextRedacted):
        publish([Fact.objects.get(pk=named.pk)], by=None, clock=clock)
    reword(named, "Somebody built the border.")
    publish([Fact.objects.get(pk=named.pk)], by=None, clock=clock)


def test_an_address_that_says_it_too_becomes_a_neutral_one(named, clock):
    Fact.objects.filter(pk=named.pk).update(slug="by-john-doe")
    save_revision(Fact.objects.get(pk=named.pk), by=None)
    put_live(Fact.objects.get(pk=named.pk), clock=clock)
    do(named, 4, clock=clock, withdrawing=True, hides_address=True)
    neutral = f"redacted-{named.pk.hex[:12]}"
    assert [each.slug for each in editions(named)] == ["border-length"] * 3 + [neutral] * 2


def test_an_address_that_is_still_in_use_is_not_hidden(named, clock):
    with pytest.raises(SaidElsewhere, match="edition 1, 3"):
        do(named, 2, clock=clock, hides_address=True)


def test_saves_and_preview_links_that_may_hold_it_go_as_well(named, clock):
    reword(named, f"{NAMED} A draft of that.")
    reword(named, "A clean draft.")
    link = share_preview(named, made_for="A partner", until=clock.now + HOUR, by=None, clock=clock)
    assert Revision.objects.filter(record_id=named.pk, document__contains="John Doe").count() == 2
    do(named, 2, clock=clock)
    said = set(Revision.objects.filter(record_id=named.pk).values_list("desk_digest", flat=True))
    desk = Fact.objects.get(pk=named.pk).desk_digest
    assert said == {editions(named)[2].desk_digest, desk}
    link.refresh_from_db()
    assert link.revoked_at == clock.now


def test_corrections_do_not_quote_what_is_gone(named, clock):
    for words in ("Wrong.", "Right."):
        reword(named, words)
        erratum = Erratum(
            Text(en="We named John Doe.", fr="Doe."), Text(en=f"Not Doe: {words}", fr="Non."), 2, 2, "A reader"
        )
        correct(Fact.objects.get(pk=named.pk), erratum=erratum, by=None, clock=clock)
        clock.advance(hours=1)
    do(named, 2, 4, clock=clock)
    first, second = Correction.objects.order_by("live_from")
    assert (first.wrong_en, first.right_en, first.reported_by) == ("Redacted text", "Redacted text", "A reader")
    assert (second.wrong_en, second.right_en) == ("Redacted text", "Not Doe: Right.")
    assert "Doe" not in first.wrong_fr + second.wrong_fr


def test_what_was_withdrawn_can_be_redacted_later(named, clock):
    clock.now = withdraw(named, reason=Text(en="Old.", fr="Vieux."), by=None, clock=clock).live_from
    do(named, 1, 2, 3, clock=clock)
    tombstone = editions(named)[3]
    assert (tombstone.title_en, tombstone.reason_en) == ("Redacted text", "Old.")
    assert standing(named, at=clock()).texts == []
    assert chain.breaches(clock()) == []


def test_what_readers_wrote_about_it_goes_too(named, clock):
    about = {"kind": "fact", "record_id": named.pk, "path": "/norda-suda/facts/border-length/", "made_at": clock()}
    said = {"text": "Why is John Doe named?", "evidence": "John Doe."}
    outcome = {"state": "declined", "outcome_en": "John Doe did.", "outcome_fr": "Doe.", "decided_at": clock()}
    Report.objects.create(fingerprint="1", edition_number=2, **about, **said, **outcome)
    Report.objects.create(fingerprint="2", edition_number=2, **about, **said)
    Report.objects.create(fingerprint="3", edition_number=3, **about, text="Too short.")
    do(named, 2, clock=clock)
    decided, open_, other = Report.objects.order_by("fingerprint")
    assert (decided.text, decided.evidence, decided.outcome_en) == ("Redacted text", "", "Redacted text")
    assert (open_.text, open_.outcome_en, open_.state) == ("Redacted text", "", "open")
    assert (other.text, other.path) == ("Too short.", "/norda-suda/facts/border-length/")


def test_an_outcome_does_not_say_again_what_a_correction_said(named, clock):
    report = Report.objects.create(fingerprint="1", kind="fact", record_id=named.pk, edition_number=1, made_at=clock())
    reword(named, "It names Doe.")
    erratum = Erratum(Text(en="Nobody.", fr="Personne."), Text(en="Doe did.", fr="C’est Doe."), 1, 1)
    correct(Fact.objects.get(pk=named.pk), erratum=erratum, by=None, clock=clock, report=report)
    clock.advance(hours=1)
    reword(named, "It names nobody.")
    put_live(Fact.objects.get(pk=named.pk), clock=clock, note=REASON)
    assert Report.objects.get().outcome_en == "Doe did."
    do(named, 4, clock=clock)
    assert Report.objects.get().outcome_en == "Redacted text"
    assert "Doe" not in Report.objects.get().outcome_fr


def test_no_report_gives_a_hidden_address_away(named, clock):
    Report.objects.create(
        fingerprint="1", kind="fact", record_id=named.pk, path="/norda-suda/facts/border-length/", made_at=clock()
    )
    do(named, 1, 2, 3, clock=clock, withdrawing=True, hides_address=True)
    assert Report.objects.get().path == ""

"""What a redaction takes out of the desk's own notes; and that those about anything else stay as they are."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model

from relations.documents import Text
from relations.intake.uploads import keep, plan_upload
from relations.models import Check, Fact, LinkAnswer, Move, PreviewLink, PreviewOpening, Release, Revision, Upload
from relations.publishing import redact, save_revision, submit
from relations.publishing.checks import verify
from relations.publishing.previews import note_opening, share_preview
from relations.publishing.releases import add_to_release, create_release, publish_release
from tests import cast
from tests.publishing.sets import HOUR, reword

REASON = Text(en="By order of a court.", fr="Par ordre d’un tribunal.")
NAMED = "John Doe built the border."


def noted(record, clock, words: str) -> None:
    """Everything that the desk writes down about a record, in these words."""
    editor = cast.someone("editor")
    LogEntry.objects.log_actions(editor.pk, [record], CHANGE, f"Returned: {words}", single_object=True)
    verify(record, checked_on=clock.now.date(), by=editor, clock=clock, note=words)
    link = share_preview(record, made_for=words, until=clock.now + HOUR, by=editor, clock=clock)
    note_opening(link, path=f"/en/norda-suda/facts/{record.slug}/", at=clock.now)


def rows(model: type[Model], **chosen) -> list:
    return list(model.objects.filter(**chosen).order_by("pk").values_list())


def all_about(record) -> list:
    about = [rows(model, record_id=record.pk) for model in (Check, Move, PreviewLink, Revision)]
    return [*about, rows(LogEntry, object_id=record.pk), rows(PreviewOpening, link__record_id=record.pk)]


@pytest.fixture
def named(live, clock) -> Fact:
    """The world's fact, whose second edition of three names somebody."""
    for words in (NAMED, "The border was built."):
        reword(live.fact, words)
        save_revision(live.fact, by=None)
        clock.advance(hours=1)
        cast.put_live(live.fact, clock=clock)
    clock.advance(hours=1)
    return live.fact


@pytest.fixture
def other(live, clock) -> Fact:
    fact = cast.a_fact(live, "rivers")
    save_revision(fact, by=None)
    cast.put_live(fact, clock=clock)
    return fact


def do(record, clock, **how) -> None:
    clock.advance(seconds=1)
    redact(record, editions=[2], reason=REASON, by=None, clock=clock, **how)


def test_notes_on_other_records_stay_word_for_word(named, other, clock):
    noted(named, clock, "He says no.")
    noted(other, clock, "It says yes.")
    before = all_about(other)
    do(named, clock)
    assert all_about(other) == before
    assert "He says no." not in str(all_about(named))


def test_who_did_what_and_when_stays(named, clock):
    noted(named, clock, "He says no.")
    before = list(Move.objects.filter(record_id=named.pk).values("verb", "made_at", "made_by"))
    do(named, clock)
    moves = Move.objects.filter(record_id=named.pk)
    assert list(moves.exclude(verb="redact").values("verb", "made_at", "made_by")) == before
    assert list(moves.filter(verb="redact").values_list("reason", flat=True)) == [REASON.en]
    entry = LogEntry.objects.get(object_id=named.pk)
    assert (entry.user, entry.action_flag, entry.object_repr) == (cast.someone("editor"), CHANGE, "Redacted text")


def test_a_reason_that_was_given_for_several_at_once_goes_from_all(live, other, named, clock):
    writer = cast.someone("writer")
    for record in (named, other):
        reword(record, f"{record.slug}, again.")
        save_revision(record, by=writer)
    submit([named, other], reason="Both name him.", by=writer, clock=clock)
    do(named, clock)
    assert set(Move.objects.filter(verb="submit").values_list("reason", flat=True)) == {""}


@pytest.mark.parametrize(
    ("content", "stays"),
    [
        (b"slug,name_en,name_fr,sources\nsea,Sea,Mer,gazette\n", True),
        (b"slug,name_en\nJohn Doe,\n", False),  # has problems: nobody can tell which record it means
    ],
)
def test_a_waiting_import_of_something_else_stays_if_it_was_understood(named, clock, content, stays):
    upload = keep({"topics.csv": content}, by=cast.someone("writer"), at=clock.now, table="topic")
    list(plan_upload(upload, may_import=lambda kind: True))
    do(named, clock)
    assert Upload.objects.exists() == stays


def test_an_import_that_was_not_read_yet_goes(named, clock):
    keep({"facts.csv": NAMED.encode()}, by=cast.someone("writer"), at=clock.now)
    do(named, clock)
    assert not Upload.objects.exists()


def test_a_release_that_is_being_prepared_goes_on_unless_it_names_it(named, clock, editor):
    clean, naming = (create_release(name, by=editor) for name in ("Summit", f"About this: {NAMED}"))
    for release in (clean, naming):
        add_to_release(release, [named], by=editor, clock=clock)
    do(named, clock)
    assert [Release.objects.get(pk=each.pk).name for each in (clean, naming)] == ["Summit", "Redacted text"]


def test_the_note_of_its_release_goes_from_the_others_that_it_brought(live, clock, editor):
    reword(live.fact, NAMED)
    topic = live.topic
    topic.name_en = "Frontier"
    topic.save()
    release = create_release("Summit", note=Text(en="John Doe came.", fr="John Doe vint."), by=editor)
    add_to_release(release, [live.fact, topic], by=editor, clock=clock)
    clock.now = publish_release(release, by=editor, clock=clock)[0].live_from
    reword(live.fact, "The border was built.")
    cast.put_live(live.fact, clock=clock)
    do(live.fact, clock)
    beside = release.editions.get(kind="topic")
    assert (beside.title_en, beside.change_note_en, beside.change_note_fr) == ("Frontier", "", "")


def test_with_its_address_the_pages_go_that_guests_have_opened(named, clock):
    noted(named, clock, "A partner")
    clock.advance(seconds=1)
    redact(named, editions=[1, 2, 3], reason=REASON, by=None, clock=clock, withdrawing=True, hides_address=True)
    assert [opening.path for opening in PreviewOpening.objects.all()] == [""]


def test_the_address_that_was_asked_for_a_source_goes(live, clock):
    source = live.source
    LinkAnswer.objects.create(source=source, url="https://example.org/john-doe", answer="ok", asked_at=clock.now)
    source.original_title = "Another title"
    source.save()
    cast.put_live(source, clock=clock)
    clock.advance(seconds=1)
    redact(source, editions=[1], reason=REASON, by=None, clock=clock)
    assert not LinkAnswer.objects.exists()

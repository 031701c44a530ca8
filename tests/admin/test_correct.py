"""The Correct page: what was wrong, what is right, in which editions; and that readers are told."""

import datetime
import html

import pytest

from relations.models import Correction, Edition, Fact, Move
from tests import cast

from .conftest import backdate, publish, save, url

SAID = {
    "wrong_en": "We said that the border is long.",
    "wrong_fr": "Nous avions écrit que la frontière est longue.",
    "right_en": "It is short.",
    "right_fr": "Elle est courte.",
    "first_edition": "1",
    "last_edition": "1",
}


def words(response) -> str:
    return html.unescape(response.content.decode())


def correct(client, record, **given):
    seen = client.get(url(record, "correct")).context["seen"]
    return client.post(url(record, "correct"), {"seen": seen, "_correct": "1", **given})


@pytest.fixture
def wrong(writer, live) -> Fact:
    save(writer, live.fact, statement_en="The border is short.")
    return live.fact


def test_an_editor_corrects_and_readers_are_told(editor, wrong):
    response = correct(editor, wrong, **SAID, reported_by="A. Reader")
    assert response.url == url(wrong)
    assert "is corrected, and readers are told." in words(editor.get(response.url))
    correction, edition = Correction.objects.get(), Edition.objects.get(record_id=wrong.pk, number=2)
    assert (correction.live_from, correction.reported_by) == (edition.live_from, "A. Reader")
    assert correction.made_by == Move.objects.get(verb="correct").made_by == cast.someone("editor")


def test_it_asks_for_both_languages_and_keeps_what_was_typed(editor, wrong):
    page = words(correct(editor, wrong, **{**SAID, "right_fr": ""}))
    assert "This field is required." in page
    assert "We said that the border is long." in page
    assert Correction.objects.count() == 0


def test_it_offers_the_editions_that_readers_found_the_newest_first(editor, writer, wrong):
    publish(editor, wrong, note_en="Reworded.", note_fr="Reformulé.")
    backdate(wrong, *(datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (2025, 2026)))
    save(writer, wrong, statement_en="The border is tiny.")
    form = editor.get(url(wrong, "correct")).context["form"]
    assert [value for value, _name in form.fields["first_edition"].choices] == [2, 1]
    assert "The last edition does not come before the first." in words(
        correct(editor, wrong, **{**SAID, "first_edition": "2"})
    )


def test_check_again_corrects_nothing(editor, wrong):
    seen = editor.get(url(wrong, "correct")).context["seen"]
    page = words(editor.post(url(wrong, "correct"), {"seen": seen, "_check": "1", **SAID}))
    assert "It is short." in page
    assert Correction.objects.count() == 0


def test_without_a_change_on_the_desk_it_says_what_to_do_first(editor, live):
    assert "Put the error right in the form first" in words(editor.get(url(live.fact, "correct")))


def test_what_was_saved_meanwhile_is_read_first(editor, writer, wrong):
    seen = editor.get(url(wrong, "correct")).context["seen"]
    save(writer, wrong, statement_en="The border is shorter.")
    response = editor.post(url(wrong, "correct"), {"seen": seen, "_correct": "1", **SAID})
    assert "It was saved again while you were looking." in words(response)
    assert Correction.objects.count() == 0


def test_ones_own_correction_waits_for_a_colleague_or_takes_a_reason(editor, manager, live):
    save(editor, live.fact, statement_en="The border is short.")
    page = words(editor.get(url(live.fact, "correct")))
    assert 'disabled aria-describedby="why-not-correct">Publish the correction</button>' in page
    assert "nobody has reviewed it" in words(correct(editor, live.fact, **SAID))
    save(manager, live.fact, statement_en="The border is tiny.")
    assert "Say why it cannot wait" in words(correct(manager, live.fact, **SAID))
    assert correct(manager, live.fact, **SAID, reason="On air.").status_code == 302
    assert Move.objects.get(verb="correct").is_unreviewed


def test_a_writer_may_not(writer, wrong):
    assert writer.get(url(wrong, "correct")).status_code == 403
    assert writer.post(url(wrong, "correct"), {"_correct": "1", **SAID}).status_code == 403
    assert Correction.objects.count() == 0

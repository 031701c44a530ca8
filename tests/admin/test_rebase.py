"""A fix while a change is scheduled, at the desk: nothing is decided in silence, and both changes are shown."""

import datetime
import html

import pytest

from relations.models import Edition, Fact
from relations.publishing import discard
from relations.reading import clock
from tests import cast

from .conftest import backdate, publish, save, url

NOTE = {"note_en": "Fixed.", "note_fr": "Corrigé."}
LATER = {"at": "2199-01-01T10:00"}


def words(response) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def scheduled(writer, editor, live) -> Fact:
    """New French words, for another year; the desk is set back to what is live."""
    save(writer, live.fact, statement_fr="La frontière est bien longue.")
    publish(editor, live.fact, "_later", **LATER, **NOTE)
    discard(live.fact, by=cast.someone("editor"), clock=clock.now)
    return live.fact


def last(fact) -> Edition:
    return Edition.objects.filter(record_id=fact.pk).latest("live_from")


def test_the_page_asks_what_becomes_of_it_and_shows_the_merge(writer, editor, scheduled):
    save(writer, scheduled, statement_en="The border is very long.")
    page = words(editor.get(url(scheduled, "publish")))
    assert "A change is scheduled already" in page
    assert "<del>The border is long.</del> <ins>The border is very long.</ins>" in page  # from the fix
    assert "<ins>La frontière est bien longue.</ins>" in page  # from what is scheduled
    response = publish(editor, scheduled, **NOTE)
    assert "Say what becomes of it." in words(response)
    assert Edition.objects.filter(record_id=scheduled.pk).count() == 2


@pytest.mark.parametrize(
    ("pending", "expected"),
    [
        ("rebase", ("The border is very long.", "La frontière est bien longue.")),
        ("as_it_was", ("The border is long.", "La frontière est bien longue.")),
        ("instead", ("The border is very long.", "La frontière est longue.")),
    ],
)
def test_it_does_as_it_was_told(writer, editor, scheduled, pending, expected):
    save(writer, scheduled, statement_en="The border is very long.")
    assert publish(editor, scheduled, pending=pending, **NOTE).status_code == 302
    assert (last(scheduled).title_en, last(scheduled).title_fr) == expected


def test_where_both_change_the_same_words_the_editor_chooses(writer, editor, scheduled):
    save(writer, scheduled, statement_fr="La frontière est très longue.")
    page = editor.get(url(scheduled, "publish"))
    [proposal] = page.context["proposals"]
    [field] = proposal.form
    for text in ("La frontière est longue.", "La frontière est très longue.", "La frontière est bien longue."):
        assert text in words(page)
    undecided = publish(editor, scheduled, pending="rebase", **NOTE)
    assert "change the same words. Choose which of them stay." in words(undecided)
    publish(editor, scheduled, pending="rebase", **{field.html_name: "mine"}, **NOTE)
    assert not Edition.objects.filter(record_id=scheduled.pk, live_from__year=2199).exists()  # nothing is left of it
    assert last(scheduled).title_fr == "La frontière est très longue."


def test_what_was_chosen_stays_chosen_while_something_else_is_wrong(writer, editor, scheduled):
    save(writer, scheduled, statement_fr="La frontière est très longue.")
    [proposal] = editor.get(url(scheduled, "publish")).context["proposals"]
    [field] = proposal.form
    page = words(publish(editor, scheduled, pending="rebase", **{field.html_name: "theirs"}))
    assert "Say in both languages what changed" in page
    assert f'name="{field.html_name}" value="theirs" checked' in page


def test_what_was_left_as_it_was_is_brought_up_to_date_on_a_page_of_its_own(writer, editor, scheduled):
    save(writer, scheduled, statement_en="The border is very long.")
    publish(editor, scheduled, pending="as_it_was", **NOTE)
    now = clock.now()
    backdate(scheduled, now - datetime.timedelta(hours=2), now)  # the second has passed
    assert "made before a fix, and would take the fix back" in words(editor.get(url(scheduled)))
    page = words(editor.get(url(scheduled, "rebase")))
    assert "<ins>The border is very long.</ins>" in page
    response = editor.post(url(scheduled, "rebase"), {"_rebase": "1"})
    assert "holds the fix now" in words(editor.get(response.url))
    assert (last(scheduled).title_en, last(scheduled).title_fr) == (
        "The border is very long.",
        "La frontière est bien longue.",
    )
    assert "made before a fix" not in words(editor.get(url(scheduled)))


def test_the_page_says_where_there_is_nothing_to_bring_up_to_date(editor, live, scheduled):
    assert "is based on what is live." in words(editor.get(url(scheduled, "rebase")))
    assert "Nothing is scheduled" in words(editor.get(url(live.topic, "rebase")))
    assert "Nothing is scheduled" in words(editor.post(url(live.topic, "rebase")))


def test_a_writer_may_not(writer, scheduled):
    assert writer.get(url(scheduled, "rebase")).status_code == 403
    assert writer.post(url(scheduled, "rebase")).status_code == 403

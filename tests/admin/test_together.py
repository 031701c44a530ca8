"""Several records of a list are submitted, approved or returned at once; what cannot be is named, and stays."""

from __future__ import annotations

import html

import pytest
from django.contrib.admin.models import LogEntry

from relations.models import Fact, Move
from relations.publishing import save_revision, submit
from relations.reading import clock
from tests import cast

from .conftest import person, save

LIST = "/admin/relations/fact/"


@pytest.fixture
def facts(live, writer) -> list[Fact]:
    """Two facts that the writer has changed, and one that is live as it stands."""
    rivers, lakes = cast.a_fact(live, "rivers"), cast.a_fact(live, "lakes")
    for fact in (rivers, lakes):
        save(writer, fact, statement_en=f"About {fact.slug}.")
    return [rivers, lakes, live.fact]


def chosen(client, action: str, facts: list[Fact]):
    """Ticks these in the list and chooses the action."""
    return client.post(LIST, {"action": action, "_selected_action": [fact.pk for fact in facts]})


def pressed(client, page, **given: str):
    """Presses the button of the page, with what its form holds."""
    context = page.context
    keys = {"action": context["action"], "_selected_action": context["chosen"], "seen": context["seen"]}
    return client.post(LIST, {**keys, "_together": "1", **given}, follow=True)


def stages(facts: list[Fact]) -> list[str]:
    return [Fact.objects.get(pk=fact.pk).stage for fact in facts]


def handed_in(facts: list[Fact]) -> None:
    submit([Fact.objects.get(pk=fact.pk) for fact in facts[:2]], by=person("writer"), clock=clock.now)


def test_what_can_be_submitted_is_and_what_cannot_is_named(facts, writer):
    page = chosen(writer, "submit_selected", facts)
    assert "is already live exactly as it stands" in html.unescape(page.content.decode())
    answer = pressed(writer, page, reason="Both at once.")
    assert stages(facts) == ["submitted", "submitted", "draft"]
    assert [move.reason for move in Move.objects.filter(verb="submit")] == ["Both at once."] * 2
    assert "2 records: submitted for review." in answer.content.decode()
    assert LogEntry.objects.filter(change_message__contains="Submitted").count() == 2


def test_an_editor_approves_several_after_seeing_what_changed(facts, editor):
    handed_in(facts)
    page = chosen(editor, "approve_selected", facts)
    assert "About rivers." in page.content.decode()
    pressed(editor, page)
    assert stages(facts) == ["approved", "approved", "draft"]


def test_nothing_is_returned_without_a_comment(facts, editor):
    handed_in(facts)
    page = chosen(editor, "return_selected", facts)
    assert "Say what has to change." in pressed(editor, page).content.decode()
    assert stages(facts) == ["submitted", "submitted", "draft"]
    pressed(editor, page, reason="Which rivers?")
    assert stages(facts) == ["returned", "returned", "draft"]


def test_what_somebody_saved_meanwhile_is_not_approved_unseen(facts, editor):
    handed_in(facts)
    page = chosen(editor, "approve_selected", facts)
    Fact.objects.filter(pk=facts[0].pk).update(statement_en="Something else.")
    save_revision(Fact.objects.get(pk=facts[0].pk), by=person("writer"))
    pressed(editor, page)
    assert stages(facts)[1] == "submitted"


def test_where_nothing_can_be_done_the_list_says_why(facts, editor):
    answer = editor.post(LIST, {"action": "approve_selected", "_selected_action": [facts[0].pk]}, follow=True)
    assert "was not submitted for review" in html.unescape(answer.content.decode())


def test_a_writer_is_not_offered_to_approve(facts, writer):
    handed_in(facts)
    assert "approve_selected" not in writer.get(LIST).content.decode()
    chosen(writer, "approve_selected", facts)
    assert stages(facts) == ["submitted", "submitted", "draft"]

"""Submit, return, approve: the pages of review, the bar above the form, and the list of how far each has come."""

import html
import re

import pytest

from relations.models import Edition, Fact, Move
from relations.reading import clock
from tests import cast

from .conftest import publish, save, url

NOTE = {"note_en": "Newer figure.", "note_fr": "Chiffre plus récent."}


def words(response) -> str:
    return html.unescape(response.content.decode())


def decide(client, record, button, **given):
    """Opens the page of a verb of review and presses one of its buttons."""
    page = "submit" if button == "_submit" else "review"
    seen = client.get(url(record, page)).context["seen"]
    return client.post(url(record, page), {"seen": seen, button: "1", **given})


def stage(record) -> str:
    return type(record).objects.get(pk=record.pk).stage


def refused(page: str) -> dict[str, str]:
    """The disabled buttons of a page, each with the reason that describes it."""
    buttons = re.findall(
        r'<button type="button" class="button" disabled aria-describedby="([\w-]+)">([^<]+)</button>', page
    )
    return {name: re.search(rf'id="{key}">([^<]+)<', page)[1].strip() for key, name in buttons}


@pytest.fixture
def submitted(writer, live) -> Fact:
    """The world's fact, changed and submitted by the writer."""
    save(writer, live.fact, statement_en="The border is longer.")
    decide(writer, live.fact, "_submit", reason="Please check the figure.")
    return live.fact


def test_a_writer_submits_and_an_editor_reads_what_changed(writer, editor, submitted):
    assert stage(submitted) == "submitted"
    page = words(editor.get(url(submitted, "review")))
    assert "<del>long</del><ins>longer</ins>" in page
    assert "Please check the figure." in page
    assert "writer submitted it on" in page


def test_what_is_returned_shows_its_comment_in_the_form_of_the_writer(writer, editor, submitted):
    assert "Say what has to change." in words(decide(editor, submitted, "_send_back", reason=" "))
    assert stage(submitted) == "submitted"
    assert decide(editor, submitted, "_send_back", reason="Cite the survey.").url == url(submitted)
    page = words(writer.get(url(submitted)))
    assert "editor returned it on" in page
    assert "<blockquote>Cite the survey.</blockquote>" in page
    save(writer, submitted, statement_en="The border is longer still.")
    assert "editor returned it on" not in words(writer.get(url(submitted)))
    assert stage(submitted) == "draft"


def test_what_is_approved_its_writer_may_publish_if_that_is_their_work(editor, colleague, live):
    save(editor, live.fact, statement_en="The border is longer.")
    decide(editor, live.fact, "_submit")
    decide(colleague, live.fact, "_approve")
    assert stage(live.fact) == "approved"
    assert publish(editor, live.fact, **NOTE).status_code == 302
    move = Move.objects.get(record_id=live.fact.pk, verb="publish", stage_from="approved")
    assert (move.is_unreviewed, move.stage_to, move.edition_number) == (False, "draft", 2)


def test_nobody_approves_what_they_wrote(editor, live):
    save(editor, live.fact, statement_en="The border is longer.")
    decide(editor, live.fact, "_submit")
    assert refused(words(editor.get(url(live.fact, "review")))) == {
        "Approve": "You wrote a part of this change yourself. Somebody else has to approve it."
    }
    assert "You wrote a part of this change yourself." in words(decide(editor, live.fact, "_approve"))
    assert stage(live.fact) == "submitted"


def test_an_approval_does_not_outlive_the_words_it_was_given_to(writer, editor, colleague, submitted):
    decide(colleague, submitted, "_approve")
    save(writer, submitted, statement_en="The border is endless.")
    assert stage(submitted) == "draft"


def test_what_was_saved_while_the_reviewer_read_is_not_approved_unseen(writer, editor, submitted):
    seen = editor.get(url(submitted, "review")).context["seen"]
    decide(editor, submitted, "_send_back", reason="Shorter.")
    save(writer, submitted, statement_en="Long.")
    decide(writer, submitted, "_submit")
    response = editor.post(url(submitted, "review"), {"seen": seen, "_approve": "1", "reason": "Fine."})
    assert "It was saved again while you were looking." in words(response)
    assert "Fine." in words(response)
    assert stage(submitted) == "submitted"


def test_a_press_of_enter_in_the_comment_decides_nothing(editor, submitted):
    seen = editor.get(url(submitted, "review")).context["seen"]
    editor.post(url(submitted, "review"), {"seen": seen, "reason": "Hm."})
    assert stage(submitted) == "submitted"


def test_a_writer_has_no_way_to_review(writer, submitted):
    assert writer.get(url(submitted, "review")).status_code == 403
    assert writer.post(url(submitted, "review"), {"_approve": "1"}).status_code == 403
    page = words(writer.get(url(submitted)))
    assert "Review…" not in page
    assert "Publish or schedule…" not in page


def test_the_bar_says_why_not_in_words_and_disables_the_button(editor, live):
    fact = cast.a_fact(live, "pipelines")
    assert refused(words(editor.get(url(fact)))) == {
        "Review…": "“The border is long.” was not submitted for review.",
        "Bring up to date…": "Nothing is scheduled for “The border is long.”.",
        "Unschedule": "Nothing is scheduled for “The border is long.”.",
        "Correct…": "“The border is long.” is not on the site.",
        "Discard changes…": "“The border is long.” is not on the site.",
        "Still true…": "“The border is long.” is not on the site.",
        "Withdraw…": "“The border is long.” is not on the site.",
    }


def test_every_button_that_the_bar_offers_leads_somewhere(editor, submitted):
    for button in editor.get(url(submitted)).context["bar"].allowed:
        response = editor.post(button.url) if button.posts else editor.get(button.url)
        assert response.status_code in (200, 302), button.name


def test_saving_leads_on_to_submitting(writer, live):
    response = save(writer, live.fact, statement_en="The border is longer.", _submit="1")
    assert response.url == url(live.fact, "submit")


def test_a_list_says_and_filters_how_far_each_has_come(writer, editor, submitted, live):
    page = words(editor.get("/admin/relations/fact/?stage=submitted"))
    assert "1 fact\n" in page
    assert '<td class="field-stage_reached">Waiting for review</td>' in page
    assert "0 facts\n" in words(editor.get("/admin/relations/fact/?stage=draft"))
    save(writer, live.topic, name_en="Frontier")
    assert "1 topic\n" in words(editor.get("/admin/relations/topic/?stage=draft"))
    decide(editor, submitted, "_approve")
    publish(editor, submitted, **NOTE)
    assert '<td class="field-stage_reached">–</td>' in words(editor.get("/admin/relations/fact/"))


def test_what_is_as_it_is_live_is_not_submitted(writer, live):
    reason = "“The border is long.” is already live exactly as it stands."
    assert refused(words(writer.get(url(live.fact, "submit")))) == {"Submit for review": reason}
    assert reason in words(decide(writer, live.fact, "_submit"))


def test_review_changes_nothing_in_public(editor, submitted):
    before = Edition.objects.count()
    decide(editor, submitted, "_approve")
    assert Edition.objects.count() == before


def test_a_move_says_who_when_and_why(writer, editor, submitted):
    decide(editor, submitted, "_send_back", reason="Cite the survey.")
    submit, back = Move.objects.filter(record_id=submitted.pk, verb__in=["submit", "send_back"]).order_by("pk")
    assert (submit.made_by.username, submit.reason) == ("writer", "Please check the figure.")
    assert (back.made_by.username, back.stage_from, back.stage_to) == ("editor", "submitted", "returned")
    assert back.desk_digest == Fact.objects.get(pk=submitted.pk).desk_digest
    assert submit.made_at < back.made_at < clock.now()

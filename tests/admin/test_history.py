"""The past of a record at the desk: one line of time, and the ways back."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.documents import Text, freeze
from relations.models import Edition, Fact, Move, Revision
from relations.publishing import publish, restore, save_revision, schedule, withdraw
from relations.reading import clock
from tests import cast

from .conftest import person, save, signed_in, url


def history(client, record) -> list[tuple[str, str, str]]:
    """What happened, who did it and what changed, the newest first."""
    page = client.get(url(record, "history")).context["page"]
    return [(entry.what, entry.who, entry.summary) for entry in page]


def now(record):
    return type(record).objects.get(pk=record.pk)


def test_saves_and_editions_stand_on_one_line_of_time(writer, live):
    save(writer, live.fact, statement_en="The border is longer.", **{"observations-1-value": "5527"})
    said = (
        "statement from “The border is long.” to “The border is longer.”; "
        "observation 2 (2025): value up from 5,526.5 to 5,527"
    )
    assert history(writer, live.fact) == [
        ("Saved in the admin", "writer", said),
        ("Saved in the admin", "", "The first text."),
        ("Edition 1", "editor", "The first text."),
    ]


def test_it_stands_where_django_has_its_own(writer, live):
    html = writer.get(url(live.fact, "history")).content.decode()
    assert "Compare the two chosen" in html
    assert f'href="{url(live.fact, "history")}"' in writer.get(url(live.fact)).content.decode()


def test_the_two_newest_texts_are_chosen_to_begin_with(writer, live):
    save(writer, live.fact, statement_en="The border is longer.")
    context = writer.get(url(live.fact, "history")).context
    first, second = Revision.objects.filter(record_id=live.fact.pk).order_by("pk")
    assert (context["older"], context["newer"]) == (f"r{first.pk}", f"r{second.pk}")


def test_moves_say_who_decided_what_and_why(writer, live):
    Move.objects.create(
        kind="fact",
        record_id=live.fact.pk,
        verb="send_back",
        stage_from="submitted",
        stage_to="returned",
        reason="Which border?",
        made_at=clock.now(),
        made_by=person("editor"),
    )
    entry = writer.get(url(live.fact, "history")).context["page"][0]
    assert (entry.what, entry.who, entry.note, entry.key) == ("Returned with a comment", "editor", "Which border?", "")


def test_a_publication_is_told_once_with_its_reason_and_its_mark(writer, live):
    save(writer, live.fact, statement_en="The border is longer.")
    root = cast.someone("root", is_superuser=True)
    save(signed_in("root"), live.fact, statement_fr="La frontière est plus longue.")
    publish([live.fact], by=root, clock=clock.now, note=Text(en="Measured.", fr="Mesuré."), reason="Nobody was there.")
    page = writer.get(url(live.fact, "history")).context["page"]
    edition = next(entry for entry in page if entry.what == "Edition 2")
    assert (edition.who, edition.note) == ("root", "Measured. – Nobody was there.")
    assert edition.marks == ("live", "not reviewed")
    assert [entry.what for entry in page].count("Published: Edition 2") == 0


def test_what_is_scheduled_and_what_was_withdrawn_say_so(editor, live):
    Fact.objects.filter(pk=live.fact.pk).update(position=3)
    save_revision(now(live.fact), by=None)
    schedule([live.fact], at=clock.now() + datetime.timedelta(days=1), by=None, clock=clock.now)
    withdraw(live.topic, reason=Text(en="Wrong.", fr="Faux."), by=person("manager"), clock=clock.now)
    first = editor.get(url(live.fact, "history")).context["page"][0]
    assert (first.what, first.marks) == ("Edition 2", ("scheduled",))
    gone = editor.get(url(live.topic, "history")).context["page"][0]
    assert (gone.what, gone.note, gone.key) == ("Withdrawn from the site", "Wrong.", "")


def test_a_restored_text_is_told_once(writer, live):
    before = freeze(live.fact)
    save(writer, live.fact, statement_en="The border is longer.")
    restore(live.fact, document=before, by=person("writer"), clock=clock.now, reason="It was right.")
    page = writer.get(url(live.fact, "history")).context["page"]
    assert (page[0].what, page[0].note, page[0].marks) == (
        "Restored from an older text",
        "It was right.",
        ("on the desk",),
    )
    assert [entry.what for entry in page].count("Restored from an older text") == 1


def test_what_no_document_holds_is_in_the_history_all_the_same(writer, live):
    save(writer, live.fact, review_by="2027-01-01")
    assert history(writer, live.fact)[0] == ("Changed beside the text", "writer", "review by")


def test_records_are_called_by_their_names(writer, live):
    extra = cast.a_topic(live, "rivers", name_en="Rivers")
    save(writer, live.fact, topics=[live.topic.pk, extra.pk])
    assert history(writer, live.fact)[0][2] == "added: topics"
    save(writer, live.meeting, **{"participants-0-listed_as": "A. Holt"})
    assert "participation 1 (Ana Holt, Premier)" in history(writer, live.meeting)[0][2]


def test_a_part_leads_to_the_history_of_its_record(writer, live):
    response = writer.get(url(live.commitment, "history"))
    assert (response.status_code, response.url) == (302, url(live.priority, "history"))


@pytest.mark.parametrize("verb", ["history", "compare", "restore", "discard"])
def test_whoever_may_not_see_a_record_sees_nothing_of_its_past(live, verb):
    assert signed_in("stranger").get(url(live.fact, verb)).status_code == 403


def test_a_long_history_has_pages_and_costs_the_same(writer, live):
    def cost(number: int) -> int:
        for each in range(number):
            fact = now(live.fact)
            fact.statement_en = f"Words {fact.pk} {each} of {number}"
            fact.save()
            save_revision(fact, by=person("writer"))
        with CaptureQueriesContext(connection) as queries:
            assert writer.get(url(live.fact, "history")).status_code == 200
        return len(queries)

    cost(1)
    assert cost(60) <= cost(5) <= 15
    page = writer.get(url(live.fact, "history"), {"p": "2"}).context["page"]
    assert (page.number, len(page)) == (2, 30)
    assert writer.get(url(live.fact, "history"), {"p": "junk"}).context["page"].number == 1


# ---- restore and discard -------------------------------------------------------------------------------------------


def first_text(record) -> str:
    return f"r{Revision.objects.filter(record_id=record.pk).earliest('pk').pk}"


def press(client, record, verb: str, query: str = "", **given):
    """Opens the page of a way back and presses its button."""
    address = url(record, verb) + query
    return client.post(address, {"seen": client.get(address).context["seen"], **given})


def test_an_older_text_is_shown_against_the_desk_and_brought_back(writer, live):
    save(writer, live.fact, statement_en="The border is longer.")
    public = Edition.objects.count()
    query = f"?text={first_text(live.fact)}"
    html = writer.get(url(live.fact, "restore") + query).content.decode()
    assert "The border is <del>longer</del><ins>long</ins>." in html
    response = press(writer, live.fact, "restore", query, reason="It was right.")
    assert (response.status_code, response.url) == (302, url(live.fact))
    assert (now(live.fact).statement_en, Edition.objects.count()) == ("The border is long.", public)
    assert Move.objects.latest("pk").reason == "It was right."


def test_an_edition_can_be_brought_back_as_well(writer, live):
    save(writer, live.fact, statement_en="The border is longer.")
    assert press(writer, live.fact, "restore", "?text=e1").status_code == 302
    assert now(live.fact).statement_en == "The border is long."


def test_what_was_saved_meanwhile_is_not_overwritten_by_an_older_text(writer, editor, live):
    save(writer, live.fact, statement_en="The border is longer.")
    query = f"?text={first_text(live.fact)}"
    seen = editor.get(url(live.fact, "restore") + query).context["seen"]
    save(writer, live.fact, statement_en="The border is the longest.")
    response = editor.post(url(live.fact, "restore") + query, {"seen": seen})
    assert "It was saved again while you were looking." in response.content.decode()
    assert now(live.fact).statement_en == "The border is the longest."


def test_what_keeps_a_text_from_coming_back_is_said_before_anybody_presses(writer, live):
    extra = cast.a_topic(live, "rivers", name_en="Rivers")
    save(writer, live.fact, topics=[live.topic.pk, extra.pk])
    key = f"r{Revision.objects.filter(record_id=live.fact.pk).latest('pk').pk}"
    save(writer, live.fact, topics=[live.topic.pk])
    extra.delete()
    html = writer.get(url(live.fact, "restore") + f"?text={key}").content.decode()
    assert "topic is no longer on the desk." in html
    assert "disabled" in html
    response = press(writer, live.fact, "restore", f"?text={key}")
    assert "topic is no longer on the desk." in response.content.decode()


def test_changes_are_discarded(writer, live):
    save(writer, live.fact, statement_en="The border is longer.")
    assert "Discard changes…" in writer.get(url(live.fact, "history")).content.decode()
    assert press(writer, live.fact, "discard").status_code == 302
    assert now(live.fact).statement_en == "The border is long."
    assert "Discard changes…" not in writer.get(url(live.fact, "history")).content.decode()
    text = json.loads(Revision.objects.filter(record_id=live.fact.pk).order_by("-pk")[1].document)
    assert text["statement"]["en"] == "The border is longer."  # discarded, and not lost


def test_there_is_nothing_to_discard_where_nothing_is_live_or_nothing_changed(writer, live):
    draft = cast.a_fact(live, "draft")
    response = writer.get(url(draft, "discard"), follow=True)
    assert "is not on the site." in response.content.decode()
    page = writer.get(url(live.fact, "discard"))
    assert "already live exactly as it stands" in page.context["why_not"]


@pytest.mark.parametrize("key", ["", "desk", "x", "r", "e0", "e99", "r99999999999", "r" + "9" * 50, "e1'"])
def test_a_text_that_there_is_not_leads_back_to_the_history(writer, live, key):
    response = writer.get(url(live.fact, "restore"), {"text": key}, follow=True)
    assert response.redirect_chain == [(url(live.fact, "history"), 302)]
    assert "Choose the text that is to come back." in response.content.decode()


def test_the_text_of_another_record_is_none_of_this_one(writer, live):
    response = writer.get(url(live.fact, "restore"), {"text": first_text(live.topic)}, follow=True)
    assert "Choose the text that is to come back." in response.content.decode()

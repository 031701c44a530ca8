"""Readers' reports at the desk: who sees what of them, and how they are decided."""

from __future__ import annotations

import html

import pytest

from relations.models import Correction, Report
from relations.publishing import reports
from relations.reading import clock
from tests import cast
from tests.readers import a_report

from .conftest import save, url
from .test_correct import SAID, correct

WHO = {"name": "A. Reader", "email": "reader@example.org", "may_be_named": True}
TOLD = {"outcome_en": "The gazette is right.", "outcome_fr": "La gazette a raison."}
LIST = "/admin/relations/report/"


@pytest.fixture
def report(live) -> Report:
    return a_report(live, made_at=clock.now(), text="It is <b>shorter</b>.", evidence="The gazette", **WHO)


def words(response) -> str:
    return html.unescape(response.content.decode())


def decide(client, report, **given):
    return client.post(url(report), {"state": "declined", **TOLD, **given})


def test_it_waits_on_the_front_page_of_those_who_decide(editor, writer, report):
    page = words(editor.get("/admin/"))
    assert "Readers’ reports, not looked at yet" in page
    assert f'href="{url(report)}">Report {report.pk}</a>' in page
    assert report.text not in page
    assert "Readers’ reports, not looked at yet" not in words(writer.get("/admin/"))
    decide(editor, report)
    assert "Readers’ reports, not looked at yet" not in words(editor.get("/admin/"))


def test_words_are_shown_as_typed_and_who_sent_them_to_those_alone_who_decide(editor, writer, report):
    for client in (editor, writer):
        page = client.get(url(report)).content.decode()
        assert "It is &lt;b&gt;shorter&lt;/b&gt;." in page
        assert "The gazette" in page
        assert "/en/norda-suda/facts/border-length/editions/1/" in page
    assert [each in words(editor.get(url(report))) for each in (WHO["name"], WHO["email"])] == [True, True]
    assert [each in words(writer.get(url(report))) for each in (WHO["name"], WHO["email"])] == [False, False]
    assert "Tell the public" not in words(writer.get(url(report)))


def test_an_editor_decides_and_who_sent_it_is_forgotten(editor, report):
    response = decide(editor, report)
    assert response.url == LIST
    assert f"Report {report.pk} is decided" in words(editor.get(LIST))
    report.refresh_from_db()
    assert (report.state, report.outcome_en, report.outcome_fr) == ("declined", *TOLD.values())
    assert (report.name, report.email, report.decided_by) == ("", "", cast.someone("editor"))
    page = words(editor.get(url(report)))
    assert "La gazette a raison." in page
    assert "Tell the public" not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcome_fr": ""}, "This field is required."),
        ({"state": "open"}, "Select a valid choice."),
        ({"state": "corrected"}, "Say which: readers find it under the report’s number."),
        ({"correction": "7"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(editor, report, given, said):
    page = words(decide(editor, report, **given))
    assert said in page
    assert TOLD["outcome_en"] in page
    assert Report.objects.get().state == "open"


def test_it_is_decided_once(editor, report):
    decide(editor, report)
    assert f"Report {report.pk} is decided already." in words(decide(editor, report, outcome_en="No."))
    assert Report.objects.get().outcome_en == TOLD["outcome_en"]


def test_a_writer_decides_nothing(writer, report):
    assert decide(writer, report).status_code == 403
    assert Report.objects.get().state == "open"


# --- from a report to a correction ----------------------------------------------------------------


@pytest.fixture
def wrong(writer, live) -> None:
    save(writer, live.fact, statement_en="The border is short.")


def test_a_correction_names_the_reader_who_agreed_and_is_the_outcome(editor, live, report, wrong):
    page = words(editor.get(url(report)))
    address = f"{url(live.fact, 'correct')}?report={report.pk}"
    assert f'href="{address}"' in page
    form = editor.get(address).context["form"]
    assert (form["reported_by"].value(), form["report"].value()) == ("A. Reader", report.pk)
    correct(editor, live.fact, **SAID, reported_by="A. Reader", report=report.pk)
    report.refresh_from_db()
    correction = Correction.objects.get()
    assert (report.state, report.correction, report.decided_at) == ("corrected", correction, correction.live_from)
    assert (report.outcome_en, report.outcome_fr) == (SAID["right_en"], SAID["right_fr"])
    assert (report.name, report.email) == ("", "")


def test_nobody_is_named_who_did_not_agree(editor, live, report, wrong):
    Report.objects.update(may_be_named=False)
    page = editor.get(f"{url(live.fact, 'correct')}?report={report.pk}")
    assert page.context["form"]["reported_by"].value() == ""
    assert WHO["name"] not in words(page)


@pytest.mark.parametrize("number", ["", "x", "999", "9" * 30, "-1"])
def test_a_number_that_is_none_of_this_record_s_reports_is_left_alone(editor, live, report, wrong, number):
    form = editor.get(f"{url(live.fact, 'correct')}?report={number}").context["form"]
    assert form["report"].value() is None


def test_what_was_corrected_before_can_be_named_as_the_outcome(editor, live, report, wrong):
    correct(editor, live.fact, **SAID)
    correction = Correction.objects.get()
    decide(editor, report, state="corrected", correction=correction.pk)
    assert Report.objects.get().correction == correction


# --- what is kept of who sent it ------------------------------------------------------------------


def test_names_are_kept_for_ninety_days_at_most(live):
    now = clock.now()
    kept = a_report(live, made_at=now - reports.KEPT + cast.INSTANT, **WHO)
    old = a_report(live, made_at=now - reports.KEPT, **WHO)
    assert reports.forget(at=now) == 1
    kept.refresh_from_db()
    old.refresh_from_db()
    assert (kept.name, kept.email) == (WHO["name"], WHO["email"])
    assert (old.name, old.email, old.text) == ("", "", "The border is shorter.")

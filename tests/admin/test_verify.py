"""The Verify page: what it shows, what it refuses, what it records."""

from __future__ import annotations

import datetime
import html

from relations.models import Check, Fact
from relations.reading import clock
from tests import cast

from .conftest import save, signed_in, url

DAY = datetime.timedelta(days=1)


def words(response) -> str:
    return html.unescape(response.content.decode())


def given(**changes) -> dict[str, str]:
    return {"checked_on": clock.today().isoformat(), "due_on": "", "source": "", "note": "Read it.", **changes}


def test_it_proposes_today_and_when_to_look_again(editor, live):
    response = editor.get(url(live.official, "verify"))
    form = response.context["form"]
    assert form.initial["checked_on"] == clock.today()
    assert form.initial["due_on"] > clock.today() + 180 * DAY
    assert "Nobody has checked it yet." in words(response)
    assert "The gazette of record (Government Printer)" in words(response)
    assert "I read the French as well" not in words(response)


def test_a_check_is_recorded_with_its_source(editor, live):
    response = editor.post(url(live.fact, "verify"), given(source=str(live.source.pk), due_on="2199-01-01"))
    assert response.url == url(live.fact)
    check = Check.objects.get()
    assert (check.record_id, check.source_id, check.note) == (live.fact.pk, live.source.pk, "Read it.")
    assert (check.checked_on, check.due_on) == (clock.today(), datetime.date(2199, 1, 1))
    assert check.made_by.username == "editor"
    assert "still true." in words(editor.get(response.url))


def test_a_source_is_checked_against_itself(editor, live):
    editor.post(url(live.source, "verify"), given(source=str(live.source.pk)))
    assert Check.objects.get().source_id == live.source.pk


def test_a_refusal_is_said_and_what_was_typed_stays(editor, live):
    tomorrow = (clock.today() + DAY).isoformat()
    response = editor.post(url(live.fact, "verify"), given(checked_on=tomorrow, note="By telephone"))
    assert "That day has not come yet." in words(response)
    assert "By telephone" in words(response)
    assert "Say what it was checked against" in words(editor.post(url(live.fact, "verify"), given(note="")))
    assert "Enter a valid date." in words(editor.post(url(live.fact, "verify"), given(checked_on="soon")))
    odd = editor.post(url(live.fact, "verify"), given(source="junk"))
    assert odd.status_code == 200
    assert not Check.objects.exists()


def test_what_lags_in_french_is_named_and_can_be_confirmed(editor, live):
    save(editor, live.fact, statement_en="The border is quite long.")
    page = words(editor.get(url(live.fact, "verify")))
    assert "The French is behind the English: statement" in page
    assert "The desk copy was changed since." in page
    editor.post(url(live.fact, "verify"), given(french_fits="on"))
    assert Fact.objects.get(pk=live.fact.pk).french_behind == []


def test_why_it_is_doubtful_is_said_and_when_it_was_checked(editor, live):
    Check.objects.create(
        kind="fact",
        record_id=live.fact.pk,
        checked_on=clock.today() - 9 * DAY,
        due_on=clock.today() - DAY,
        live_from=clock.now() - DAY,
    )
    page = words(editor.get(url(live.fact, "verify")))
    assert "The next check was due." in page
    assert "Last checked on" in page


def test_a_draft_has_nothing_to_check(editor, live):
    fact = cast.a_fact(live, "draft", statement_en="Draft.", statement_fr="Brouillon.")
    response = editor.get(url(fact, "verify"), follow=True)
    assert "“Draft.” is not on the site." in words(response)
    assert url(fact, "verify") not in words(response)


def test_only_whoever_may_publish_checks(writer, live):
    for client in (writer, signed_in("stranger")):
        assert client.get(url(live.fact, "verify")).status_code == 403
        assert client.post(url(live.fact, "verify"), given()).status_code == 403
    assert not Check.objects.exists()
    assert url(live.fact, "verify") not in words(writer.get(url(live.fact)))


def test_its_button_stands_on_the_form_of_what_is_live(editor, live):
    assert url(live.fact, "verify") in words(editor.get(url(live.fact)))


def test_it_costs_the_same_for_few_sources_and_for_many(editor, live, queries):
    queries(editor, url(live.fact, "verify"))
    few = queries(editor, url(live.fact, "verify"))
    sources = [cast.a_source(f"more-{number}") for number in range(20)]
    live.fact.sources.add(*sources)
    cast.put_live(live.fact, *sources, clock=cast.Clock(clock.now() - datetime.timedelta(minutes=5)))
    assert few == queries(editor, url(live.fact, "verify")) <= 15

"""Two editors, one record: the second save is shown both texts, and nobody's is lost."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from relations.documents import freeze
from relations.models import Revision
from relations.publishing import save_revision
from tests import cast

from .conftest import filled_in, person, save, signed_in, url

HERS, HIS = "The border is very long.", "The border is longer than any other."


@pytest.fixture
def opened(editor, live) -> dict[str, Any]:
    """What the editor's form of the fact would send; then the writer saves another text of it."""
    data = filled_in(editor.get(url(live.fact)))
    assert save(signed_in("writer"), live.fact, statement_en=HERS).status_code == 302
    return data


def now(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def typed(page: Any, **more: Any) -> dict[str, Any]:
    """What the conflict page would send back: every hidden field, and the radio buttons as they are set."""
    data: dict[str, Any] = {}
    for name, value in page.context["typed"]:
        data.setdefault(name, []).append(value)
    for _by, rows in page.context["sections"]:
        data |= {row.name: row.choice for row in rows if row.choice}
    return {**data, "shown": page.context["shown"], **more}


def differences(page: Any) -> list[tuple[str, str, str, str, str]]:
    rows = [row.difference for _by, rows in page.context["sections"] for row in rows]
    return [(row.label, row.by, row.base, row.theirs, row.mine) for row in rows]


# ---- edit against edit ---------------------------------------------------------------------------------------------


def test_the_second_save_keeps_the_first_and_shows_both(editor, live, opened):
    page = editor.post(url(live.fact), {**opened, "statement_en": HIS})
    assert page.status_code == 409
    assert now(live.fact).statement_en == HERS
    assert differences(page) == [("statement", "both", "The border is long.", HERS, HIS)]
    html = page.content.decode()
    assert "<strong>writer</strong> saved it on" in html
    assert 'name="statement_en" value="The border is longer than any other."' in html


def test_what_both_changed_has_to_be_chosen(editor, live, opened):
    page = editor.post(url(live.fact), {**opened, "statement_en": HIS})
    page = editor.post(url(live.fact), typed(page, _merge="1"))
    assert page.status_code == 409
    assert "Both changed the same places. Choose one text for each." in page.content.decode()
    response = editor.post(url(live.fact), typed(page, _merge="1", **{"keep:statement.en": "mine"}))
    assert (response.status_code, response.url) == (302, url(live.fact))
    assert now(live.fact).statement_en == HIS
    revision = Revision.objects.filter(record_id=live.fact.pk).latest("pk")
    assert (revision.made_by.username, json.loads(revision.document)["statement"]["en"]) == ("editor", HIS)


def test_what_each_changed_alone_comes_together(editor, live, opened):
    mine = {**opened, "statement_fr": "La frontière est très longue.", "observations-0-locator": "p. 7"}
    page = editor.post(url(live.fact), mine)
    assert [(label, by) for label, by, *_words in differences(page)] == [
        ("statement", "mine"),
        ("observation 1 (2021), where in the source", "mine"),
        ("statement", "theirs"),
    ]
    assert editor.post(url(live.fact), typed(page, _merge="1")).status_code == 302
    fact = now(live.fact)
    assert (fact.statement_en, fact.statement_fr) == (HERS, "La frontière est très longue.")
    assert fact.observations.get(position=0).locator == "p. 7"


def test_a_choice_made_before_a_third_save_is_not_carried_out(editor, live, opened):
    page = editor.post(url(live.fact), {**opened, "statement_en": HIS})
    save(signed_in("writer"), live.fact, statement_en="The border is the longest.")
    again = editor.post(url(live.fact), typed(page, _merge="1", **{"keep:statement.en": "mine"}))
    assert again.status_code == 409
    assert "It was saved once more while you were choosing. Look again." in again.content.decode()
    assert now(live.fact).statement_en == "The border is the longest."
    assert editor.post(url(live.fact), typed(again, _merge="1")).status_code == 302
    assert now(live.fact).statement_en == HIS


def test_back_to_the_form_with_my_text_over_theirs_and_nothing_saved(editor, live, opened):
    cast.an_observation(live, live.fact, value=7, position=2)
    live.fact.observations.get(position=0).delete()
    save_revision(now(live.fact), by=None)
    before = freeze(live.fact)
    mine = {**opened, "statement_en": HIS, "observations-0-locator": "p. 7", "observations-1-locator": "p. 8"}
    page = editor.post(url(live.fact), {**mine, "_form": "1"})
    assert page.status_code == 200
    assert "Nothing is saved yet." in page.content.decode()
    assert "Please correct" not in page.content.decode()
    assert freeze(live.fact) == before
    form = filled_in(page)
    rows = [(form.get(f"observations-{i}-value"), form.get(f"observations-{i}-locator")) for i in range(3)]
    assert (form["statement_en"], rows) == (HIS, [("5526.5", "p. 8"), ("7", None), ("5525", "p. 7")])
    assert editor.post(url(live.fact), form).status_code == 302
    assert now(live.fact).statement_en == HIS
    assert sorted(each.locator for each in live.fact.observations.all()) == ["", "p. 7", "p. 8"]


def test_a_child_that_the_other_removed_and_i_changed_can_come_back_under_its_id(editor, live):
    data = filled_in(editor.get(url(live.fact)))
    row = live.fact.observations.get(position=0)
    gone = filled_in(signed_in("writer").get(url(live.fact)), **{"observations-0-DELETE": "on"})
    assert signed_in("writer").post(url(live.fact), gone).status_code == 302
    page = editor.post(url(live.fact), {**data, "observations-0-locator": "p. 7"})
    [(label, by, _base, theirs, mine)] = differences(page)
    assert (label, by, theirs) == ("observation 1 (2021)", "both", "")
    assert "where in the source: p. 7" in mine
    path = page.context["sections"][0][1][0].name
    assert editor.post(url(live.fact), typed(page, _merge="1", **{path: "mine"})).status_code == 302
    assert live.fact.observations.get(pk=row.pk).locator == "p. 7"


def test_what_stands_beside_the_text_is_compared_as_well(editor, live):
    data = filled_in(editor.get(url(live.fact)))
    save(signed_in("writer"), live.fact, review_by="2027-01-01")
    owner = person("writer")
    page = editor.post(url(live.fact), {**data, "owner": owner.pk})
    assert differences(page) == [
        ("owner", "mine", "", "", "writer"),
        ("review by", "theirs", "", "1 January 2027", ""),
    ]
    assert editor.post(url(live.fact), typed(page, _merge="1")).status_code == 302
    assert (now(live.fact).owner, now(live.fact).review_by) == (owner, datetime.date(2027, 1, 1))


def test_whoever_typed_nothing_is_told_so_and_no_conflict_is_made_of_it(editor, live, opened):
    response = editor.post(url(live.fact), opened, follow=True)
    assert "You changed nothing that is not saved already." in response.content.decode()
    assert now(live.fact).statement_en == HERS


def test_the_same_words_from_both_are_no_conflict(editor, live, opened):
    response = editor.post(url(live.fact), {**opened, "statement_en": HERS}, follow=True)
    assert response.redirect_chain == [(url(live.fact), 302)]


def test_an_error_in_what_was_typed_is_said_in_the_form_as_ever(editor, live, opened):
    page = editor.post(url(live.fact), {**opened, "slug": "not a slug"})
    assert page.status_code == 200
    assert page.context["errors"]
    assert page.context["version"] == opened["version"]  # so the conflict is not forgotten
    assert now(live.fact).statement_en == HERS


@pytest.mark.parametrize("version", [None, "", "junk", "[1,2,3,4]", '["x",[],{},1]', "[" * 5000])
def test_a_form_without_its_version_overwrites_nothing(editor, live, opened, version):
    data = {**opened, "statement_en": HIS, "version": version}
    data = {name: value for name, value in data.items() if value is not None}
    page = editor.post(url(live.fact), data)
    assert (page.status_code, now(live.fact).statement_en) == (409, HERS)
    assert [each[:2] for each in differences(page)] == [("statement", "both")]


def test_the_version_of_another_record_is_none(editor, live, opened):
    other = cast.a_fact(live, "another")
    save_revision(other, by=None)
    data = {**opened, "statement_en": HIS, "version": filled_in(editor.get(url(other)))["version"]}
    assert editor.post(url(live.fact), data).status_code == 409
    assert now(live.fact).statement_en == HERS


def test_whoever_may_not_change_it_is_shown_nothing(live, opened):
    assert signed_in("stranger").post(url(live.fact), opened).status_code == 403


# ---- parts ---------------------------------------------------------------------------------------------------------


def test_a_part_with_a_form_of_its_own_is_guarded_by_the_whole(editor, live):
    data = filled_in(editor.get(url(live.commitment)))
    save(signed_in("writer"), live.priority, **{"commitments-0-statement_en": "Lay more pipes."})
    page = editor.post(url(live.commitment), {**data, "statement_en": "Lay copper pipes."})
    assert page.status_code == 409
    assert differences(page) == [
        ("commitment 1 (Lay more pipes.), statement", "both", "Lay pipes.", "Lay more pipes.", "Lay copper pipes.")
    ]
    name = page.context["sections"][0][1][0].name
    response = editor.post(url(live.commitment), typed(page, _merge="1", **{name: "mine"}))
    assert response.url == url(live.commitment)
    assert live.commitment.statement_en == "Lay copper pipes."


def test_an_assessment_on_one_form_survives_a_save_of_the_other(editor, live):
    whole = filled_in(editor.get(url(live.priority)))
    save(signed_in("writer"), live.commitment, **{"assessments-0-finding_en": "All of the pipes are laid."})
    page = editor.post(url(live.priority), {**whole, "summary_en": "Water for all."})
    assert editor.post(url(live.priority), typed(page, _merge="1")).status_code == 302
    assert live.commitment.assessments.get().finding_en == "All of the pipes are laid."
    assert now(live.priority).summary_en == "Water for all."


def test_a_part_that_was_removed_meanwhile_can_come_back_with_all_it_had(editor, live):
    live.factsheet.sections.get().lines.all().delete()
    priority = cast.a_priority(live, "roads")
    save_revision(priority, by=None)
    pipes = priority.commitments.get()
    data = filled_in(editor.get(url(pipes)))
    save(signed_in("writer"), priority, **{"commitments-0-DELETE": "on"})
    assert not priority.commitments.exists()
    page = editor.post(url(pipes), {**data, "statement_en": "Build roads."})
    assert (page.status_code, page.context["can_form"]) == (409, False)
    name = page.context["sections"][0][1][0].name
    response = editor.post(url(pipes), typed(page, _merge="1", **{name: "mine"}))
    assert response.url == url(pipes)
    assert priority.commitments.get(pk=pipes.pk).statement_en == "Build roads."
    assert priority.commitments.get().assessments.count() == 1

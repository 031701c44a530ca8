"""The Redact page: managers choose editions, say why in public, and confirm that it is for good."""

from __future__ import annotations

import datetime
import html

import pytest

from relations.models import Edition, Fact
from relations.publishing import publish
from relations.reading import clock
from tests import cast

from .conftest import save, url

GIVEN = {"reason_en": "By order of a court.", "reason_fr": "Par ordre d’un tribunal.", "sure": "on"}


def words(response) -> str:
    return html.unescape(response.content.decode())


def redacted(record) -> list[int]:
    found = Edition.objects.filter(record_id=record.pk, is_redacted=True, is_tombstone=False)
    return list(found.order_by("number").values_list("number", flat=True))


@pytest.fixture
def twice(changed) -> Fact:
    """The live fact in its second edition."""
    half_an_hour_ago = cast.Clock(Edition.objects.get(record_id=changed.pk).live_from + 2 * cast.INSTANT)
    publish([changed], by=None, clock=half_an_hour_ago)
    return changed


def test_a_manager_redacts_an_earlier_edition(manager, twice):
    response = manager.post(url(twice, "redact"), {**GIVEN, "editions": ["1"]}, follow=True)
    assert "The content is removed, and readers are told why." in words(response)
    assert "The desk copy still says the same" not in words(response)
    assert redacted(twice) == [1]
    edition = Edition.objects.get(record_id=twice.pk, number=1)
    assert (edition.redaction.reason_fr, edition.redaction.made_by.username) == (GIVEN["reason_fr"], "manager")


def test_the_button_stands_beside_the_other_verbs_for_those_who_may(manager, editor, twice):
    for page in (url(twice), url(twice, "history")):
        assert url(twice, "redact") in words(manager.get(page))
        assert url(twice, "redact") not in words(editor.get(page))


def test_what_is_live_needs_the_withdrawal_too(manager, twice):
    response = manager.post(url(twice, "redact"), {**GIVEN, "editions": ["2"]})
    assert "Readers find edition 2" in words(response)
    assert GIVEN["reason_en"] in words(response)  # nothing that was typed is lost
    assert redacted(twice) == []
    response = manager.post(url(twice, "redact"), {**GIVEN, "editions": ["2"], "withdrawing": "on"}, follow=True)
    assert "The desk copy still says the same: change it here and save it." in words(response)
    assert redacted(twice) == [2]


def test_that_text_cannot_be_published_again_until_it_is_changed(manager, twice):
    manager.post(url(twice, "redact"), {**GIVEN, "editions": ["2"], "withdrawing": "on"})
    assert "Exactly this text was redacted." in words(manager.get(url(twice)))
    save(manager, twice, statement_en="The border has a length.")
    assert "Exactly this text was redacted." not in words(manager.get(url(twice)))


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("editions", "Choose at least one edition."),
        ("reason_fr", "This field is required."),
        ("sure", "Confirm it: nobody can bring the content back."),
    ],
)
def test_nothing_happens_without_a_choice_a_reason_and_a_yes(manager, twice, missing, said):
    given = {**GIVEN, "editions": ["1"]}
    del given[missing]
    assert said in words(manager.post(url(twice, "redact"), given))
    assert redacted(twice) == []


def test_a_second_click_is_told_so(manager, twice):
    for _click in range(2):
        response = manager.post(url(twice, "redact"), {**GIVEN, "editions": ["1"]})
    assert "Edition 1 is redacted already" in words(response)
    assert redacted(twice) == [1]


def test_what_was_never_public_has_a_button_that_says_why_not(manager, world):
    page = words(manager.get(url(world.fact, "redact")))
    assert "has no edition left to redact." in page
    assert 'name="_redact"' not in page


def test_of_a_source_it_is_said_where_its_citation_stands(manager, live):
    assert "Fact: The border is long., edition 1" in words(manager.get(url(live.source, "redact")))


def test_the_past_shows_who_redacted_what_and_why(manager, twice):
    manager.post(url(twice, "redact"), {**GIVEN, "editions": ["1"]})
    page = words(manager.get(url(twice, "history")))
    assert "Redacted: Edition 1" in page
    assert GIVEN["reason_en"] in page
    assert "The border is long." not in page


def test_the_page_costs_the_same_for_one_edition_and_for_three(manager, live, queries):
    once = queries(manager, url(live.fact, "redact"))
    for minutes in (20, 10):
        save(manager, live.fact, statement_en=f"The border, {minutes}.")
        past = cast.Clock(clock.now() - datetime.timedelta(minutes=minutes))
        publish([Fact.objects.get(pk=live.fact.pk)], by=None, clock=past)
    manager.get(url(live.fact))  # whose messages are read here
    assert queries(manager, url(live.fact, "redact")) == once

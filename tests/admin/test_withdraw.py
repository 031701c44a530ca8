"""The Withdraw page, and the ledger that nobody edits."""

import html

import pytest

from relations.models import Edition, Revision

from .conftest import url

REASON = {"reason_en": "The figure was wrong.", "reason_fr": "Le chiffre était faux."}


def words(response) -> str:
    return html.unescape(response.content.decode())


def test_an_editor_withdraws_with_a_public_reason(editor, live):
    response = editor.post(url(live.topic, "withdraw"), REASON)
    assert response.url == url(live.topic)
    tombstone = Edition.objects.get(record_id=live.topic.pk, is_tombstone=True)
    assert tombstone.reason_fr == "Le chiffre était faux."
    assert "is no longer on the site." in words(editor.get(response.url))


def test_it_says_what_refers_to_the_record(editor, live):
    assert "Fact: The border is long." in words(editor.get(url(live.topic, "withdraw")))


def test_a_reason_is_needed_in_both_languages_and_what_was_typed_stays(editor, live):
    response = editor.post(url(live.topic, "withdraw"), {"reason_en": "The figure was wrong."})
    assert "This field is required." in words(response)
    assert "The figure was wrong." in words(response)
    assert not Edition.objects.filter(is_tombstone=True).exists()


def test_what_is_not_live_cannot_be_withdrawn(editor, world):
    assert "It is not on the site." in words(editor.get(url(world.topic, "withdraw")))
    assert "is not on the site." in words(editor.post(url(world.topic, "withdraw"), REASON))


@pytest.mark.parametrize("kind", ["edition", "revision"])
def test_nobody_edits_the_ledger(manager, live, kind):
    assert manager.get(f"/admin/relations/{kind}/add/").status_code == 403
    row = {"edition": Edition, "revision": Revision}[kind].objects.first()
    assert manager.post(f"/admin/relations/{kind}/{row.pk}/change/", {"slug": "x"}).status_code in (302, 403)
    assert manager.post(f"/admin/relations/{kind}/{row.pk}/delete/", {"post": "yes"}).status_code in (302, 403)
    assert Edition.objects.filter(slug="x").count() == 0


def test_the_ledger_can_be_searched_and_filtered(editor, live):
    assert "1 edition" in words(editor.get("/admin/relations/edition/?q=border-length&kind=fact&when=live"))
    assert "0 editions" in words(editor.get("/admin/relations/edition/?when=withdrawn"))


def test_an_edition_says_what_changed_in_it(editor, live):
    edition = Edition.objects.get(record_id=live.fact.pk)
    assert "<ins>The border is long.</ins>" in words(editor.get(f"/admin/relations/edition/{edition.pk}/change/"))

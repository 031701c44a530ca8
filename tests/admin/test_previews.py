"""From the forms of the desk to previews, and the links that are made there."""

from __future__ import annotations

import datetime
import html
import re

import pytest

from relations.models import PreviewLink
from relations.publishing.previews import note_opening, token_of
from relations.publishing.releases import abandon_release, add_to_release, create_release
from relations.reading import clock

from .conftest import save, url


def words(response) -> str:
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_preview_shows_the_desk_copy_as_last_saved(writer, live, language):
    changed = {"statement_en": "The border is longer.", "statement_fr": "La frontière est plus longue."}
    save(writer, live.fact, **changed)
    response = writer.get(url(live.fact, "preview") + f"?language={language}", follow=True)
    assert changed[f"statement_{language}"] in words(response)
    assert response.request["PATH_INFO"].startswith(f"/{language}/@fact-{live.fact.pk}/")


def test_without_a_language_it_is_the_one_of_the_desk(writer, live):
    response = writer.get(url(live.fact, "preview"), headers={"accept-language": "fr"})
    assert response.url == f"/fr/@fact-{live.fact.pk}/"
    assert writer.get(url(live.fact, "preview") + "?language=xx").url == f"/en/@fact-{live.fact.pk}/"


def test_a_kind_without_a_page_has_no_preview(writer, live):
    assert writer.get(url(live.one, "preview")).status_code == 404
    assert "Preview in English" not in words(writer.get(url(live.one)))


# ---- links ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def release(live):
    new = create_release("Summit", by=None)
    add_to_release(new, [live.fact], by=None, clock=clock.now)
    return new


def shared(client, what, **given) -> PreviewLink:
    """Makes a link on the Share page of a record or release."""
    client.post(url(what, "share"), {"made_for": "A partner", "days": "7", **given})
    return PreviewLink.objects.latest("made_at")


def test_an_editor_shares_a_record(editor, writer, live, client):
    save(writer, live.fact, statement_en="The border is longer.")
    link = shared(editor, live.fact)
    assert (link.kind, link.record_id, link.made_by.username) == ("fact", live.fact.pk, "editor")
    assert datetime.timedelta(days=6) < link.expires_at - clock.now() < datetime.timedelta(days=7)
    page = words(editor.get(url(live.fact, "share")))
    [address] = re.findall(r'value="http://testserver(/en/@[^"]+)"', page)
    assert "The border is longer." in words(client.get(address, follow=True))
    page = words(editor.get(url(live.fact, "share")))
    assert "Opened once, on" in page
    assert "/en/norda-suda/facts/border-length/" in page


def test_and_a_release(editor, release, client):
    shared(editor, release)
    page = words(editor.get(url(release, "share")))
    [address] = re.findall(r'value="http://testserver(/fr/@[^"]+)"', page)
    assert client.get(address, follow=True).status_code == 200
    assert "Share a preview… (1)" in words(editor.get(url(release)))


def test_whom_it_is_for_has_to_be_said_and_how_long_is_chosen_from_a_list(editor, live):
    assert "This field is required." in words(editor.post(url(live.fact, "share"), {"days": "7"}))
    for days in ("365", "-1", "x", ""):
        editor.post(url(live.fact, "share"), {"made_for": "A partner", "days": days})
    assert not PreviewLink.objects.exists()


def test_a_link_is_closed_with_one_click_and_dead_at_once(editor, live, client):
    link = shared(editor, live.fact)
    address = f"/en/@{token_of(link)}/norda-suda/facts/border-length/"
    assert client.get(address).status_code == 200
    assert editor.get(url(link, "revoke")).status_code == 405
    response = editor.post(url(link, "revoke"))
    assert response.url == url(live.fact, "share")
    assert client.get(address).status_code == 410
    page = words(editor.get(response.url))
    assert "Closed on" in page
    assert token_of(link) not in page
    assert "Close this link" not in page


def test_an_expired_link_is_no_address_any_more(editor, live):
    link = shared(editor, live.fact)
    PreviewLink.objects.update(expires_at=clock.now() - datetime.timedelta(hours=1))
    page = words(editor.get(url(live.fact, "share")))
    assert "Expired on" in page
    assert token_of(link) not in page


def test_what_is_live_or_given_up_has_nothing_to_share(editor, release):
    abandon_release(release, by=None, clock=clock.now)
    assert "There is nothing to preview" in words(editor.post(url(release, "share"), {"made_for": "x", "days": "7"}))
    assert not PreviewLink.objects.exists()


def test_a_kind_without_a_page_is_not_shared(editor, live):
    assert editor.get(url(live.one, "share")).status_code == 404


def test_whoever_may_not_share_makes_no_link_and_sees_no_address(writer, editor, live, release):
    link = shared(editor, live.fact)
    for what in (live.fact, release):
        assert writer.get(url(what, "share")).status_code == 403
        assert writer.post(url(what, "share"), {"made_for": "Me", "days": "7"}).status_code == 403
    assert writer.post(url(link, "revoke")).status_code == 403
    for page in (url(live.fact), "/admin/relations/previewlink/", url(link)):
        answer = words(writer.get(page))
        assert token_of(link) not in answer
        assert "Share a preview" not in answer
    link.refresh_from_db()
    assert link.revoked_at is None


def test_all_links_are_at_one_place(editor, live, release):
    shared(editor, live.fact)
    dead = shared(editor, release, made_for="Somebody else")
    editor.post(url(dead, "revoke"))
    page = words(editor.get("/admin/relations/previewlink/"))
    assert f'<a href="{url(release, "share")}">Summit</a>' in page
    assert "1 preview link\n" in words(editor.get("/admin/relations/previewlink/?state=alive"))
    assert "1 preview link\n" in words(editor.get("/admin/relations/previewlink/?state=revoked"))
    assert "Nobody has opened it." in words(editor.get(url(dead)))


def test_a_page_with_many_links_and_openings_costs_no_more(editor, live, queries):
    def grow(number: int) -> None:
        for _time in range(number):
            link = shared(editor, live.fact)
            note_opening(link, path="/en/", at=clock.now())

    grow(1)
    few = queries(editor, url(live.fact, "share")), queries(editor, "/admin/relations/previewlink/")
    grow(5)
    assert (queries(editor, url(live.fact, "share")), queries(editor, "/admin/relations/previewlink/")) == few
    assert max(few) <= 15

"""The Undo page of a release: what comes back, what is withdrawn, and the reason that readers see."""

from __future__ import annotations

import datetime
import html

from relations.models import Edition, Fact
from relations.reading import clock
from tests import cast

from .conftest import save, url

WHY = {"note_en": "By mistake.", "note_fr": "Par erreur."}


def words(response) -> str:
    return html.unescape(response.content.decode())


def told(client, response) -> str:
    """What the page says to which this answer leads."""
    return words(client.get(response.url))


def pressed(client, release, page, button="", **given):
    """Opens a page of a release, fills in what is given, presses a button."""
    seen = (client.get(url(release, page)).context or {}).get("seen", "")
    return client.post(url(release, page), {"seen": seen, button: "1", **given})


def test_it_is_undone_with_a_public_reason(editor, released, changed):
    page = words(editor.get(url(released, "undo")))
    assert "the text of edition 1" in page
    assert "What was new is withdrawn" in page
    response = pressed(editor, released, "undo", "_undo", **WHY)
    assert "“Summit” was undone." in told(editor, response)
    assert Edition.objects.get(record_id=changed.pk, number=3).change_note_fr == "Par erreur."
    assert "Undone; it was live since" in words(editor.get(url(released)))


def test_not_without_the_reason_in_both_languages(editor, released):
    response = pressed(editor, released, "undo", "_undo", note_en="By mistake.")
    assert response.status_code == 200
    assert "By mistake." in words(response)
    released.refresh_from_db()
    assert released.state == "scheduled"


def test_what_was_published_again_since_is_shown_and_left_alone_if_asked(editor, writer, released, changed):
    save(writer, changed, statement_en="Put right.")
    changed.refresh_from_db()
    minutes_ago = cast.Clock(clock.now() - datetime.timedelta(minutes=10))
    cast.put_live(changed, clock=minutes_ago)
    assert "Published again since" in words(editor.get(url(released, "undo")))
    assert "Say that these stay as they are" in words(pressed(editor, released, "undo", "_undo", **WHY))
    response = pressed(editor, released, "undo", "_undo", keep_later="on", **WHY)
    assert "was undone" in told(editor, response)


def test_what_names_a_withdrawn_record_is_listed(editor, live, released):
    minutes_ago = cast.Clock(clock.now() - datetime.timedelta(minutes=10))
    sheet = cast.a_factsheet(live, "rivers", {"fact": Fact.objects.get(slug="rivers")}, title_en="All rivers")
    cast.put_live(sheet, clock=minutes_ago)
    assert "All rivers" in words(editor.get(url(released, "undo")))

"""Everybody chooses their own notices; a mail that did not go is said on the front page."""

from __future__ import annotations

import html

from relations.models import Notice, NoticeChoice
from relations.reading import clock

from .conftest import person


def test_a_choice_is_kept_and_nobody_chooses_for_others(editor, writer):
    response = editor.post("/admin/notices/", {"language": "fr", "published": "on"})
    assert response.url == "/admin/notices/"
    choice = NoticeChoice.objects.get()
    assert (choice.user, choice.language) == (person("editor"), "fr")
    wanted = (choice.review, choice.returned, choice.published, choice.overdue, choice.digest)
    assert wanted == (False, False, True, False, False)
    assert writer.get("/admin/notices/").context["form"].instance.published is True


def test_a_writer_is_not_asked_about_what_never_comes(writer):
    assert [tick.name for tick in writer.get("/admin/notices/").context["ticks"]] == ["returned", "published", "digest"]
    writer.post("/admin/notices/", {"language": "en"})
    assert NoticeChoice.objects.get().review is True  # should the writer become an editor


def test_a_language_that_does_not_exist_is_refused(editor):
    assert editor.post("/admin/notices/", {"language": "de"}).status_code == 200
    assert not NoticeChoice.objects.exists()


def test_who_cannot_be_reached_is_told_so(editor):
    assert "No e-mail address is known for you" in editor.get("/admin/notices/").content.decode()


def test_a_mail_that_did_not_go_is_said_on_the_front_page(editor, writer):
    failed = {"about": "review", "made_at": clock.now(), "error": "TimeoutError: timed out"}
    Notice.objects.create(recipient=person("editor"), key="one", **failed)
    page = html.unescape(editor.get("/admin/").content.decode())
    assert "One notice could not be sent: TimeoutError: timed out" in page
    assert "could not be sent" not in writer.get("/admin/").content.decode()
    Notice.objects.update(sent_at=clock.now(), error="")
    assert "could not be sent" not in editor.get("/admin/").content.decode()

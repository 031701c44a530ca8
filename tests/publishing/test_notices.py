"""Notices: who is told what, that nothing slips out in them, and that a mail that fails fails nothing else."""

from __future__ import annotations

import datetime
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend

from relations import publishing
from relations.documents import Text
from relations.models import Fact, Generation, Notice, NoticeChoice, Release
from relations.publishing import notices
from tests import cast

in_background = notices.in_background  # as it is, before the fixtures put it into the thread of the test
DAY = datetime.timedelta(days=1)
SECRET = "Embargoed until Friday"


@pytest.fixture
def people(db) -> None:
    """Everybody can be reached."""
    for name in ("writer", "editor", "manager", "stranger"):
        reachable(name)


def reachable(name: str):
    user = cast.someone(name)
    type(user).objects.filter(pk=user.pk).update(email=f"{name}@example.org")
    return cast.someone(name)


@pytest.fixture
def draft(live, people) -> Fact:
    """Written by the writer, and never public."""
    fact = cast.a_fact(live, "draft", statement_en=SECRET, statement_fr="Sous embargo", owner=cast.someone("writer"))
    publishing.save_revision(fact, by=cast.someone("writer"))
    return fact


@pytest.fixture
def done(django_capture_on_commit_callbacks) -> Callable[..., Any]:
    """Calls a verb as a click does, up to what follows the commit."""

    def call(verb: Callable, *args: Any, **how: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return verb(*args, **how)

    return call


def outbox() -> list[tuple[str, str]]:
    """Who got what."""
    return sorted((letter.to[0].split("@")[0], letter.subject) for letter in mail.outbox)


def fresh(fact: Fact) -> Fact:
    return Fact.objects.get(pk=fact.pk)


def submit(draft, clock, done) -> None:
    done(publishing.submit, [fresh(draft)], by=cast.someone("writer"), clock=clock)


def test_a_review_is_asked_of_whoever_may_review_and_of_nobody_else(draft, clock, done):
    submit(draft, clock, done)
    name = f"To review: Fact {str(draft.pk)[:8]}"
    assert outbox() == [("editor", name), ("manager", name)]


def test_a_draft_is_named_by_its_id_and_by_a_link_to_its_form(draft, clock, done, settings):
    submit(draft, clock, done)
    body = mail.outbox[0].body
    assert f"- Fact {str(draft.pk)[:8]}\n  {settings.PUBLIC_URL}/admin/relations/fact/{draft.pk}/change/\n" in body
    assert "/admin/notices/" in body
    assert SECRET not in str(mail.outbox[0].message())


def test_what_is_public_is_named_as_it_is_public(live, people, clock, done):
    Fact.objects.filter(pk=live.fact.pk).update(statement_en=SECRET, statement_fr="Sous embargo")
    publishing.save_revision(fresh(live.fact), by=cast.someone("writer"))
    submit(live.fact, clock, done)
    assert outbox()[0] == ("editor", "To review: Fact: The border is long.")
    assert not any(SECRET in str(letter.message()) for letter in mail.outbox)


def test_what_was_returned_goes_back_to_its_writer_without_the_comment(draft, clock, done):
    submit(draft, clock, done)
    mail.outbox.clear()
    how = {"reason": f"{SECRET}: say when.", "by": cast.someone("editor"), "clock": clock}
    done(publishing.send_back, [fresh(draft)], **how)
    assert outbox() == [("writer", f"Returned to you: Fact {str(draft.pk)[:8]}")]
    assert SECRET not in str(mail.outbox[0].message())


def test_the_writer_is_told_that_it_is_on_the_site_and_the_editor_who_did_it_is_not(draft, clock, done):
    submit(draft, clock, done)
    mail.outbox.clear()
    done(publishing.publish, [fresh(draft)], by=cast.someone("editor"), clock=clock)
    # A moment before its instant it is not public, so the letter cannot name it.
    assert outbox() == [("writer", f"On the site: Fact {str(draft.pk)[:8]}")]


def test_what_was_scheduled_is_told_when_its_time_has_come_and_once(draft, clock, done):
    done(publishing.schedule, [fresh(draft)], at=clock.now + DAY, by=cast.someone("editor"), clock=clock)
    assert outbox() == []
    assert notices.went_live(at=clock.now) == []
    clock.advance(days=1)
    for _again in range(2):
        notices.send(notices.went_live(at=clock.now), at=clock.now)
    assert outbox() == [("editor", f"On the site: Fact: {SECRET}"), ("writer", f"On the site: Fact: {SECRET}")]


def test_what_was_published_at_once_is_not_told_again(draft, clock, done):
    done(publishing.schedule, [fresh(draft)], at=clock.now + DAY, by=None, clock=clock)
    done(publishing.publish, [fresh(draft)], by=None, clock=clock)  # moved forward
    assert outbox() == [("writer", f"On the site: Fact {str(draft.pk)[:8]}")]
    clock.advance(hours=1)
    assert notices.went_live(at=clock.now) == []


def test_many_records_are_one_letter(live, people, clock, done):
    facts = [cast.a_fact(live, f"fact-{n}", statement_en=f"{n}.", statement_fr=f"{n}.") for n in range(40)]
    publishing.save_revisions(facts, by=cast.someone("writer"))
    done(publishing.submit, [fresh(fact) for fact in facts], by=cast.someone("writer"), clock=clock)
    assert outbox()[0] == ("editor", "To review: 40 records")
    assert mail.outbox[0].body.count("- Fact ") == 30
    assert "And 10 more." in mail.outbox[0].body


def test_a_release_that_missed_its_time_is_told_once_and_not_by_name(live, people, clock):
    release = Release.objects.create(name=SECRET, goes_live_at=clock.now - DAY)
    Release.objects.create(name="Tomorrow", goes_live_at=clock.now + DAY)
    for _again in range(2):
        notices.send(notices.overdue(at=clock.now), at=clock.now)
    name = f"Overdue: Release {str(release.pk)[:8]}"
    assert outbox() == [("editor", name), ("manager", name)]
    assert SECRET not in str(mail.outbox[0].message())
    Release.objects.filter(pk=release.pk).update(goes_live_at=clock.now - DAY / 2)  # planned anew, and missed again
    assert len(notices.overdue(at=clock.now)) == 2


def test_the_digest_comes_once_a_week_under_its_reasons(draft, live, clock):
    told = {cast.someone("editor").pk: [["fact", str(live.fact.pk), "review"], ["fact", str(draft.pk), "french"]]}
    notices.send(notices.digest(told, at=clock.now), at=clock.now)
    assert notices.digest(told, at=clock.now + DAY) == []
    [letter] = mail.outbox
    assert letter.subject == "Going stale: 2 records"
    assert "Review date has come\n- Fact: The border is long.\n" in letter.body
    assert f"French behind English\n- Fact {str(draft.pk)[:8]}\n" in letter.body
    assert len(notices.digest(told, at=clock.now + 7 * DAY)) == 1


def test_it_comes_in_the_language_that_somebody_chose(live, people, clock, done):
    NoticeChoice.objects.create(user=cast.someone("editor"), language="fr")
    Fact.objects.filter(pk=live.fact.pk).update(verified=False)
    publishing.save_revision(fresh(live.fact), by=cast.someone("writer"))
    submit(live.fact, clock, done)
    french, english = sorted(mail.outbox, key=lambda letter: letter.to)
    assert french.subject.endswith("La frontière est longue.")
    assert french.extra_headers["Content-Language"] == "fr"
    assert english.subject.endswith("The border is long.")


def test_who_switched_a_notice_off_has_no_address_or_left_gets_none(draft, clock, done):
    NoticeChoice.objects.create(user=cast.someone("editor"), language="en", review=False)
    type(cast.someone("manager")).objects.filter(username="manager").update(email="")
    leaver = reachable("chief")
    leaver.groups.set(cast.someone("editor").groups.all())
    type(leaver).objects.filter(pk=leaver.pk).update(is_active=False)
    submit(draft, clock, done)
    assert outbox() == []
    assert Notice.objects.count() == 0


def test_what_is_rolled_back_is_told_to_nobody(draft, clock, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(publishing.Refusal):
        publishing.send_back([fresh(draft)], reason="No.", by=cast.someone("editor"), clock=clock)
    assert mail.outbox == []


# ---- when mail fails -----------------------------------------------------------------------------------------------


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing."""

    tries = 0

    def send_messages(self, messages: list) -> int:
        type(self).tries += 1
        raise ConnectionRefusedError(111, "Connection refused")


@pytest.fixture
def no_mail(settings) -> type[Refusing]:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    Refusing.tries = 0
    return Refusing


def test_the_verb_succeeds_and_what_could_not_be_sent_waits(draft, clock, done, no_mail, caplog):
    before = Generation.objects.get().number
    submit(draft, clock, done)
    assert fresh(draft).stage == "submitted"
    assert Generation.objects.get().number == before
    waiting = notices.unsent(at=clock.now)
    assert [notice.recipient.username for notice in waiting] == ["editor", "manager"]
    assert {notice.error for notice in waiting} == {"ConnectionRefusedError: [Errno 111] Connection refused"}
    assert "a notice could not be sent" in caplog.text


def test_the_next_verb_does_not_try_again_and_the_command_does(draft, live, clock, done, no_mail, settings):
    submit(draft, clock, done)
    assert no_mail.tries == 1  # the first of the two; the server is down for both
    Fact.objects.filter(pk=live.fact.pk).update(verified=False)
    publishing.save_revision(fresh(live.fact), by=cast.someone("writer"))
    submit(live.fact, clock, done)
    assert no_mail.tries == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert notices.send(notices.unsent(at=clock.now), at=clock.now) == 4
    assert notices.unsent(at=clock.now) == []
    assert {notice.error for notice in Notice.objects.all()} == {""}
    assert not cache.get(notices.DOWN)


def test_what_waited_for_a_week_is_forgotten(draft, clock, done, no_mail):
    submit(draft, clock, done)
    assert len(notices.unsent(at=clock.now + 6 * DAY)) == 2
    assert notices.unsent(at=clock.now + 7 * DAY) == []


def test_what_was_withdrawn_meanwhile_is_not_named(draft, live, clock, done, no_mail, settings):
    Fact.objects.filter(pk=live.fact.pk).update(verified=False)
    publishing.save_revision(fresh(live.fact), by=cast.someone("writer"))
    submit(live.fact, clock, done)
    sheet = publishing.withdraw(live.factsheet, reason=Text(en="No.", fr="Non."), by=None, clock=clock)
    clock.now = sheet.live_from
    clock.now = publishing.withdraw(live.fact, reason=Text(en="No.", fr="Non."), by=None, clock=clock).live_from
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    notices.send(notices.unsent(at=clock.now), at=clock.now)
    assert outbox()[0] == ("editor", f"To review: Fact {str(live.fact.pk)[:8]}")


@pytest.fixture
def hanging(settings) -> Iterator[None]:
    """A mail server that takes every call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = 1
        yield


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_never_answers_keeps_nobody_waiting(live, people, clock, hanging, monkeypatch):
    monkeypatch.setattr(notices, "in_background", in_background)
    publishing.save_revision(live.fact, by=cast.someone("writer"))
    Fact.objects.filter(pk=live.fact.pk).update(verified=False)
    publishing.submit([fresh(live.fact)], by=cast.someone("writer"), clock=clock)
    [sender] = [thread for thread in threading.enumerate() if thread.name == "notices"]
    assert sender.is_alive()  # the verb is done, the mail is not
    sender.join(timeout=10)
    assert {notice.error for notice in notices.unsent(at=clock.now)} == {
        "SMTPServerDisconnected: Connection unexpectedly closed: timed out"
    }

"""What no click announces, sent by a command that may run as often as it likes."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from relations import publishing
from relations.models import Fact, Notice, Priority, Release
from relations.publishing import reports
from relations.reading import clock
from tests import cast
from tests.readers import a_report

DAY = datetime.timedelta(days=1)


@pytest.fixture
def live(db) -> cast.World:
    """Live for a while, with a writer, an editor and a manager who can be reached."""
    new = cast.world()
    publishing.save_revisions(new.records, by=None)
    cast.put_live(*new.records, clock=cast.Clock(clock.now() - DAY / 24))
    for name in ("writer", "editor", "manager"):
        user = cast.someone(name)
        type(user).objects.filter(pk=user.pk).update(email=f"{name}@example.org")
    return new


def outbox() -> list[tuple[str, str]]:
    return sorted((letter.to[0].split("@")[0], letter.subject) for letter in mail.outbox)


def test_each_is_told_of_what_is_theirs_and_of_nobody_s_who_reviews(live, capsys):
    Fact.objects.filter(pk=live.fact.pk).update(review_by=clock.today(), owner=cast.someone("writer"))
    Priority.objects.filter(pk=live.priority.pk).update(review_by=clock.today() - DAY)
    call_command("send_notices")
    assert outbox() == [
        ("editor", "Going stale: Priority: Clean water"),
        ("manager", "Going stale: Priority: Clean water"),
        ("writer", "Going stale: Fact: The border is long."),
    ]
    call_command("send_notices")
    assert len(mail.outbox) == 3
    assert capsys.readouterr().out == "Sent: 3.\nSent: 0.\n"


def test_a_missed_release_is_told(live):
    Release.objects.create(name="Softwood", goes_live_at=clock.now() - DAY)
    call_command("send_notices")
    assert [who for who, _subject in outbox()] == ["editor", "manager"]


def test_nothing_to_tell_is_nothing_sent(live):
    call_command("send_notices")
    assert mail.outbox == []


def test_a_failure_is_an_error_of_the_command_and_the_next_run_makes_up_for_it(live, settings):
    Priority.objects.filter(pk=live.priority.pk).update(review_by=clock.today())
    settings.EMAIL_BACKEND = "tests.publishing.test_notices.Refusing"
    with pytest.raises(CommandError, match=r"Sent: 0 of 2\. ConnectionRefusedError"):
        call_command("send_notices")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_notices")
    assert len(mail.outbox) == Notice.objects.filter(error="").count() == 2


def test_readers_reports_are_told_in_one_letter_to_those_who_decide_and_once(live):
    for _each in range(3):
        a_report(live, made_at=clock.now(), name="A. Reader", text="Zanzibar")
    call_command("send_notices")
    assert outbox() == [("editor", "Reported by readers: 3 records"), ("manager", "Reported by readers: 3 records")]
    assert "Zanzibar" not in str(mail.outbox[0].message())
    assert "A. Reader" not in str(mail.outbox[0].message())
    call_command("send_notices")
    assert len(mail.outbox) == 2
    later = a_report(live, made_at=clock.now())
    call_command("send_notices")
    assert outbox()[-1] == ("manager", f"Reported by readers: Reader’s report {later.pk}")
    assert f"/admin/relations/report/{later.pk}/change/" in mail.outbox[-1].body


def test_who_sent_an_old_report_is_forgotten(live):
    report = a_report(live, made_at=clock.now() - reports.KEPT, name="A. Reader")
    call_command("send_notices")
    report.refresh_from_db()
    assert report.name == ""

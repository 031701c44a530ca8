"""Notices by e-mail: who is told what, once, after the change is safe. A mail that fails fails nothing else.

Writing them down and sending them is apart: what could not be sent waits for the next run of ``send_notices``, and
the desk's front page says so.
"""

from __future__ import annotations

import datetime
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from threading import Thread
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import connections, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation

from relations.models import BY_KIND, Edition, Move, Notice, NoticeChoice, Release, Report

from .letters import RELEASE, REPORT, letter

About, Verb = Notice.About, Move.Verb
Told = dict[int, list[list[str]]]  # recipient → (kind, id, and in a digest why) of each record

log = logging.getLogger(__name__)

# After a failure the verbs leave sending to send_notices for a while.
DOWN, PATIENCE = "notices-are-down", 600
# Older than this nobody waits for it any more.
FORGET_AFTER = datetime.timedelta(days=7)
# What goes live at once does so within this time of its move.
AT_ONCE = datetime.timedelta(minutes=1)


# ---- what happens at the desk --------------------------------------------------------------------------------------


def announce(moves: Sequence[Move]) -> None:
    """Tells whom these moves of one verb concern, once they are committed. Neither fails nor delays the verb."""
    if any(move.verb in ABOUT for move in moves):
        transaction.on_commit(partial(_announce, moves), robust=True)


# What is announced at once. What was scheduled is, when its time has come; see ``went_live``.
ABOUT = {
    Verb.SUBMIT: About.REVIEW,
    Verb.SEND_BACK: About.RETURNED,
    Verb.PUBLISH: About.PUBLISHED,
    Verb.CORRECT: About.PUBLISHED,
}


def _announce(moves: Sequence[Move]) -> None:
    at = moves[0].made_at
    for verb, about in ABOUT.items():
        mine = [move for move in moves if move.verb == verb]
        if not mine:
            continue
        records = [(move.kind, move.record_id) for move in mine]
        told = _to_reviewers(records) if about == About.REVIEW else _to_those_behind(records)
        told.pop(mine[0].made_by_id, None)  # who did it knows
        made = prepare(about, told, key=f"move {mine[0].pk}", at=at)
        if made and not cache.get(DOWN):
            in_background(partial(send, made, at=at))


def in_background(work: Callable[[], Any]) -> None:
    """Does this in a thread of its own: whoever pressed a button waits for no mail server, however it fails."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    Thread(target=run, name="notices").start()


def _to_reviewers(records: Iterable[tuple[str, UUID]]) -> Told:
    everything = [[kind, str(identity)] for kind, identity in records]
    return {user.pk: everything for user in who_may("review_record")}


def _to_those_behind(records: Iterable[tuple[str, UUID]]) -> Told:
    """Who looks after each of these records, and who submitted it last. Two queries, and one for each kind."""
    told: Told = defaultdict(list)
    by_kind = defaultdict(list)
    for kind, identity in records:
        by_kind[kind].append(identity)
    for kind, ids in by_kind.items():
        owners = dict(BY_KIND[kind]._base_manager.filter(pk__in=ids).values_list("pk", "owner"))
        submits = Move.objects.filter(record_id__in=ids, verb=Verb.SUBMIT).order_by("made_at", "pk")
        submitters = dict(submits.values_list("record_id", "made_by"))
        for identity in ids:
            for person in {owners.get(identity), submitters.get(identity)} - {None}:
                told[person].append([kind, str(identity)])
    return told


def who_may(right: str) -> list[User]:
    """Everybody active who has this right, by whatever group. One query."""
    backend = "django.contrib.auth.backends.ModelBackend"
    return list(User.objects.with_perm(f"relations.{right}", backend=backend).filter(is_staff=True))


# ---- what happens while nobody looks -------------------------------------------------------------------------------


def went_live(*, at: datetime.datetime) -> list[Notice]:
    """Writes down notices about what was scheduled and has gone live meanwhile: to whom it belongs and who did it."""
    here = Move.objects.filter(record_id=OuterRef("record_id"), made_at__lt=OuterRef("live_from"))
    at_once = here.filter(verb__in=ABOUT, made_at__gt=OuterRef("live_from") - AT_ONCE)
    lately = Edition.objects.filter(
        Exists(here.filter(verb__in=[Verb.SCHEDULE, Verb.REBASE])),
        ~Exists(at_once),
        live_from__gt=at - FORGET_AFTER,
        live_from__lte=at,
        is_tombstone=False,
    )
    made: list[Notice] = []
    by_instant = defaultdict(list)
    for edition in lately.defer("document", "search_en", "search_fr").order_by("live_from", "pk"):
        by_instant[edition.live_from].append(edition)
    for instant, editions in by_instant.items():
        told = _to_those_behind((edition.kind, edition.record_id) for edition in editions)
        for edition in editions:
            record = [edition.kind, str(edition.record_id)]
            if edition.made_by_id and record not in told[edition.made_by_id]:
                told[edition.made_by_id].append(record)
        made += prepare(About.PUBLISHED, told, key=f"live {instant.isoformat()}", at=at)
    return made


def overdue(*, at: datetime.datetime) -> list[Notice]:
    """Writes down notices about releases whose time came before anybody scheduled them."""
    late = Release.objects.filter(state=Release.State.OPEN, goes_live_at__lte=at, goes_live_at__gt=at - FORGET_AFTER)
    made: list[Notice] = []
    for release in late.order_by("goes_live_at", "pk"):
        told = {user.pk: [[RELEASE, str(release.pk)]] for user in who_may("manage_release")}
        made += prepare(About.OVERDUE, told, key=f"{release.pk} {release.goes_live_at.isoformat()}", at=at)
    return made


def reported(*, at: datetime.datetime) -> list[Notice]:
    """Writes down notices about readers' reports that came since the last ones: a flood is one letter."""
    waiting = Report.objects.filter(state=Report.State.OPEN, made_at__gt=at - FORGET_AFTER).order_by("pk")
    if last := Notice.objects.filter(about=About.REPORT).order_by("made_at", "pk").last():
        waiting = waiting.filter(pk__gt=last.records[-1][1])
    new = [[REPORT, str(number)] for number in waiting.values_list("pk", flat=True)]
    told = {user.pk: new for user in who_may("change_report")} if new else {}
    return prepare(About.REPORT, told, key=f"report {new[-1][1]}", at=at) if told else []


def digest(told: Told, *, at: datetime.datetime) -> list[Notice]:
    """Writes down this week's digest for each of these people; whoever has had one gets none."""
    year, week, _day = timezone.localdate(at).isocalendar()
    return prepare(About.DIGEST, told, key=f"{year}-W{week:02}", at=at)


# ---- writing down, and sending -------------------------------------------------------------------------------------


def prepare(about: str, told: Told, *, key: str, at: datetime.datetime) -> list[Notice]:
    """Writes down a notice for each of these people who can be reached and wants it, and returns those that are new."""
    choices = {choice.user_id: choice for choice in NoticeChoice.objects.filter(user__in=told)}
    reachable = User.objects.filter(pk__in=told, is_active=True, is_staff=True).exclude(email="")
    wanted = [
        Notice(recipient=user, about=about, key=key, records=told[user.pk], made_at=at)
        for user in reachable.order_by("pk")
        if told[user.pk] and getattr(choices.get(user.pk), about, True)
    ]
    had = set(Notice.objects.filter(about=about, key=key).values_list("recipient", flat=True))
    new = [notice for notice in wanted if notice.recipient_id not in had]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return list(Notice.objects.filter(about=about, key=key, recipient__in=[each.recipient_id for each in new]))


def unsent(*, at: datetime.datetime) -> list[Notice]:
    """Notices that still have to be sent, the oldest first."""
    waiting = Notice.objects.filter(sent_at__isnull=True, made_at__gt=at - FORGET_AFTER)
    return list(waiting.select_related("recipient").order_by("made_at", "pk"))


def send(notices: Sequence[Notice], *, at: datetime.datetime) -> int:
    """Sends these notices, with titles as they are public at this instant, and returns how many went.

    Never raises: the first that fails is logged, it and the rest keep the reason and wait for another time.
    """
    if not notices:
        return 0
    languages = dict(NoticeChoice.objects.values_list("user", "language"))
    sent: list[Notice] = []
    problem = ""
    try:
        with get_connection() as connection:
            for notice in notices:
                language = languages.get(notice.recipient_id, settings.LANGUAGE_CODE)
                _message(notice, language, at, connection).send()
                notice.sent_at, notice.error = at, ""
                sent.append(notice)
    except Exception as error:  # whatever a mail server, or the way to it, may think of
        log.exception("a notice could not be sent")
        problem = f"{type(error).__name__}: {error}"[:200]
    _remember(sent, [notice for notice in notices if notice not in sent], problem)
    return len(sent)


def _message(notice: Notice, language: str, at: datetime.datetime, connection: Any) -> EmailMessage:
    with translation.override(language):
        words = letter(notice, at=at)
    # Marked as written by a machine: nobody's absence note answers it.
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    return EmailMessage(words.subject, words.body, to=[notice.recipient.email], headers=headers, connection=connection)


def _remember(sent: Sequence[Notice], left: Sequence[Notice], problem: str) -> None:
    for notice in left:
        notice.error = problem
    Notice.objects.bulk_update([*sent, *left], ["sent_at", "error"], batch_size=100)
    if problem:
        cache.set(DOWN, True, PATIENCE)
    else:
        cache.delete(DOWN)

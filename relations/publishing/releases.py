"""Releases: a named set of records that goes live at one instant, is moved and taken back as one.

While a release is being prepared its members are desk records. Scheduling freezes them as editions at its instant;
from then on nothing has to run, and what is saved on the desk later is not in it until it is scheduled again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from relations.documents import Text, parse
from relations.models import Edition, Member, Move, Record, Release

from .drafts import recited
from .editions import InstantTaken, change_pending, remove_pending
from .generation import raise_generation
from .knock_on import nothing_else_breaks
from .lifecycle import publish, schedule, unschedule
from .locking import lock, rows_of, verb
from .margins import MARGIN, MARGIN_PER_RECORD, Clock, refuse_if_late
from .moves import User, Verb, a_move, record_moves
from .naming import briefly
from .phases import Phase, State, WrongPhase, lock_release, need_right, turn
from .readiness import problems
from .refusals import ChangePending, Gone, InThePast, NothingChanged, NotReady, TooLate

Seen = Mapping[UUID, str]


# ---- preparing -----------------------------------------------------------------------------------------------------


@verb
def create_release(name: str, *, by: User, note: Text | None = None, at: datetime.datetime | None = None) -> Release:
    """A new release without records. ``at`` is what it is planned for; nothing is scheduled yet. Raises NotAllowed."""
    need_right(by)
    note = note or Text()
    return Release.objects.create(name=name, note_en=note.en, note_fr=note.fr, goes_live_at=at, made_by=by)


@verb
def edit_release(
    release: Release, *, name: str, note: Text, at: datetime.datetime | None, by: User, clock: Clock
) -> Release:
    """Gives a release another name, public note and planned time. Scheduled, it only takes another name.

    Raises WrongPhase where note or time would change then, NotAllowed or Gone.
    """
    release = lock_release(release, *Phase, by=by, clock=clock)
    if release.state != State.OPEN and ((note or None) != note_of(release) or at != release.goes_live_at):
        raise WrongPhase(_("Its note and its time stand in what is scheduled. Move it, or take it back first."))
    release.name, release.note_en, release.note_fr, release.goes_live_at = name, note.en, note.fr, at
    release.save(update_fields=["name", "note_en", "note_fr", "goes_live_at"])
    return release


@verb
def add_to_release(
    release: Release, records: Sequence[Record], *, by: User, clock: Clock, reason: str = "", pending: str = ""
) -> list[Record]:
    """Adds these records and returns those that were not in it. Where it is scheduled, they are scheduled with it.

    Raises WrongPhase, NothingChanged, and what ``schedule`` raises.
    """
    release = lock_release(release, Phase.OPEN, Phase.SCHEDULED, by=by, clock=clock)
    known = set(release.members.values_list("record_id", flat=True))
    new = [record for record in lock(records) if record.pk not in known]
    if not new:
        raise NothingChanged(_("All of these are in “%(name)s” already.") % {"name": release})
    Member.objects.bulk_create(
        Member(release=release, kind=record.KIND, record_id=record.pk, added_by=by) for record in new
    )
    if release.state == State.SCHEDULED:
        how = {"by": by, "clock": clock, "reason": reason, "pending": pending}
        schedule(new, at=release.goes_live_at, note=note_of(release), release=release, **how)
    return new


@verb
def remove_from_release(release: Release, ids: Iterable[UUID], *, by: User, clock: Clock) -> int:
    """Takes records out, deleted ones too, and returns how many. Where it is scheduled, they are unscheduled.

    A scheduled release that loses its last record is being prepared again. Raises WrongPhase, NothingChanged, and
    what ``unschedule`` raises.
    """
    release = lock_release(release, Phase.OPEN, Phase.SCHEDULED, by=by, clock=clock)
    _adopt(release)
    leaving = release.members.filter(record_id__in=list(ids))
    taken = frozen(release).filter(record_id__in=leaving.values("record_id"))
    if records := rows_of(taken.values_list("kind", "record_id"), locked=True):
        unschedule(records, by=by, clock=clock, release=release)
    number, _rows = leaving.delete()
    if not number:
        raise NothingChanged(_("Nothing was chosen."))
    if release.state == State.SCHEDULED and not frozen(release).exists():
        turn(release, State.OPEN)
    return number


@verb
def abandon_release(release: Release, *, by: User, clock: Clock) -> Release:
    """Gives up a release that is being prepared; its records stay as they are. Raises WrongPhase, NotAllowed, Gone."""
    return turn(lock_release(release, Phase.OPEN, by=by, clock=clock), State.CANCELLED)


@verb
def reopen_release(release: Release, *, by: User, clock: Clock) -> Release:
    """Takes a release up again that was given up. Raises WrongPhase, NotAllowed or Gone."""
    return turn(lock_release(release, Phase.CANCELLED, by=by, clock=clock), State.OPEN)


# ---- going live ----------------------------------------------------------------------------------------------------


@verb
def publish_release(
    release: Release, *, by: User, clock: Clock, reason: str = "", pending: str = "", seen: Seen | None = None
) -> list[Edition]:
    """Puts the desk copies of a release that is being prepared live together, now, and returns their editions.

    Raises WrongPhase, and what ``publish`` raises; then nothing has changed.
    """
    release = lock_release(release, Phase.OPEN, by=by, clock=clock)
    how = {"by": by, "clock": clock, "reason": reason, "pending": pending, "seen": seen}
    editions = publish(_records(release), note=note_of(release), release=release, **how)
    release.goes_live_at = editions[0].live_from
    turn(release, State.SCHEDULED)
    refuse_if_late(editions[0].live_from, clock)
    return editions


@verb
def schedule_release(
    release: Release,
    *,
    at: datetime.datetime,
    by: User,
    clock: Clock,
    reason: str = "",
    pending: str = "",
    seen: Seen | None = None,
) -> list[Edition]:
    """Freezes the desk copies of a release that is being prepared, to go live at one instant; returns their editions.

    Raises WrongPhase, and what ``schedule`` raises; then nothing has changed.
    """
    release = lock_release(release, Phase.OPEN, by=by, clock=clock)
    how = {"by": by, "clock": clock, "reason": reason, "pending": pending, "seen": seen}
    editions = schedule(_records(release), at=at, note=note_of(release), release=release, **how)
    release.goes_live_at = at
    turn(release, State.SCHEDULED)
    return editions


@verb
def reschedule_release(
    release: Release, *, by: User, clock: Clock, reason: str = "", pending: str = "", seen: Seen | None = None
) -> list[Edition]:
    """Freezes anew, for the same instant, what was changed on the desk after the release was scheduled.

    Returns the new editions; the others stay as they are. Raises WrongPhase, NothingChanged, ChangePending if
    something else that is scheduled would no longer be ready, and what ``schedule`` raises.
    """
    release = lock_release(release, Phase.SCHEDULED, by=by, clock=clock)
    now, at = clock(), release.goes_live_at
    _adopt(release)
    records, old = _records(release), {edition.record_id: edition for edition in frozen(release)}
    stale = [each for each in records if each.pk not in old or old[each.pk].desk_digest != each.desk_digest]
    if not stale:
        raise NothingChanged(_("Nothing was changed on the desk since it was scheduled."))
    with nothing_else_breaks(list(old), now=now):
        remove_pending([old.pop(record.pk) for record in stale if record.pk in old])
        how = {"by": by, "clock": clock, "reason": reason, "pending": pending, "seen": seen}
        editions = schedule(stale, at=at, note=note_of(release), release=release, **how)
        _set(list(old.values()), at)
    refuse_if_late(at, clock)
    return editions


@verb
def move_release(
    release: Release, *, at: datetime.datetime | None, by: User, clock: Clock, reason: str = ""
) -> list[Edition]:
    """Moves all of a scheduled release to another instant, or to now (``at`` is None), and returns its editions.

    What it says stays, but for citations of what goes live in between. Raises WrongPhase, InThePast, NotReady,
    ChangePending if another change lies in between or something else that is scheduled would no longer be ready, and
    TooLate.
    """
    release = lock_release(release, Phase.SCHEDULED, by=by, clock=clock)
    now, old = clock(), release.goes_live_at
    if at is not None and at <= now:
        raise InThePast(_("Choose a time in the future."))
    editions = list(frozen(release))
    records = rows_of(((edition.kind, edition.record_id) for edition in editions), locked=True)
    if old <= clock() + _margin(editions):
        raise TooLate(_("It goes live in a moment; it is too late to change that."))
    at = at or clock() + _margin(editions)
    with nothing_else_breaks([edition.record_id for edition in editions], now=now):
        _set(editions, at)
    release.goes_live_at = at
    release.save(update_fields=["goes_live_at"])
    _write_down(records, editions, release, by=by, at=now, reason=reason)
    raise_generation()
    refuse_if_late(min(old, at), clock)
    return editions


@verb
def cancel_release(release: Release, *, by: User, clock: Clock, reason: str = "") -> list[Edition]:
    """Takes back everything of a scheduled release, which is being prepared again; returns what was taken back.

    Its records, note and planned time stay. Raises WrongPhase, and what ``unschedule`` raises.
    """
    release = lock_release(release, Phase.SCHEDULED, by=by, clock=clock)
    _adopt(release)
    records = rows_of(frozen(release).values_list("kind", "record_id"), locked=True)
    taken = unschedule(records, by=by, clock=clock, reason=reason, release=release) if records else []
    turn(release, State.OPEN)
    return taken


# ---- what they share -----------------------------------------------------------------------------------------------


def note_of(release: Release) -> Text | None:
    """The public change note of a release; None where it has none."""
    return Text(en=release.note_en, fr=release.note_fr) or None


def frozen(release: Release) -> QuerySet[Edition]:
    """The editions of a release, in an order that lists can keep."""
    return release.editions.order_by("kind", "position", "slug", "pk")


def _records(release: Release) -> list[Record]:
    """The desk rows of all members, locked. Raises Gone where one was deleted, NothingChanged where there is none."""
    named = list(release.members.values_list("kind", "record_id"))
    records = rows_of(named, locked=True)
    if len(records) < len(named):
        raise Gone(_("A record of “%(name)s” was deleted from the desk. Take it out first.") % {"name": release})
    if not records:
        raise NothingChanged(_("“%(name)s” has no records yet.") % {"name": release})
    return records


def _adopt(release: Release) -> None:
    """Makes members of what was scheduled under the release's name without having been one."""
    Member.objects.bulk_create(
        (Member(release=release, kind=each.kind, record_id=each.record_id) for each in frozen(release)),
        ignore_conflicts=True,
    )


def _set(editions: Sequence[Edition], at: datetime.datetime) -> None:
    """Puts these pending editions, which go live together, at an instant, citing what is live then."""
    documents = recited([parse(edition.kind, edition.document) for edition in editions], at=at)
    if found := problems(documents, at=at):
        raise NotReady(found)
    for edition, document in zip(editions, documents, strict=True):
        try:
            change_pending(edition, document, at=at)
        except InstantTaken as error:
            message = _("Another change of “%(name)s” is scheduled in between. Move or unschedule that first.")
            raise ChangePending(message % {"name": briefly(edition)}) from error


def _margin(editions: Sequence[Edition]) -> datetime.timedelta:
    return MARGIN + MARGIN_PER_RECORD * len(editions)


def _write_down(records: Iterable[Record], editions: Iterable[Edition], release: Release, **how: Any) -> None:
    """One move for each record: scheduled again, by the same judgment as before."""
    by_id = {record.pk: record for record in records}
    before = Move.objects.filter(release=release, is_unreviewed=True)
    unreviewed = set(before.values_list("record_id", flat=True))
    moves = []
    for edition in editions:
        record = by_id[edition.record_id]
        how |= {"release": release, "edition": edition, "unreviewed": record.pk in unreviewed}
        moves.append(a_move(record, Verb.SCHEDULE, stage_to=record.stage, **how))
        moves[-1].desk_digest = edition.desk_digest
    record_moves(moves)

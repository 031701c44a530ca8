"""The verbs: the only way in which what the public sees can change.

Each takes what it acts on first and the rest by keyword, runs in one transaction with the records' rows locked,
is written down as a Move, and returns what changed or raises a Refusal whose text an editor can act on. ``by`` is a
person, or None for the system itself, which needs no review. ``clock`` returns the present as an aware UTC datetime;
it is asked, not assumed, because a change must be committed before its own instant.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from relations.documents import Document, Text
from relations.models import Edition, Record, Release

from .drafts import draft
from .editions import InstantTaken, edition_of, place, remove_pending, tombstone_of
from .generation import raise_generation
from .locking import lock, settle, verb
from .margins import COMMIT, MARGIN, MARGIN_PER_PENDING, MARGIN_PER_RECORD, Clock, refuse_if_late
from .moves import (
    Standing,
    User,
    Verb,
    a_move,
    advance,
    is_reviewed,
    judge,
    record_move,
    record_moves,
    standing,
    standings,
)
from .naming import briefly, called
from .readiness import Problem, problems
from .rebasing import Choices, Pending, bring_up_to_date, carry_on
from .refusals import ChangePending, InThePast, NothingChanged, NotLive, NotReady, OlderBase, ReasonMissing

__all__ = ["COMMIT", "MARGIN", "Clock", "Order", "draft", "go_live", "publish", "schedule", "unschedule", "withdraw"]


@dataclass(frozen=True)
class Order:
    """What somebody says when something goes live."""

    note: Text | None = None  # public: what changed for the reader
    is_minor: bool = False  # so small that the public history folds it
    release: Release | str = ""  # a name makes a new release
    reason: str = ""  # for staff; obligatory for own work that nobody reviewed
    pending: str = ""  # Move.Pending: what becomes of changes that are scheduled for later
    choices: Choices | None = None  # where the fix and what is scheduled clash; see ``rebasing.propose``
    seen: Mapping[UUID, str] | None = None  # the desk digests that were looked at; see ``locking.settle``


@verb
def publish(
    records: Sequence[Record],
    *,
    by: User,
    clock: Clock,
    note: Text | None = None,
    is_minor: bool = False,
    release: Release | str = "",
    reason: str = "",
    pending: str = "",
    choices: Choices | None = None,
    seen: Mapping[UUID, str] | None = None,
) -> list[Edition]:
    """Puts the desk copies of these records live together, now (a moment ahead), and returns their editions.

    What is scheduled already exactly so is moved forward. Where something else is, ``pending`` has to say what becomes
    of it. Raises NotReady, NothingChanged, SavedMeanwhile, OlderBase, Conflict, TooLate, Gone, Busy, or what ``judge``
    raises (NotAllowed, WrongStage, OwnWork), and ReasonMissing; then nothing has changed.
    """
    order = Order(note, is_minor, release, reason, pending, choices, seen)
    return go_live(records, Verb.PUBLISH, at=None, by=by, clock=clock, order=order)


@verb
def schedule(
    records: Sequence[Record],
    *,
    at: datetime.datetime,
    by: User,
    clock: Clock,
    note: Text | None = None,
    is_minor: bool = False,
    release: Release | str = "",
    reason: str = "",
    pending: str = "",
    choices: Choices | None = None,
    seen: Mapping[UUID, str] | None = None,
) -> list[Edition]:
    """Puts the desk copies of these records live together at a future instant, and returns their editions.

    They go live at that instant although nothing runs then. Raises InThePast, and what ``publish`` raises.
    """
    if at <= clock():
        raise InThePast(_("Choose a time in the future."))
    order = Order(note, is_minor, release, reason, pending, choices, seen)
    return go_live(records, Verb.SCHEDULE, at=at, by=by, clock=clock, order=order)


@verb
def unschedule(
    records: Sequence[Record], *, by: User, clock: Clock, reason: str = "", release: Release | None = None
) -> list[Edition]:
    """Takes back each record's next scheduled edition, or that of a release; nobody could read it yet. Returns them.

    Raises NotLive if nothing is scheduled for one of them, ChangePending if something else that is scheduled
    would go live without what it was judged with, TooLate if the time came meanwhile; NotAllowed, Gone or Busy.
    """
    records, now = lock(records), clock()
    known = standings(records, at=now)
    taken = []
    for record in records:
        judge(Verb.UNSCHEDULE, record, by, known[record.pk])
        waiting = [each for each in known[record.pk].pending if release is None or each.release_id == release.pk]
        if not waiting:
            raise NotLive(_("Nothing is scheduled for “%(name)s”.") % {"name": briefly(record)})
        taken.append(waiting[0])
    for edition in taken:
        _refuse_if_awaited(edition, leaving={each.record_id for each in taken})
    remove_pending(taken)
    record_moves(
        [
            a_move(record, Verb.UNSCHEDULE, by=by, at=now, reason=reason, edition=edition, release=edition.release)
            for record, edition in zip(records, taken, strict=True)
        ]
    )
    raise_generation()
    refuse_if_late(min(edition.live_from for edition in taken), clock)
    return taken


@verb
def withdraw(record: Record, *, reason: Text, by: User, clock: Clock) -> Edition:
    """Takes the record off the site now, leaving a notice with the public reason, and returns the tombstone.

    Raises NotLive, ChangePending, NotReady (a reason in one language only), TooLate, NotAllowed, Gone or Busy.
    """
    [record] = lock([record])
    at = clock() + MARGIN
    known = standing(record, at=at)
    judge(Verb.WITHDRAW, record, by, known)
    if reason.missing:
        message = _("Give the reason in both languages; it is shown to the public.")
        raise NotReady([Problem(record.KIND, record.pk, called(record), _("reason"), message)])
    tombstone = tombstone_of(known.editions[-1], reason)
    tombstone.made_by = by
    _place([tombstone], {}, at)
    record_move(record, Verb.WITHDRAW, by=by, at=at - MARGIN, reason=reason.en, edition=tombstone)
    raise_generation()
    refuse_if_late(at, clock)
    return tombstone


def go_live(
    records: Sequence[Record],
    called: Verb,
    *,
    at: datetime.datetime | None,
    by: User,
    clock: Clock,
    order: Order,
) -> list[Edition]:
    """What every verb does that puts desk copies in front of the public; ``at`` is None for now. Call inside a verb."""
    records, now = lock(records), clock()
    documents = draft(records, at=at or now)
    settle(records, documents, order.seen)
    known = standings(records, at=now)
    for record in records:
        judge(called, record, by, known[record.pk])
    if found := problems(documents, at=at or now):
        raise NotReady(found)
    unreviewed = {record.pk for record in records if not is_reviewed(record, by, known[record.pk])}
    if unreviewed and not order.reason.strip():
        raise ReasonMissing(_("Nobody but you has reviewed this. Say why it cannot wait for a colleague."))
    editions = [edition_of(document) for document in documents]
    # Asked for only now: preparing may take a while, and "now" must still lie ahead when all is written.
    waiting = sum(len(each.pending) for each in known.values())
    at = at or clock() + MARGIN + MARGIN_PER_RECORD * len(records) + MARGIN_PER_PENDING * waiting
    _refuse_unchanged(editions, known, at)
    overtaken = _overtaken(editions, known, at, order.pending)
    release = _release(order.release, at, by)
    for edition in editions:
        edition.made_by, edition.release, edition.is_minor = by, release, order.is_minor
        edition.change_note_en, edition.change_note_fr = (order.note.en, order.note.fr) if order.note else ("", "")
    by_id = {document.id: document for document in documents}
    _place(editions, by_id, at)
    moves = [
        a_move(
            record,
            called,
            by=by,
            at=now,
            reason=order.reason.strip(),
            edition=edition,
            release=release,
            unreviewed=record.pk in unreviewed,
            pending=order.pending if overtaken[record.pk].others else "",
        )
        for record, edition in zip(records, editions, strict=True)
    ]
    advance(records, called)
    for record, move in zip(records, list(moves), strict=True):
        later = _settle_pending(by_id[record.pk], overtaken[record.pk], by=by, order=order)
        if later and order.pending == Pending.REBASE:
            moves.append(a_move(record, Verb.REBASE, by=by, at=now, edition=later[-1], unreviewed=move.is_unreviewed))
            moves[-1].desk_digest = later[-1].desk_digest
    record_moves(moves)
    raise_generation()
    refuse_if_late(at, clock)
    return editions


@dataclass(frozen=True)
class _Overtaken:
    """What is scheduled for a record after something else of it goes live."""

    same: Sequence[Edition]  # says exactly that: it is moved forward
    others: Sequence[Edition]


def _overtaken(
    editions: Sequence[Edition], known: Mapping[UUID, Standing], at: datetime.datetime, pending: str
) -> dict[UUID, _Overtaken]:
    """What each of these editions overtakes. Raises OlderBase where nobody has said what becomes of it."""
    found = {}
    for edition in editions:
        later = [each for each in known[edition.record_id].editions if each.live_from > at]
        same = later[:1] if later and later[0].desk_digest == edition.desk_digest else []
        found[edition.record_id] = _Overtaken(same, [] if same else later)
    undecided = [each for overtaken in found.values() for each in overtaken.others]
    if undecided and pending not in Pending.values:
        names = ", ".join(dict.fromkeys(f"“{briefly(each)}”" for each in undecided))
        message = _("A change is scheduled for %(names)s, made before this one. Say what becomes of it.")
        raise OlderBase(message % {"names": names}, undecided)
    return found


def _settle_pending(document: Document, overtaken: _Overtaken, *, by: User, order: Order) -> list[Edition]:
    """Does with what is scheduled as was said, and gives what is scheduled then."""
    if overtaken.same:
        remove_pending(overtaken.same)
    if not overtaken.others:
        return []
    later = list(overtaken.others)
    if order.pending == Pending.INSTEAD:
        for edition in later:
            _refuse_if_awaited(edition, leaving={edition.record_id})
            remove_pending([edition])
        return []
    if order.pending == Pending.REBASE:
        later = bring_up_to_date(document, later, by=by, choices=order.choices)
    carry_on(later[-1:], by=by)
    return later


def _release(release: Release | str, at: datetime.datetime, by: User) -> Release | None:
    if not isinstance(release, str):
        return release
    if not release:
        return None
    return Release.objects.create(name=release, goes_live_at=at, made_by=by, state=Release.State.SCHEDULED)


def _place(editions: Sequence[Edition], documents: dict[UUID, Document], at: datetime.datetime) -> None:
    try:
        place(editions, documents, at=at)
    except InstantTaken as error:
        raise ChangePending(
            _("A change is already scheduled for exactly this time: %(name)s") % {"name": error}
        ) from error


def _refuse_if_awaited(pending: Edition, *, leaving: set) -> None:
    """Refuses to take back what other scheduled editions need: to be live at all, or the citation they embed."""
    stays = Edition.objects.filter(
        record_id=pending.record_id, live_until=pending.live_from, is_tombstone=False
    ).exists()
    if stays and pending.kind != "source":
        return
    naming = Edition.objects.filter(
        live_from__gte=pending.live_from, facets__name="ref", facets__value=str(pending.record_id)
    ).exclude(record_id__in=leaving)
    if waiting := naming.order_by("live_from").first():
        raise ChangePending(
            _("“%(name)s” is scheduled as well and names “%(needed)s”. Unschedule it first, or both together.")
            % {"name": briefly(waiting), "needed": briefly(pending)}
        )


def _refuse_unchanged(editions: list[Edition], known: Mapping[UUID, Standing], at: datetime.datetime) -> None:
    """Refuses what is live at the instant anyway."""
    for edition in editions:
        before = [each for each in known[edition.record_id].editions if each.live_from <= at]
        if before and before[-1].digest == edition.digest:
            raise NothingChanged(_("“%(name)s” is already live exactly as it stands.") % {"name": briefly(edition)})

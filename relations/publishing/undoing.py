"""Undoing a release that is live: as one, at one instant, with a public note. Nothing that was public disappears."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from relations.documents import Document, Text, parse
from relations.models import Edition, Record, Release

from .editions import edition_of, place, tombstone_of
from .generation import raise_generation
from .locking import rows_of, verb
from .margins import MARGIN, MARGIN_PER_RECORD, Clock, refuse_if_late
from .moves import Standing, User, Verb, a_move, may, record_moves, standings
from .naming import briefly
from .phases import Phase, State, lock_release, turn
from .refusals import ChangePending, NotAllowed, NothingChanged, ReasonMissing, Refusal
from .releases import frozen


class ChangedSince(Refusal):
    """Records of the release were published again since; ``editions`` is what is live of them."""

    def __init__(self, message: str, editions: Sequence[Edition]) -> None:
        self.editions = list(editions)
        super().__init__(message)


@dataclass(frozen=True)
class Return:
    """What undoing does to one record: the text that was live before comes back, or it is withdrawn."""

    record: Record
    undone: Edition
    before: Edition | None  # None: there was nothing, or nothing that may be shown

    @property
    def verb(self) -> Verb:
        return Verb.PUBLISH if self.before else Verb.WITHDRAW


@dataclass(frozen=True)
class Undoing:
    """What undoing a release would do, and what has happened to its records since."""

    returns: Sequence[Return]
    changed_since: Sequence[Edition]  # what is live now of the records that stay as they are
    pending: Sequence[Edition]


def plan_undoing(release: Release, *, at: datetime.datetime, locked: bool = False) -> Undoing:
    """What undoing this release at this instant would do. A few queries; with the records ``locked`` in a verb."""
    editions = {edition.record_id: edition for edition in frozen(release)}
    records = rows_of(((edition.kind, key) for key, edition in editions.items()), locked=locked)
    known = standings(records, at=at)
    returns, changed, pending = [], [], []
    for record in records:
        pending += known[record.pk].pending
        found = _return(record, editions[record.pk], known[record.pk])
        if isinstance(found, Return):
            returns.append(found)
        else:
            changed.append(found)
    return Undoing(returns, changed, pending)


def _return(record: Record, undone: Edition, known: Standing) -> Return | Edition:
    """How a record comes back; the newest edition if another one followed."""
    past = [each for each in known.editions if each.live_from <= known.at]
    if past[-1].pk != undone.pk:
        return past[-1]
    before = past[-2] if len(past) > 1 else None
    is_text = before is not None and not before.is_tombstone and not before.is_redacted
    return Return(record, undone, before if is_text else None)


@verb
def undo_release(
    release: Release, *, note: Text, by: User, clock: Clock, keep_later: bool = False, reason: str = ""
) -> list[Edition]:
    """Puts back, for all records of a live release at once, what was live before it, and returns the new editions.

    What was new is withdrawn. Both carry the public note. Records that were published again since are left alone
    with ``keep_later``, else it raises ChangedSince. The desk copies stay. Raises WrongPhase, ReasonMissing (a note in
    one language only), ChangePending, NothingChanged, NotAllowed or TooLate.
    """
    release = lock_release(release, Phase.LIVE, by=by, clock=clock)
    if note.missing:
        raise ReasonMissing(_("Say in both languages why; readers see it."))
    plan = plan_undoing(release, at=clock(), locked=True)
    _judge(plan, by, keep_later)
    now = clock()
    at = now + MARGIN + MARGIN_PER_RECORD * len(plan.returns)
    texts = _texts(plan)
    documents = {key: parse(plain.kind, plain.document) for key, plain in texts.items()}
    editions = [_edition(each, documents, note, by) for each in plan.returns]
    place(editions, documents, at=at)
    record_moves(
        [
            a_move(
                each.record,
                each.verb,
                by=by,
                at=now,
                reason=reason.strip() or note.en,
                stage_to=each.record.stage,
                edition=edition,
                release=release,
            )
            for each, edition in zip(plan.returns, editions, strict=True)
        ]
    )
    turn(release, State.UNDONE)
    raise_generation()
    refuse_if_late(at, clock)
    return editions


def _judge(plan: Undoing, by: User, keep_later: bool) -> None:
    if not all(may(verb, each.record, by) for each in plan.returns for verb in (Verb.PUBLISH, each.verb)):
        raise NotAllowed(_("You have no right to do this."))
    if plan.pending:
        message = _("A change is scheduled for “%(name)s”. Unschedule it first.")
        raise ChangePending(message % {"name": briefly(plan.pending[0])})
    if plan.changed_since and not keep_later:
        names = ", ".join(f"“{briefly(each)}”" for each in plan.changed_since)
        message = _("Published again since: %(names)s. Say that these stay as they are, or undo them one by one.")
        raise ChangedSince(message % {"names": names}, plan.changed_since)
    if not plan.returns:
        raise NothingChanged(_("Everything of this release was published again since; there is nothing to undo."))


def _texts(plan: Undoing) -> Mapping[UUID, Edition]:
    """What comes back, with its text, by record."""
    keys = [each.before.pk for each in plan.returns if each.before]
    return {edition.record_id: edition for edition in Edition.objects.filter(pk__in=keys)}


def _edition(each: Return, documents: Mapping[UUID, Document], note: Text, by: User) -> Edition:
    if each.before is None:
        edition = tombstone_of(each.undone, note)
    else:
        edition = edition_of(documents[each.record.pk])
        edition.change_note_en, edition.change_note_fr = note.en, note.fr
    edition.made_by = by
    return edition

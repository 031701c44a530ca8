"""The verbs of review: a writer submits; an editor returns with a comment, or approves. None of it is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from relations.documents import freeze_all
from relations.models import Move, Record

from .lifecycle import Clock
from .locking import lock, settle, verb
from .moves import User, Verb, a_move, advance, judge, need_reason, record_moves, standings

Seen = Mapping[UUID, str]


@verb
def submit(
    records: Sequence[Record], *, by: User, clock: Clock, reason: str = "", seen: Seen | None = None
) -> list[Move]:
    """Asks for a second pair of eyes on these desk copies; ``reason`` tells the reviewer what to look at.

    Raises NotAllowed, WrongStage, NothingChanged, SavedMeanwhile (see ``locking.settle``), Gone or Busy.
    """
    return _step(records, Verb.SUBMIT, by=by, clock=clock, reason=reason, seen=seen)


@verb
def send_back(
    records: Sequence[Record], *, reason: str, by: User, clock: Clock, seen: Seen | None = None
) -> list[Move]:
    """Returns these desk copies to their writers with a comment, which the writers see in their forms.

    Raises ReasonMissing without a comment, NotAllowed, WrongStage, SavedMeanwhile, Gone or Busy.
    """
    return _step(records, Verb.SEND_BACK, by=by, clock=clock, reason=reason, seen=seen)


@verb
def approve(
    records: Sequence[Record], *, by: User, clock: Clock, reason: str = "", seen: Seen | None = None
) -> list[Move]:
    """Says that these desk copies may go live as they stand; the next change of one takes that back.

    Raises OwnWork for a person who changed one since it was public last, NotAllowed, WrongStage, SavedMeanwhile,
    Gone or Busy.
    """
    return _step(records, Verb.APPROVE, by=by, clock=clock, reason=reason, seen=seen)


def _step(
    records: Sequence[Record], called: Verb, *, by: User, clock: Clock, reason: str, seen: Seen | None
) -> list[Move]:
    need_reason(called, reason)
    records, now = lock(records), clock()
    settle(records, freeze_all(records), seen)
    known = standings(records, at=now)
    for record in records:
        judge(called, record, by, known[record.pk])
    moves = record_moves([a_move(record, called, by=by, at=now, reason=reason.strip()) for record in records])
    advance(records, called)
    return moves

"""A fix while a change is scheduled: what becomes of the editions that wait, which do not hold the fix.

Each was based on the text before it. Brought up to date, it is the merge of three: that text, its own, and the fix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relations.documents import Document, parse
from relations.documents.merge import Difference, Side, merge
from relations.documents.wording import Naming, identity
from relations.models import Edition, Move, Record, Revision

from .desk import put_on_desk
from .drafts import recited
from .editions import edition_of, place, remove_pending
from .generation import raise_generation
from .locking import lock, verb
from .margins import Clock, refuse_if_late
from .moves import GOING_LIVE, Standing, User, Verb, a_move, judge, record_moves, standing
from .readiness import problems
from .refusals import Conflict, NotReady, NotRestorable
from .revisions import save_revisions

Pending = Move.Pending
Choices = Mapping[str, Side]


@dataclass(frozen=True)
class Proposal:
    """How one scheduled edition would be brought up to date."""

    edition: Edition
    base: Document | None
    scheduled: Document
    fix: Document  # what is live before it by then
    document: Document
    differences: Sequence[Difference]
    conflicts: Sequence[Difference]

    @property
    def is_needless(self) -> bool:
        """Whether nothing is left of it: the fix says all that it would say."""
        return self.document.desk_digest == self.fix.desk_digest

    def key(self, path: str) -> str:
        """The name of one of its conflicts among those of all proposals, for ``choices``."""
        return f"{self.edition.pk}:{path}"


def propose(
    fix: Document,
    waiting: Sequence[Edition],
    *,
    choices: Choices | None = None,
    name: Naming = identity,
) -> list[Proposal]:
    """How these editions of one record, in live order, would be brought up to date with the fix that precedes them.

    ``choices`` maps the keys of conflicts to ``"theirs"``, what is scheduled, or ``"mine"``, the fix. One query, and
    one for the citations of each.
    """
    texts = _texts(waiting)
    found: list[Proposal] = []
    for edition in waiting:
        before = found[-1].document if found else fix
        own = f"{edition.pk}:"
        mine = {key.removeprefix(own): side for key, side in (choices or {}).items() if key.startswith(own)}
        base, scheduled = texts.get(edition.based_on_digest), texts[edition.digest]
        merged = merge(base, scheduled, before, choices=mine, name=name)
        [document] = recited([merged.document], at=edition.live_from)
        found.append(Proposal(edition, base, scheduled, before, document, merged.differences, merged.conflicts))
    return found


def _texts(editions: Sequence[Edition]) -> dict[str, Document]:
    """What these editions say, and what each was based on, by digest. A withdrawn text is no base."""
    wanted = {edition.digest for edition in editions} | {edition.based_on_digest for edition in editions}
    rows = Edition.objects.filter(record_id__in={edition.record_id for edition in editions}, digest__in=wanted)
    return {row.digest: parse(row.kind, row.document) for row in rows if row.document}


def bring_up_to_date(fix: Document, waiting: Sequence[Edition], *, by: User, choices: Choices | None) -> list[Edition]:
    """Puts merged editions in place of these, which nobody could read yet; call when the fix has its place.

    One of which nothing is left is taken out. Raises Conflict while one is undecided, NotReady. The record is
    locked by the caller.
    """
    proposals = propose(fix, waiting, choices=choices)
    if undecided := [proposal for proposal in proposals if proposal.conflicts]:
        raise Conflict(_("The fix and what is scheduled change the same words. Choose which of them stay."), undecided)
    for proposal in proposals:
        if found := problems([proposal.document], at=proposal.edition.live_from):
            raise NotReady(found)
    remove_pending([proposal.edition for proposal in proposals])
    return [_place_anew(proposal, by) for proposal in proposals if not proposal.is_needless]


def _place_anew(proposal: Proposal, by: User) -> Edition:
    old, new = proposal.edition, edition_of(proposal.document)
    for name in ("release_id", "change_note_en", "change_note_fr", "is_minor"):
        setattr(new, name, getattr(old, name))
    new.made_by = by
    place([new], {proposal.document.id: proposal.document}, at=old.live_from)
    return new


def carry_on(editions: Sequence[Edition], *, by: User) -> None:
    """Puts what is scheduled last back on the desk, so that the next change continues from it and undoes nothing.

    Where the desk has lost something that it names, the fix stays there: it must not wait for that.
    """
    for edition in editions:
        with suppress(NotRestorable):
            row = put_on_desk(parse(edition.kind, edition.document))
            save_revisions([row], by=by, origin=Revision.Origin.REBASE)


@verb
def rebase(
    record: Record, *, by: User, clock: Clock, reason: str = "", choices: Choices | None = None
) -> list[Edition]:
    """Brings what is scheduled for this record up to date with the fix that came between, and returns it.

    The desk copy follows if it was what is scheduled. Raises NotAllowed, NotLive, NothingChanged, Conflict,
    NotReady, TooLate, Gone or Busy.
    """
    [record], now = lock([record]), clock()
    known = standing(record, at=now)
    judge(Verb.REBASE, record, by, known)
    waiting = to_rebase(known)
    was_on_desk = record.desk_digest == waiting[-1].desk_digest
    editions = bring_up_to_date(text_before(waiting[0]), waiting, by=by, choices=choices)
    move = a_move(record, Verb.REBASE, by=by, at=now, reason=reason, unreviewed=_unreviewed(record, known))
    if editions:
        move.edition_number, move.desk_digest = editions[-1].number, editions[-1].desk_digest
    record_moves([move])
    if was_on_desk and editions:
        carry_on(editions[-1:], by=by)
    raise_generation()
    refuse_if_late(min(each.live_from for each in waiting), clock)
    return editions


def to_rebase(known: Standing) -> list[Edition]:
    """What is scheduled from the first edition on that lacks a fix; empty where none does."""
    return known.pending[known.pending.index(known.outdated[0]) :] if known.outdated else []


def text_before(edition: Edition) -> Document:
    """What is live until this scheduled edition comes. One query."""
    before = Edition.objects.get(record_id=edition.record_id, live_until=edition.live_from)
    return parse(before.kind, before.document)


def _unreviewed(record: Record, known: Standing) -> bool:
    """Whether the fix that is brought in went live without a second pair of eyes."""
    fixes = [each.desk_digest for each in known.editions if each.live_from < known.outdated[0].live_from]
    moves = Move.objects.filter(record_id=record.pk, verb__in=GOING_LIVE, desk_digest__in=fixes[-1:])
    return moves.filter(is_unreviewed=True).exists()

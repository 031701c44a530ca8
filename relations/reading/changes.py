"""What changed in a relationship between two instants: each record that reads otherwise, as it was and as it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from relations.models.ledger import Edition

from .items import Item


@dataclass(frozen=True)
class Changed:
    """One record that reads otherwise: ``before`` is None where it is not readable, ``after`` where it no longer is.

    ``notice`` says why one of them cannot be read: a tombstone, or an edition that was redacted.
    """

    before: Item | None
    after: Item | None
    notice: Item | None = None

    @property
    def newest(self) -> Item:
        """The item that names it: as it is, else as it was."""
        return self.after or self.before

    @property
    def edition(self) -> Item:
        """The edition since which it reads as it does: the notice where it cannot be read any more."""
        return self.after or self.notice or self.before

    @property
    def what(self) -> str:
        """ "added", "changed", "withdrawn" or "redacted"."""
        if self.notice and not self.notice.is_withdrawn:
            return "redacted"
        if self.before is None:
            return "added"
        return "changed" if self.after else "withdrawn"


State = dict[UUID, Edition]


def between(
    since: datetime.datetime, until: datetime.datetime, *, relationship: UUID, kinds: Iterable[str] = ()
) -> list[Changed]:
    """Every record that readers found otherwise at ``until`` than at ``since``; of these kinds, if any are named.

    What was changed and changed back is not there, nor what came and went between. Records of the relationship, and
    those that all share; in no order. One query.
    """
    touched = Edition.objects.order_by().filter(
        Q(relationship_id=relationship) | Q(relationship_id=None), live_from__gt=since, live_from__lte=until
    )
    if kinds:
        touched = touched.filter(kind__in=list(kinds))
    both = Edition.objects.covering(since) | Edition.objects.covering(until)
    rows = both.filter(record_id__in=touched.values("record_id")).select_related("redaction")
    editions = list(rows.defer("search_en", "search_fr"))
    return changed(_state(editions, since), _state(editions, until))


def changed(before: State, after: State) -> list[Changed]:
    """The difference of two states; ``replayed`` on the first gives the second."""
    found = []
    for identity in before.keys() | after.keys():
        old, new = _live(before.get(identity)), _live(after.get(identity))
        if (old and old.digest) == (new and new.digest):
            continue
        notice = after.get(identity) if new is None else _redacted(before.get(identity))
        found.append(Changed(*(each and Item(each) for each in (old, new, notice))))
    return found


def replayed(before: State, changes: Iterable[Changed]) -> State:
    """The live editions of a state after these changes."""
    state = {identity: edition for identity, edition in before.items() if _live(edition)}
    for change in changes:
        if change.after is None:
            state.pop(change.newest.id)
        else:
            state[change.newest.id] = change.after.edition
    return state


def _state(editions: Iterable[Edition], instant: datetime.datetime) -> State:
    return {
        edition.record_id: edition
        for edition in editions
        if edition.live_from <= instant and (edition.live_until is None or instant < edition.live_until)
    }


def _live(edition: Edition | None) -> Edition | None:
    return edition if edition and not (edition.is_tombstone or edition.is_redacted) else None


def _redacted(edition: Edition | None) -> Edition | None:
    return edition if edition and edition.is_redacted and not edition.is_tombstone else None

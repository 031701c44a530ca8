"""What changed in a relationship between two instants: each record that reads otherwise, as it was and as it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from relations.documents import handover
from relations.documents.handover import HandOver, hand_overs
from relations.models.ledger import Edition, Facet

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


@dataclass(frozen=True)
class Between:
    """Two states of what a report looks at, and what differs. ``replayed`` on the first gives the second."""

    before: State
    after: State

    @cached_property
    def records(self) -> list[Changed]:
        """Every record that reads otherwise, in no order."""
        return changed(self.before, self.after)

    @cached_property
    def posts(self) -> list[HandOver]:
        """Every post that the second state says has changed hands, in no order."""
        return hand_overs(in_office(self.before), in_office(self.after))


def between(
    since: datetime.datetime, until: datetime.datetime, *, relationship: Item, kinds: Iterable[str] = ()
) -> Between:
    """What readers found otherwise at ``until`` than at ``since``; of these kinds, if any are named.

    What was changed and changed back is not there, nor what came and went between. Records of the relationship, and
    those that all share. For hand-overs ask for officials and posts. One query.
    """
    touched = Edition.objects.order_by().filter(
        Q(relationship_id=relationship.id) | Q(relationship_id=None), live_from__gt=since, live_from__lte=until
    )
    if kinds := set(kinds):
        touched = touched.filter(kind__in=kinds)
    keys = touched.values("record_id")
    if not kinds or "post" in kinds:
        keys = keys.union(*_around(touched, relationship))
    both = Edition.objects.covering(since) | Edition.objects.covering(until)
    rows = both.filter(record_id__in=keys).select_related("redaction")
    editions = list(rows.defer("search_en", "search_fr"))
    return Between(_state(editions, since), _state(editions, until))


def _around(touched: QuerySet[Edition], relationship: Item) -> Iterable[QuerySet]:
    """The posts of both sides, and everyone who is in a post together with somebody who was touched."""
    sides = [str(ref.id) for ref in relationship.document.parties]
    facets = Facet.objects.order_by()
    yield facets.filter(value__in=sides, name="party", edition__kind="post").values("edition__record_id")
    people = touched.filter(kind="official").values("record_id")
    posts = facets.filter(name="post", edition__kind="official", edition__record_id__in=people).values("value")
    yield facets.filter(value__in=posts, name="post", edition__kind="official").values("edition__record_id")


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


def in_office(state: State) -> handover.State:
    """What a state says about posts."""
    live = (each for each in state.values() if each.kind in ("post", "official") and _live(each))
    return handover.State(Item(each).document for each in live)


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

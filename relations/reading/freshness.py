"""Freshness: when a record was last checked, when it is due again, and whether it may be out of date.

A function of the live edition, the recorded checks and the day, and of nothing on the desk. Documents say from which
day on their own dates make them doubtful (``Document.goes_stale``, kept as facets); a check answers that, saving or
publishing anew does not; and a check that promised another one is itself doubtful once that day has passed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from relations.documents import Ref, Stale
from relations.models.ledger import Check, Edition, Facet

if TYPE_CHECKING:
    from .editions import Reader
    from .items import Item


@dataclass(frozen=True)
class Freshness:
    """What a page may say of one record: last checked (against what), due again, and why it may be out of date."""

    checked_on: datetime.date | None = None
    source: Ref | None = None
    # The last day on which nobody has to ask; None where nothing is due.
    due_on: datetime.date | None = None
    causes: tuple[Stale, ...] = ()

    @property
    def is_stale(self) -> bool:
        return bool(self.causes)


def freshness(reader: Reader, items: Iterable[Item]) -> dict[UUID, Freshness]:
    """The freshness of each of these live items at the reader's instant and day. One query."""
    ids = [item.id for item in items if item.has_text]
    live = Edition.objects.live(reader.instant).filter(record_id__in=ids).order_by()
    return {item.id: known(item) for item in reader.items(annotated(live, reader.instant, reader.day))}


def annotated(editions: QuerySet[Edition], instant: datetime.datetime, day: datetime.date) -> QuerySet[Edition]:
    """These editions, in the same query, with what ``known`` reads. No query yet."""
    last = Check.objects.filter(record_id=OuterRef("record_id"), live_from__lte=instant).order_by("-live_from", "-pk")
    check = {f"last_{name}": Subquery(last.values(name)[:1]) for name in ("checked_on", "due_on", "source_id")}
    causes = {f"is_{cause}": _of(cause, instant, day, "record_id") for cause in Stale}
    return editions.annotate(**check, **causes)


def known(item: Item) -> Freshness:
    """The freshness of a live item whose edition was read ``annotated``. Raises AttributeError for any other."""
    edition = item.edition
    causes = tuple(cause for cause in Stale if getattr(edition, f"is_{cause}"))
    own = [day - datetime.timedelta(days=1) for _why, day in item.document.goes_stale()]
    due = edition.last_due_on if edition.last_checked_on else min(own, default=None)
    source = Ref(kind="source", id=edition.last_source_id) if edition.last_source_id else None
    return Freshness(edition.last_checked_on, source, due, causes)


def overdue(reader: Reader, *kinds: str) -> QuerySet[Edition]:
    """Live editions of these kinds that may be out of date, in no order. No query yet."""
    causes = Q()
    for cause in Stale:
        causes |= Q(_of(cause, reader.instant, reader.day, "record_id"))
    return reader.live(*kinds).filter(causes)


def stale(cause: Stale, *, instant: datetime.datetime, day: datetime.date, record: str = "pk") -> Combinable:
    """A condition on rows whose column ``record`` holds a record's id: live at the instant, and stale on the day."""
    here = Edition.objects.live(instant).filter(record_id=OuterRef(record))
    return Exists(here) & _of(cause, instant, day, record)


def _of(cause: Stale, instant: datetime.datetime, day: datetime.date, record: str) -> Combinable:
    return _CONDITIONS[cause](instant, day, record)


def _live_facets(name: str, instant: datetime.datetime) -> QuerySet[Facet]:
    live = Q(edition__live_until__isnull=True) | Q(edition__live_until__gt=instant)
    return Facet.objects.filter(live, name=name, edition__live_from__lte=instant, edition__is_tombstone=False)


def _checks(instant: datetime.datetime, record: str) -> QuerySet[Check]:
    return Check.objects.filter(record_id=OuterRef(record), live_from__lte=instant)


def _by_its_dates(cause: Stale) -> Callable[[datetime.datetime, datetime.date, str], Combinable]:
    """Its own day has come, and nobody has looked since."""

    def condition(instant: datetime.datetime, day: datetime.date, record: str) -> Combinable:
        looked = Q(checked_on__gte=OuterRef("holds_from"))
        if cause == Stale.FIGURE:  # whoever looked before may have promised more: the next figure comes later
            looked |= Q(due_on__gte=day)
        answered = Exists(_checks(instant, "edition__record_id").filter(looked))
        doubtful = _live_facets("stale", instant).filter(
            ~answered, edition__record_id=OuterRef(record), value=cause.value, holds_from__lte=day
        )
        return Exists(doubtful)

    return condition


def _succeeded(instant: datetime.datetime, day: datetime.date, record: str) -> Combinable:
    """Shown to fill a post that somebody else came to later, and nobody has looked since."""
    answered = Check.objects.filter(
        record_id=OuterRef(OuterRef("edition__record_id")),
        live_from__lte=instant,
        checked_on__gte=OuterRef("holds_from"),
    )
    successor = (
        _live_facets("fills", instant)
        .filter(~Exists(answered), value=OuterRef("value"), holds_from__gt=OuterRef("holds_from"), holds_from__lte=day)
        .exclude(edition__record_id=OuterRef("edition__record_id"))
    )
    return Exists(_live_facets("fills", instant).filter(Exists(successor), edition__record_id=OuterRef(record)))


def _check_was_due(instant: datetime.datetime, day: datetime.date, record: str) -> Combinable:
    """The last check promised another one, and that day has passed."""
    later = Check.objects.filter(
        record_id=OuterRef("record_id"), live_from__lte=instant, live_from__gt=OuterRef("live_from")
    )
    return Exists(_checks(instant, record).filter(~Exists(later), due_on__lt=day))


_CONDITIONS = {
    Stale.FIGURE: _by_its_dates(Stale.FIGURE),
    Stale.UPCOMING: _by_its_dates(Stale.UPCOMING),
    Stale.TERM: _succeeded,
    Stale.CHECK: _check_was_due,
}

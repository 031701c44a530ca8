"""The days on which what could be read changed: the mementos of a page (RFC 7089).

A memento is the site at the end of a day on which something went live or was withdrawn; its datetime is the last such
instant of that day. Every page shares the days of the site, from the day on which its own subject first went live.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from relations.models.ledger import Edition

UTC = datetime.UTC


@dataclass(frozen=True)
class Memento:
    """What could be read after the last change of a day. ``at``: the instant of that change (aware, UTC)."""

    at: datetime.datetime

    @property
    def day(self) -> datetime.date:
        """The day, in the site's time zone, that its address names."""
        return timezone.localdate(self.at)


@dataclass(frozen=True)
class Subject:
    """What a page is about: no memento is older than the first edition at this address."""

    kind: str
    slug: str
    relationship: UUID | None = None


@dataclass(frozen=True)
class Around:
    """A memento among the others. ``previous`` and ``next`` are None at the ends."""

    current: Memento
    first: Memento
    last: Memento
    previous: Memento | None
    next: Memento | None


def around(instant: datetime.datetime, *, now: datetime.datetime, subject: Subject | None) -> Around | None:
    """The memento that is read at an instant, with its neighbors; None before the first. Two queries."""
    changes = _changes(now, subject)
    found = changes.aggregate(
        first=Min("live_from"),
        current=Max("live_from", filter=Q(live_from__lte=instant)),
        next=Min("live_from", filter=Q(live_from__gt=_end_of_day(instant))),
    )
    if found["current"] is None:
        return None
    following = found["next"] or now
    ends = changes.aggregate(
        first=Max("live_from", filter=Q(live_from__lte=_end_of_day(found["first"]))),
        previous=Max("live_from", filter=Q(live_from__lt=_start_of_day(found["current"]))),
        next=Max("live_from", filter=Q(live_from__lte=_end_of_day(following))),
        last=Max("live_from"),
    )
    return Around(
        current=Memento(found["current"]),
        first=Memento(ends["first"]),
        last=Memento(ends["last"]),
        previous=Memento(ends["previous"]) if ends["previous"] else None,
        next=Memento(ends["next"]) if found["next"] else None,
    )


def nearest(instant: datetime.datetime, *, now: datetime.datetime, subject: Subject | None) -> Memento | None:
    """The newest memento that shows nothing later than the instant; before all of them, the first.

    None where nothing was ever readable. Three queries at most.
    """
    changes = _changes(now, subject)
    before = changes.filter(live_from__lte=instant).aggregate(last=Max("live_from"))["last"]
    if before is not None:
        later = changes.filter(live_from__gt=instant, live_from__lte=_end_of_day(before))
        if later.exists():  # that day's page shows more than was there at the instant
            before = changes.filter(live_from__lt=_start_of_day(before)).aggregate(last=Max("live_from"))["last"]
    if before is not None:
        return Memento(before)
    first = changes.aggregate(first=Min("live_from"))["first"]
    if first is None:
        return None
    return Memento(changes.filter(live_from__lte=_end_of_day(first)).aggregate(last=Max("live_from"))["last"])


def every(*, now: datetime.datetime, subject: Subject | None) -> list[Memento]:
    """All mementos, oldest first. One query; a row for each instant at which something changed."""
    instants = _changes(now, subject).order_by("live_from").values_list("live_from", flat=True).distinct()
    return [Memento(list(of_day)[-1]) for _day, of_day in groupby(instants, key=timezone.localdate)]


def _changes(now: datetime.datetime, subject: Subject | None) -> QuerySet[Edition]:
    """Everything that was ever readable, from the birth of the subject on."""
    changes = Edition.objects.order_by().filter(live_from__lte=now)
    if subject is None:
        return changes
    own = Edition.objects.order_by("live_from").filter(kind=subject.kind, slug=subject.slug)
    if subject.relationship:
        own = own.filter(relationship_id=subject.relationship)
    born = own.values("live_from")[:1]
    # Where it never was, its birth is after the end of time.
    return changes.filter(live_from__gte=Coalesce(born, now + datetime.timedelta(days=1)))


def _start_of_day(instant: datetime.datetime) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(timezone.localdate(instant), datetime.time())).astimezone(UTC)


def _end_of_day(instant: datetime.datetime) -> datetime.datetime:
    """The last microsecond of the instant's day in the site's time zone."""
    day = timezone.localdate(instant) + datetime.timedelta(days=1)
    midnight = timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
    return midnight.astimezone(UTC) - datetime.timedelta(microseconds=1)

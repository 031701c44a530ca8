"""What is going stale: each reason once, in words, as a condition on the desk, and as a filter of every list.

What the public is told follows from ``relations.reading.freshness``; the desk knows some reasons more.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relations.documents import Stale
from relations.models import BY_KIND, Check, LinkAnswer, Record, Why
from relations.reading import clock
from relations.reading.freshness import stale

from .headlines import together

# One failure may be a bad day of theirs.
FAILURES = 2


@dataclass(frozen=True)
class Reason:
    """Why somebody should look: in words, for which kinds, and the condition at an instant and its day."""

    words: Any
    kinds: tuple[str, ...]  # empty: every kind
    condition: Callable[[datetime.datetime, datetime.date], Q]

    def concerns(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def _public(cause: Stale) -> Callable[[datetime.datetime, datetime.date], Q]:
    return lambda now, today: Q(stale(cause, instant=now, day=today))


def _review(now: datetime.datetime, today: datetime.date) -> Q:
    return Q(review_by__lte=today) | Q(stale(Stale.CHECK, instant=now, day=today))


def _dead_link(now: datetime.datetime, today: datetime.date) -> Q:
    """Whoever checked the source after its link died has seen it and found a way."""
    looked = Check.objects.filter(
        record_id=OuterRef("source_id"), live_from__lte=now, checked_on__gte=OuterRef("dead_since")
    )
    dead = LinkAnswer.objects.filter(source=OuterRef("pk"), url=OuterRef("url"), failures__gte=FAILURES)
    return Q(Exists(dead.filter(~Exists(looked))))


REASONS: dict[str, Reason] = {
    Why.REVIEW: Reason(Why.REVIEW.label, (), _review),
    Why.FIGURE: Reason(Why.FIGURE.label, ("fact",), _public(Stale.FIGURE)),
    Why.TERM: Reason(Why.TERM.label, ("official",), _public(Stale.TERM)),
    Why.UPCOMING: Reason(Why.UPCOMING.label, ("meeting",), _public(Stale.UPCOMING)),
    Why.FRENCH: Reason(Why.FRENCH.label, (), lambda now, today: ~Q(french_behind=[])),
    Why.LINK: Reason(Why.LINK.label, ("source",), _dead_link),
}


class StaleFilter(admin.SimpleListFilter):
    title = _("going stale")
    parameter_name = "stale"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        kind = model_admin.model.KIND
        return [(name, reason.words) for name, reason in REASONS.items() if reason.concerns(kind)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        reason = REASONS.get(self.value() or "")
        if reason is None or not reason.concerns(queryset.model.KIND):
            return queryset
        return queryset.filter(reason.condition(clock.now(), clock.today()))


def stale_records(now: datetime.datetime) -> list[tuple[str, str, UUID, int | None]]:
    """Everything that is going stale: (why, kind, id, owner), reason by reason in their order. A query for each."""
    today = timezone.localdate(now)
    found: list[tuple[str, str, UUID, int | None]] = []
    for why, reason in REASONS.items():
        kinds = [kind for kind in BY_KIND if reason.concerns(kind)]
        rows = together(kinds, partial(_held, reason.condition(now, today)), "owner")
        found += [(str(why), kind, identity, owner) for kind, identity, _en, _fr, owner in rows.order_by("kind", "pk")]
    return found


def _held(condition: Q, model: type[Record], records: QuerySet) -> QuerySet:
    return records.filter(condition)

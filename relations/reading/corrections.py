"""The register of corrections: what earlier editions said wrongly. Errors, apart from updates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from relations.documents import Ref, Text
from relations.models.ledger import Correction, Edition

if TYPE_CHECKING:
    from .editions import Reader
    from .items import Item


@dataclass(frozen=True)
class Erratum:
    """One correction as it may be read: the error, what is right, and the editions, both included, that carried it."""

    id: int
    ref: Ref
    wrong: Text
    right: Text
    first: int
    last: int
    # When the first of these editions went live, and when the error was put right.
    since: datetime.datetime
    corrected: datetime.datetime
    # A reader who found it and agreed to be named; empty otherwise.
    reported_by: str

    def concerns(self, number: int) -> bool:
        """Whether the edition of this number carried the error."""
        return self.first <= number <= self.last


@dataclass(frozen=True)
class LastError:
    """What was last put right in a record: when, and what it had said."""

    wrong: Text
    corrected: datetime.datetime


def corrected(editions: QuerySet[Edition], instant: datetime.datetime) -> QuerySet[Edition]:
    """These editions, in the same query, with what ``last_error`` reads. No query yet."""
    made = Correction.objects.filter(record_id=OuterRef("record_id"), live_from__lte=instant)
    last = made.order_by("-live_from", "-pk")
    return editions.annotate(
        **{f"error_{name}": Subquery(last.values(name)[:1]) for name in ("live_from", "wrong_en", "wrong_fr")}
    )


def last_error(item: Item) -> LastError | None:
    """The newest correction of an item whose edition was read ``corrected``; None where there is none."""
    edition = item.edition
    if edition.error_live_from is None:
        return None
    return LastError(Text(en=edition.error_wrong_en, fr=edition.error_wrong_fr), edition.error_live_from)


def errata(
    reader: Reader, *, id: int | None = None, record: UUID | None = None, relationship: UUID | None = None
) -> list[Erratum]:
    """Corrections made by the reader's instant, newest first: one, those of a record, or of a relationship and what
    all share.

    One query.
    """
    first = Edition.objects.filter(record_id=OuterRef("record_id"), number=OuterRef("first_edition"))
    rows = Correction.objects.filter(live_from__lte=reader.instant).order_by("-live_from", "-pk")
    rows = rows.annotate(since=Subquery(first.values("live_from")[:1]))
    rows = rows.filter(pk=id) if id else rows
    rows = rows.filter(record_id=record) if record else rows
    if relationship:
        rows = rows.filter(Q(relationship_id=relationship) | Q(relationship_id=None))
    return [_erratum(row) for row in rows]


def _erratum(row: Correction) -> Erratum:
    return Erratum(
        id=row.pk,
        ref=Ref(kind=row.kind, id=row.record_id),
        wrong=Text(en=row.wrong_en, fr=row.wrong_fr),
        right=Text(en=row.right_en, fr=row.right_fr),
        first=row.first_edition,
        last=row.last_edition,
        since=row.since,
        corrected=row.live_from,
        reported_by=row.reported_by,
    )

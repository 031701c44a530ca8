"""What had to be removed by law: which editions, since when, why, and the digests that they keep."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from relations.models.ledger import Edition

from .editions import Reader
from .items import Item


def redacted(reader: Reader, *, relationship: UUID) -> list[Item]:
    """The editions of a relationship, and of what all share, that were redacted by the reader's instant.

    The newest redaction first, and in each the editions of a record in their order. One query.
    """
    here = Q(relationship_id=relationship) | Q(relationship_id=None) | Q(record_id=relationship)
    editions = _until(reader.instant).filter(here)
    return reader.items(editions.order_by("-redaction__live_from", "kind", "record_id", "number"))


def every(instant: datetime.datetime) -> list[Item]:
    """All editions of the whole site that were redacted by an instant, the oldest redaction first. One query."""
    return [Item(each) for each in _until(instant).order_by("redaction__live_from", "kind", "record_id", "number")]


def _until(instant: datetime.datetime) -> QuerySet[Edition]:
    return Edition.objects.filter(redaction__live_from__lte=instant).select_related("redaction")

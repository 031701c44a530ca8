"""Who has a form open: a notice for whoever opens it too. It keeps nobody out; what they save is compared."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from relations.models import Presence, Record

from .labels import label

# Longer ago than this somebody has gone to lunch.
WITHIN = datetime.timedelta(minutes=20)
# Whoever opens the form again this soon was noted already.
NOTED = datetime.timedelta(minutes=1)
# What is older tells nobody anything.
KEPT = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Other:
    """Somebody else who has the form open, and since when."""

    name: str
    since: datetime.datetime


def with_presence(rows: QuerySet, key: str, user: AbstractBaseUser, now: datetime.datetime) -> QuerySet:
    """These rows with when this person was last noted at the record that ``key`` names, and whether others were."""
    here = Presence.objects.filter(record_id=OuterRef(key), seen_at__gt=now - WITHIN).order_by()
    return rows.annotate(
        presence_own=Subquery(here.filter(user_id=user.pk).values("seen_at")[:1]),
        presence_others=Exists(here.exclude(user_id=user.pk)),
    )


def open_form(row: Model, record: Record, user: AbstractBaseUser, now: datetime.datetime) -> list[Other]:
    """Notes that this person has the form open that shows this row ``with_presence``, a part of this record or itself.

    Gives who else has it open, the first to come first. One query the first time in a minute, one if there are others.
    """
    if row.presence_own is None or row.presence_own < now - NOTED:
        Presence.objects.bulk_create(
            [Presence(kind=record.KIND, record_id=record.pk, user=user, seen_at=now)],
            update_conflicts=True,
            unique_fields=["record_id", "user"],
            update_fields=["seen_at"],
        )
    if not row.presence_others:
        return []
    others = Presence.objects.filter(record_id=record.pk, seen_at__gt=now - WITHIN).exclude(user_id=user.pk)
    return [Other(label(each.user), each.seen_at) for each in others.select_related("user").order_by("seen_at", "pk")]


def leave_form(record_id: Any, user: AbstractBaseUser, now: datetime.datetime) -> None:
    """Takes the note back, and forgets what is old. One query."""
    Presence.objects.filter(Q(record_id=record_id, user=user) | Q(seen_at__lt=now - KEPT)).delete()

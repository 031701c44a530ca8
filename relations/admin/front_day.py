"""The front page's day: what went live, what was saved and who did what since midnight; and mail that did not go."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from relations.models import BY_KIND, Edition, Move, Notice, Revision

from .headlines import Headline, headlines
from .labels import label

FEW = 8
# Older than this nobody waits for it any more.
FORGET_AFTER = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One move of the day: who did what to which record. The headline is None where it was deleted since."""

    move: Move
    who: str
    headline: Headline | None


def context(user: User, now: datetime.datetime) -> dict[str, Any]:
    """What the template shows of it. Five queries."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "steps": _steps(user, midnight) if user.has_perm("relations.view_move") else [],
        "went_live": _went_live(midnight, now) if user.has_perm("relations.view_edition") else None,
        "saved": _saved(midnight) if user.has_perm("relations.view_revision") else None,
        "unsent": _unsent(now) if user.has_perm("relations.publish_record") else None,
    }


def _steps(user: User, midnight: datetime.datetime) -> list[Step]:
    """The last moves of the day, of kinds that this person may see. Two queries."""
    kinds = [kind for kind in BY_KIND if user.has_perm(f"relations.view_{kind}")]
    today = Move.objects.filter(made_at__gte=midnight, kind__in=kinds).select_related("made_by")
    moves = list(today.order_by("-made_at", "-pk")[:FEW])
    known = headlines((move.kind, move.record_id) for move in moves)
    return [Step(move, label(move.made_by) if move.made_by else "", known.get(move.record_id)) for move in moves]


def _went_live(midnight: datetime.datetime, now: datetime.datetime) -> dict[str, Any]:
    count = Edition.objects.filter(live_from__gte=midnight, live_from__lte=now).count()
    return {"count": count, "url": _of_the_day("edition", "live_from", midnight)}


def _saved(midnight: datetime.datetime) -> dict[str, Any]:
    """How many records were saved, however often each."""
    count = Revision.objects.filter(made_at__gte=midnight).aggregate(n=Count("record_id", distinct=True))["n"]
    return {"count": count, "url": _of_the_day("revision", "made_at", midnight)}


def _of_the_day(model: str, field: str, midnight: datetime.datetime) -> str:
    """The list of this model since midnight: the filter that its list offers as "Today"."""
    period = {f"{field}__gte": midnight, f"{field}__lt": midnight + datetime.timedelta(days=1)}
    return f"{reverse(f'admin:relations_{model}_changelist')}?{urlencode(period)}"


def _unsent(now: datetime.datetime) -> dict[str, Any]:
    """How many notices could not be sent, and the last reason."""
    failed = Notice.objects.filter(sent_at__isnull=True, made_at__gte=now - FORGET_AFTER).exclude(error="")
    return failed.aggregate(count=Count("pk"), error=Max("error"))

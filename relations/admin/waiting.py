"""What waits for one person: as a condition on the desk, and as a filter of every list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relations.models import Move, Stage


@dataclass(frozen=True)
class Wait:
    """In words, with which right it is somebody's business (empty: anybody's), and for which records."""

    words: Any
    right: str
    condition: Callable[[User], Q]

    def concerns(self, user: User) -> bool:
        return not self.right or user.has_perm(f"relations.{self.right}")


def _theirs(user: User) -> Q:
    """Submitted by somebody else: one's own work is for other eyes."""
    return Q(stage=Stage.SUBMITTED) & (Q(submitter__isnull=True) | ~Q(submitter=user.pk))


def _mine(user: User) -> Q:
    return Q(stage=Stage.RETURNED) & (Q(submitter=user.pk) | Q(owner=user.pk))


WAITS: dict[str, Wait] = {
    "review": Wait(_("To review"), "review_record", _theirs),
    "returned": Wait(_("Returned to you"), "", _mine),
    "approved": Wait(_("Approved, to be published"), "publish_record", lambda user: Q(stage=Stage.APPROVED)),
}


def with_submitter(records: QuerySet) -> QuerySet:
    """The records with who submitted each last. No query of its own."""
    submits = Move.objects.filter(record_id=OuterRef("pk"), verb=Move.Verb.SUBMIT).order_by("-made_at", "-pk")
    return records.annotate(submitter=Subquery(submits.values("made_by")[:1]))


def with_comment(records: QuerySet) -> QuerySet:
    """The records with the comment with which each was returned last. No query of its own."""
    returns = Move.objects.filter(record_id=OuterRef("pk"), verb=Move.Verb.SEND_BACK).order_by("-made_at", "-pk")
    return records.annotate(comment=Subquery(returns.values("reason")[:1]))


class WaitsFilter(admin.SimpleListFilter):
    title = _("waiting for you")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(name, wait.words) for name, wait in WAITS.items() if wait.concerns(request.user)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wait = WAITS.get(self.value() or "")
        return with_submitter(queryset).filter(wait.condition(request.user)) if wait else queryset

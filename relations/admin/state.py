"""Where a desk record stands: is it live, is it changed since, is it overdue for review. As columns and as filters."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Edition, Record, Stage
from relations.reading import clock

from .times import moment

# "Publish now" lies a moment ahead. By the time an editor has read the answer it is so.
SOON = datetime.timedelta(seconds=10)


def with_state(records: QuerySet) -> QuerySet:
    """The records with what the ledger says of each, presently. No query of its own."""
    now = clock.now() + SOON
    here = Edition.objects.filter(record_id=OuterRef("pk")).order_by()
    covering = here.covering(now)
    later = here.filter(live_from__gt=now).order_by("live_from")
    return records.annotate(
        edition_number=Subquery(covering.values("number")[:1]),
        edition_since=Subquery(covering.values("live_from")[:1]),
        edition_withdrawn=Subquery(covering.values("is_tombstone")[:1]),
        edition_digest=Subquery(covering.values("desk_digest")[:1]),
        edition_next=Subquery(later.values("live_from")[:1]),
        edition_last=Subquery(here.order_by("-pk").values("pk")[:1]),
    )


@dataclass(frozen=True)
class State:
    """What the ledger says of one record."""

    number: int | None
    since: datetime.datetime | None
    is_withdrawn: bool
    next_from: datetime.datetime | None
    is_changed: bool

    @property
    def is_live(self) -> bool:
        return self.number is not None and not self.is_withdrawn

    @property
    def was_public(self) -> bool:
        """Whether it has an edition, past, present or scheduled: then it can be withdrawn, but not deleted."""
        return self.number is not None or self.next_from is not None

    @property
    def words(self) -> str:
        """Live? In one line."""
        said = []
        if self.is_live:
            given = {"number": self.number, "when": _day(self.since)}
            said.append(_("Edition %(number)d since %(when)s") % given)
        elif self.number:
            said.append(_("Withdrawn on %(when)s") % {"when": _day(self.since)})
        if self.next_from:
            said.append(_("Scheduled for %(when)s") % {"when": moment(self.next_from)})
        return "; ".join(said) or _("Not live")


def _day(when: datetime.datetime) -> str:
    return formats.date_format(timezone.localtime(when), "DATE_FORMAT")


def state_of(record: Record) -> State:
    """The state of one record. No query if it was read ``with_state``, one otherwise."""
    if not hasattr(record, "edition_number"):
        record = with_state(type(record).objects.filter(pk=record.pk)).get()
    return State(
        number=record.edition_number,
        since=record.edition_since,
        is_withdrawn=bool(record.edition_withdrawn),
        next_from=record.edition_next,
        is_changed=record.edition_number is not None
        and not record.edition_withdrawn
        and record.edition_digest != record.desk_digest,
    )


class StateColumns:
    """The columns that every list of records has: is it live, was it changed, how far has it come, when to look."""

    @admin.display(description=gettext_lazy("Live?"), ordering="edition_since")
    def live(self, record: Record) -> str:
        return state_of(record).words

    @admin.display(description=gettext_lazy("Changed since?"))
    def changed(self, record: Record) -> str:
        return _("Changed") if state_of(record).is_changed else "–"

    @admin.display(description=gettext_lazy("Stage"), ordering="stage")
    def stage_reached(self, record: Record) -> str:
        state = state_of(record)
        is_at_rest = record.stage == Stage.DRAFT and state.is_live and not state.is_changed
        return "–" if is_at_rest else record.get_stage_display()

    @admin.display(description=gettext_lazy("Review"), ordering="review_by")
    def review(self, record: Record) -> str:
        if record.review_by is None:
            return "–"
        day = formats.date_format(record.review_by, "DATE_FORMAT")
        return _("Overdue since %(day)s") % {"day": day} if record.review_by < clock.today() else day


class ChoiceFilter(admin.SimpleListFilter):
    """A filter whose answers are a table: value, words, condition."""

    answers: dict[str, tuple[Any, Any]] = {}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(value, text) for value, (text, _condition) in self.answers.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        answer = self.answers.get(self.value())
        return queryset.filter(answer[1]()) if answer else queryset


def _ever() -> Exists:
    return Exists(Edition.objects.filter(record_id=OuterRef("pk")))


class LiveFilter(ChoiceFilter):
    title = gettext_lazy("live")
    parameter_name = "live"
    answers = {
        "live": (gettext_lazy("Live"), lambda: Q(edition_withdrawn=False)),
        "scheduled": (gettext_lazy("Scheduled"), lambda: Q(edition_next__isnull=False)),
        "withdrawn": (gettext_lazy("Withdrawn"), lambda: Q(edition_withdrawn=True)),
        "never": (gettext_lazy("Never published"), lambda: ~_ever()),
    }


class ChangedFilter(ChoiceFilter):
    title = gettext_lazy("changed since")
    parameter_name = "changed"
    answers = {
        "yes": (
            gettext_lazy("Changed since it went live"),
            lambda: Q(edition_withdrawn=False) & ~Q(edition_digest=F("desk_digest")),
        ),
        "no": (
            gettext_lazy("As it is live"),
            lambda: Q(edition_withdrawn=False, edition_digest=F("desk_digest")),
        ),
    }


def _not_as_live() -> Q:
    return Q(edition_digest__isnull=True) | Q(edition_withdrawn=True) | ~Q(edition_digest=F("desk_digest"))


class StageFilter(ChoiceFilter):
    title = gettext_lazy("stage")
    parameter_name = "stage"
    answers = {
        "draft": (Stage.DRAFT.label, lambda: Q(stage=Stage.DRAFT) & _not_as_live()),
        "submitted": (Stage.SUBMITTED.label, lambda: Q(stage=Stage.SUBMITTED)),
        "returned": (Stage.RETURNED.label, lambda: Q(stage=Stage.RETURNED)),
        "approved": (Stage.APPROVED.label, lambda: Q(stage=Stage.APPROVED)),
    }


class ReviewFilter(ChoiceFilter):
    title = gettext_lazy("review")
    parameter_name = "review"
    answers = {
        "overdue": (gettext_lazy("Overdue"), lambda: Q(review_by__lt=clock.today())),
        "soon": (
            gettext_lazy("Due within 30 days"),
            lambda: Q(review_by__gte=clock.today(), review_by__lt=clock.today() + datetime.timedelta(days=30)),
        ),
        "none": (gettext_lazy("No review date"), lambda: Q(review_by__isnull=True)),
    }

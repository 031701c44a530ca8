"""The desk's front page: what waits for this person, what is going stale, what changed today.

Everything is counted over all kinds at once, in a handful of queries however many records there are. A tile counts
what the filter of the same name finds (``waiting.WAITS``, ``stale.REASONS``), so that its lists hold what it says.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator

from relations.models import BY_KIND, Record
from relations.reading import clock

from . import front_day, front_reports, front_schedule
from .headlines import Headline, together
from .stale import REASONS
from .waiting import WAITS, with_comment, with_submitter

FEW = 4  # of each tile are named at once; the rest is one click away
BRIEF = 160  # characters of a comment; all of it stands above the form


class Row(NamedTuple):
    """One record that wants something: the names of its filters."""

    headline: Headline
    review_by: datetime.date | None
    comment: str  # why it was returned last; empty where it never was
    wants: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Listed:
    """The filtered list of one kind that a tile leads to."""

    words: Any
    count: int
    url: str


@dataclass(frozen=True)
class Tile:
    """The records that one filter finds: how many, the first few of them, and a list for each kind."""

    parameter: str
    name: str
    words: Any
    rows: Sequence[Row]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def few(self) -> Sequence[Row]:
        return self.rows[:FEW]

    @property
    def is_review(self) -> bool:
        return (self.parameter, self.name) == ("stale", "review")

    @property
    def is_returned(self) -> bool:
        return (self.parameter, self.name) == ("waits", "returned")

    @property
    def asks(self) -> bool:
        """Whether a check would take its records off this tile: words that lack their French need words."""
        return self.parameter == "stale" and self.name != "french"

    @property
    def lists(self) -> list[Listed]:
        counted = Counter(row.headline.kind for row in self.rows)
        query = urlencode({self.parameter: self.name})
        return [
            Listed(
                BY_KIND[kind]._meta.verbose_name_plural,
                counted[kind],
                f"{reverse(f'admin:relations_{kind}_changelist')}?{query}",
            )
            for kind in BY_KIND
            if counted[kind]
        ]


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything that templates/admin/index.html shows besides the nouns. Nine queries at most."""
    now, user = clock.now(), request.user
    rows = _rows(user, now)
    waiting = [_tile("waits", name, wait.words, rows) for name, wait in WAITS.items() if wait.concerns(user)]
    stale = [_tile("stale", name, reason.words, rows) for name, reason in REASONS.items()]
    return {
        "today": clock.today(),
        "waiting": [tile for tile in waiting if tile.count],
        "nothing_waits": [tile.words for tile in waiting if not tile.count],
        "stale": [tile for tile in stale if tile.count],
        "nothing_stale": [tile.words for tile in stale if not tile.count],
        "may_check": user.has_perm("relations.publish_record"),
        **front_reports.context(user),
        **front_schedule.context(user, now),
        **front_day.context(user, now),
    }


def _tile(parameter: str, name: str, words: Any, rows: Iterable[Row]) -> Tile:
    """Whose review date came first comes first; then by name."""
    found = [row for row in rows if (parameter, name) in row.wants]
    found.sort(key=lambda row: (row.review_by or datetime.date.max, row.headline.words))
    return Tile(parameter, name, words, found)


def _rows(user: User, now: datetime.datetime) -> list[Row]:
    """Every record that wants something, of the kinds that this person may see. One query."""
    wants = [("waits", name) for name in WAITS] + [("stale", name) for name in REASONS]
    flags = [f"{parameter}_{name}" for parameter, name in wants]

    def asked(model: type[Record], records: QuerySet) -> QuerySet:
        conditions = [_condition(parameter, name, model.KIND, user, now) for parameter, name in wants]
        any_of_them = Q()
        for condition in filter(None, conditions):
            any_of_them |= condition
        return (
            with_comment(with_submitter(records))
            .filter(any_of_them)
            .annotate(**{flag: _flag(condition) for flag, condition in zip(flags, conditions, strict=True)})
        )

    kinds = [kind for kind in BY_KIND if user.has_perm(f"relations.view_{kind}")]
    found = together(kinds, asked, "review_by", "comment", *flags)
    return [_row(wants, *each) for each in found] if found is not None else []


def _condition(parameter: str, name: str, kind: str, user: User, now: datetime.datetime) -> Q | None:
    """None where this cannot be of this kind, or is not this person's business."""
    if parameter == "waits":
        return WAITS[name].condition(user) if WAITS[name].concerns(user) else None
    return REASONS[name].condition(now, clock.today()) if REASONS[name].concerns(kind) else None


def _flag(condition: Q | None) -> Any:
    return Value(False, BooleanField()) if condition is None else ExpressionWrapper(condition, BooleanField())


def _row(
    wants: Sequence[tuple[str, str]],
    kind: str,
    identity: UUID,
    en: str,
    fr: str,
    review_by: datetime.date | None,
    comment: str | None,
    *flags: bool,
) -> Row:
    true = frozenset(want for want, holds in zip(wants, flags, strict=True) if holds)
    return Row(Headline(kind, identity, en, fr), review_by, Truncator(comment or "").chars(BRIEF), true)

"""The relationship on a day in the world: what ``?on=2021-02-26`` asks for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

# No meeting, post or figure of any relationship here is older.
EARLIEST = datetime.date(1500, 1, 1)


@dataclass(frozen=True)
class Day:
    """What was typed, and the day it names; ``error`` says in words why it names none."""

    typed: str = ""
    day: datetime.date | None = None
    error: str = ""

    @classmethod
    def asked(cls, query: QueryDict, today: datetime.date) -> Day:
        """The day that a query string asks for: none, one up to today, or what is wrong with it."""
        typed = query.get("on", "").strip()
        if not typed:
            return cls()
        try:
            day = datetime.date.fromisoformat(typed)
        except ValueError:
            return cls(typed[:40], error=_("Write the day as in 2021-02-26."))
        if day > today:
            return cls(typed, error=_("This day has not come yet, so today is shown."))
        if day < EARLIEST:
            return cls(typed, error=_("The record does not go back that far, so today is shown."))
        return cls(typed, day)

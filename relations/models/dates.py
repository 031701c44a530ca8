"""A date with its precision: what a source says, and no more."""

from __future__ import annotations

import datetime
from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


def precision_field() -> models.CharField:
    """The column that stands beside a date column of the same name; empty when the date is."""
    return models.CharField(_("precision"), max_length=5, choices=Precision, blank=True)


def paired(name: str, model: str) -> models.CheckConstraint:
    """A date and its precision are both there or both empty."""
    empty = models.Q(**{f"{name}__isnull": True, f"{name}_precision": ""})
    full = models.Q(**{f"{name}__isnull": False, f"{name}_precision__in": Precision.values})
    return models.CheckConstraint(
        condition=empty | full,
        name=f"{model}_{name}_has_precision",
        violation_error_message=_("A date needs its precision, and a precision needs its date."),
    )


def in_order(first: str, until: str, model: str) -> models.CheckConstraint:
    """A half-open period ends after it starts; either end may be unknown."""
    condition = (
        models.Q(**{f"{first}__isnull": True})
        | models.Q(**{f"{until}__isnull": True})
        | models.Q(**{f"{until}__gt": models.F(first)})
    )
    return models.CheckConstraint(
        condition=condition,
        name=f"{model}_{first}_before_{until}",
        violation_error_message=_("The period must end after it starts."),
    )


class PartialDate(BaseModel):
    """A day, a month or a year. ``date`` is any day inside it; the rest of it is filler."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: datetime.date
    precision: Literal["day", "month", "year"]

    @property
    def first(self) -> datetime.date:
        """The first day it can mean."""
        if self.precision == "year":
            return self.date.replace(month=1, day=1)
        return self.date.replace(day=1) if self.precision == "month" else self.date

    @property
    def until(self) -> datetime.date:
        """The day after the last day it can mean (half-open); at the end of the calendar, the last day there is."""
        days = {"day": 1, "month": 32, "year": 366}[self.precision]
        try:
            after = self.first + datetime.timedelta(days=days)
        except OverflowError:
            return datetime.date.max
        if self.precision == "year":
            return after.replace(month=1, day=1)
        return after.replace(day=1) if self.precision == "month" else after

    @property
    def isoformat(self) -> str:
        """ISO 8601 with reduced precision: 2021, 2021-02 or 2021-02-26."""
        return self.date.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]

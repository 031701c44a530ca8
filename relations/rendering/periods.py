"""Dates inside a sentence: since, until, on, as of. French says a day unlike a month, so the two are kept apart."""

from __future__ import annotations

import datetime

from django.utils.translation import pgettext

from relations.models.dates import PartialDate

from .words import day_and_precision, partial_date

Date = PartialDate | datetime.date


def _is_day(date: Date) -> bool:
    return day_and_precision(date)[1] == "day"


def since(date: Date) -> str:
    """since 26 February 2021, since February 2021, since 2021."""
    said = pgettext("a day", "since %(date)s") if _is_day(date) else pgettext("a month or year", "since %(date)s")
    return said % {"date": partial_date(date)}


def until(date: Date) -> str:
    """until 26 February 2021, until February 2021, until 2021."""
    said = pgettext("a day", "until %(date)s") if _is_day(date) else pgettext("a month or year", "until %(date)s")
    return said % {"date": partial_date(date)}


def starting(date: Date) -> str:
    """from 26 February 2021, from February 2021, from 2021: what begins then, be it past or to come."""
    said = pgettext("a day", "from %(date)s") if _is_day(date) else pgettext("a month or year", "from %(date)s")
    return said % {"date": partial_date(date)}


def on(date: Date) -> str:
    """on 26 February 2021, in February 2021, in 2021."""
    said = pgettext("a day", "on %(date)s") if _is_day(date) else pgettext("a month or year", "in %(date)s")
    return said % {"date": partial_date(date)}


def as_of(date: Date) -> str:
    """as of 26 February 2021, as of February 2021, as of 2021."""
    said = pgettext("a day", "as of %(date)s") if _is_day(date) else pgettext("a month or year", "as of %(date)s")
    return said % {"date": partial_date(date)}


def period(first: Date | None, last: Date | None) -> str:
    """since …, until …, or both: 26 January 2021 – 20 January 2025. Empty where neither is known."""
    if first and last:
        return f"{partial_date(first)} – {partial_date(last)}"
    if first:
        return since(first)
    return until(last) if last else ""

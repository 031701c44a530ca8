"""An instant as the desk says it."""

from __future__ import annotations

import datetime

from django.utils import formats, timezone


def moment(instant: datetime.datetime) -> str:
    """Day and time where the site is, and which zone that is: "Nov. 26, 2026, 10:55 p.m. (UTC)"."""
    local = timezone.localtime(instant)
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} ({local.tzname()})"

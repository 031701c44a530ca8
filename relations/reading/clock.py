"""The only module that asks the time. Everything below takes an instant as an argument."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """The present as an aware UTC datetime."""
    return timezone.now()


def today() -> datetime.date:
    """The present day in the site's time zone."""
    return timezone.localdate()

"""What a record is called when staff are told something about it."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language

# The texts that a row of some noun can be called by.
TITLES = ("title", "name", "statement", "quote")


def called(row: Any) -> str:
    """The title of a row in the active language; in the other one as long as that is missing. No query."""
    language = (get_language() or "en")[:2]
    found = (getattr(row, f"{name}_{language}", "") for name in TITLES)
    return next(filter(None, found), str(row))


def briefly(row: Any) -> str:
    """The same, cut to what fits into a sentence."""
    return Truncator(called(row)).words(12)

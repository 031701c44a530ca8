"""Words that filters share: alternatives, quotation marks, days; and typed text made fit to show again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import formats
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def either(words: Iterable[str]) -> str:
    """Words joined for a sentence: "A, B or C"."""
    *most, last = words
    return _("%(most)s or %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def day_in_words(day: datetime.date) -> str:
    """A day in the active language, as dates are written on the pages."""
    said = formats.date_format(day, "j F Y")
    return f"1er{said[1:]}" if day.day == 1 and language() == "fr" else said


def cited(words: str) -> str:
    """Words between quotation marks of the active language."""
    return _("“%(words)s”") % {"words": words}


cited_later = lazy(cited, str)  # for words that are declared before there is a language


def shown(typed: str, most: int = 500) -> str:
    """What was typed, without the signs that HTML cannot hold or that would turn a line around."""
    return "".join(sign for sign in typed if sign.isprintable())[:most]


def language() -> str:
    """The active language, as columns are named for it."""
    return get_language()[:2]

"""How values are said in the active language: texts, dates as far as they are known, figures, quotations.

Everything works by attribute, so nothing here knows which noun a document is.
"""

import datetime
from decimal import Decimal

from django.utils import timezone, translation

from relations.documents.wording import date_in_words

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


def _french(language=None):
    return (language or translation.get_language() or "").startswith("fr")


def say(value):
    """A Text in the current language. Never the other language in its place."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return getattr(value, "fr" if _french() else "en", None) or ""


def day_and_precision(value):
    if isinstance(value, datetime.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date(), "day"
    if isinstance(value, datetime.date):
        return value, "day"
    return getattr(value, "date", None), getattr(value, "precision", "day")


def partial_date(value):
    """A date as far as it is known: 26 February 2021, February 2021, 2021."""
    day, precision = day_and_precision(value)
    return date_in_words(day, precision) if day else ""


def isopartial(value):
    """The same date for a `datetime` attribute: 2021-02-26, 2021-02, 2021."""
    day, precision = day_and_precision(value)
    if day is None:
        return ""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def isoinstant(value):
    """An instant for a `datetime` attribute, which knows thousandths of a second and nothing finer."""
    return value.isoformat(timespec="milliseconds") if value else ""


def figure(value):
    """A number grouped for the current language, with exactly the decimals it has: 5,525 in English."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    digits = f"{abs(number):,f}"
    if _french():
        digits = digits.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")
    return (MINUS if number < 0 else "") + digits


def quoted(value, language=None):
    """Exact words between the quotation marks of their own language."""
    if not value:
        return ""
    if _french(language):
        return f"«{NO_BREAK_SPACE}{value}{NO_BREAK_SPACE}»"
    return f"“{value}”"

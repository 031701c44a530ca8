"""One cell: what a field holds as text that an editor can read and write, and back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from relations.documents import Citation, CommitmentRef, PostRef, Ref, TermRef, Text, Unit
from relations.models import PartialDate
from relations.sheets import Cell

from ..fields import LAST_YEAR, short_date
from .columns import Column
from .names import Names, Wrong

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = datetime.timedelta(days=1)
# As spreadsheets in English and French write them.
_YES = {"true", "yes", "1", "vrai", "oui"}
_NO = {"false", "no", "0", "faux", "non"}
SEVERAL = "; "


# ---- what a cell says ------------------------------------------------------------------------------------------------


def say(column: Column, value: Any, names: Names, home: UUID | None) -> Cell:
    """The cell for what the column's field holds. ``home`` is the relationship of the record."""
    if column.language:
        return getattr(value, column.language)
    if value is None:
        return ""
    if column.is_last_day:
        return _last_day(value)
    if column.many:
        said = [str(_say(each, names, home)) for each in value]
        return SEVERAL.join(said if column.held is datetime.date else sorted(said))  # a set has no order of its own
    return _say(value, names, home)


def _last_day(until: datetime.date | PartialDate) -> str:
    if isinstance(until, PartialDate):
        return PartialDate(date=until.date - _DAY, precision=until.precision).isoformat
    return (until - _DAY).isoformat()


def _say(value: Any, names: Names, home: UUID | None) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | Decimal):
        return value
    if isinstance(value, PartialDate):
        return value.isoformat
    if isinstance(value, datetime.time):
        whole_minute = not (value.second or value.microsecond)
        return value.isoformat("minutes" if whole_minute else "auto")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, TermRef):
        return names.term_said(value)
    if isinstance(value, CommitmentRef):
        return names.commitment_said(value, home)
    if isinstance(value, Unit):
        return value.code
    ref = value.source if isinstance(value, Citation) else value
    return names.said(ref.kind, ref.id, home)


# ---- what a cell means -----------------------------------------------------------------------------------------------


def read(column: Column, text: str, names: Names, home: UUID | None) -> Any:
    """What a cell means; for one half of a text, the words as they are.

    Raises Wrong, saying what to write; or Spoiled, where the fault lies with a record that it names.
    """
    if column.language:
        return text
    words = text.strip()
    if column.many:
        return tuple(_several(column, words, names, home))
    if column.held is str:
        return _words(column, text)
    if not words:
        return False if column.held is bool else None
    return _read(column, words, names, home)


def _several(column: Column, text: str, names: Names, home: UUID | None) -> list[Any]:
    found = []
    for word in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        value = _read(column, word, names, home)
        if value in found:
            raise Wrong(_("“%(word)s” is there twice.") % {"word": word})
        found.append(value)
    return found


def _words(column: Column, text: str) -> str:
    """Text as it is; an address or one of a list of words without the spaces around it."""
    word = text if column.is_words else text.strip()
    known = [value for value, _label in column.choices]
    if known and word and word not in known:
        raise Wrong(
            _("“%(word)s” is not known here. Write one of: %(words)s.") % {"word": word, "words": ", ".join(known)}
        )
    return word


def _read(column: Column, word: str, names: Names, home: UUID | None) -> Any:
    held = column.held
    if held in _PLAIN:
        reader, hint = _PLAIN[held]
        try:
            value = reader(word)
        except ValueError as error:
            message = _("“%(word)s” cannot be read.") % {"word": word}
            raise Wrong(f"{message} {hint()}") from error
        return _until(value) if column.is_last_day else value
    if held is TermRef:
        return names.term(word)
    if held is CommitmentRef:
        return names.commitment(word, home)
    if held is Unit:
        return names.unit(word)
    identity = names.read(column.target.KIND, word, home)
    if held is Citation:
        return names.citation(identity)
    return names.post(identity) if held is PostRef else Ref(kind=column.target.KIND, id=identity)


def _until(last: datetime.date | PartialDate) -> datetime.date | PartialDate:
    """The day after the last: of the day, month or year that is named."""
    if isinstance(last, PartialDate):
        return PartialDate(date=last.until, precision=last.precision)
    return last + _DAY


def _partial(word: str) -> PartialDate:
    found = short_date(word)
    if found.date.year > LAST_YEAR:
        raise ValueError
    return found


def _date(word: str) -> datetime.date:
    found = _partial(word)
    if found.precision != "day":
        raise ValueError
    return found.date


def _time(word: str) -> datetime.time:
    time = datetime.time.fromisoformat(word)
    if time.tzinfo or ":" not in word:
        raise ValueError
    return time


def _number(word: str) -> Decimal:
    if not _NUMBER.fullmatch(word):
        raise ValueError
    return Decimal(word)


def _whole(word: str) -> int:
    if not (word.isascii() and word.isdigit()):
        raise ValueError
    return int(word)


def truth(word: str) -> bool:
    """Yes or no, as any spreadsheet writes it. Raises ValueError for anything else."""
    if word.lower() not in _YES | _NO:
        raise ValueError
    return word.lower() in _YES


# Class → how it is read, and what to write instead of what cannot be.
_PLAIN: dict[type, tuple[Callable[[str], Any], Callable[[], str]]] = {
    PartialDate: (_partial, lambda: _("Write 2021, 2021-02 or 2021-02-26, as far as the date is known.")),
    datetime.date: (_date, lambda: _("Write a day as in 2021-02-26.")),
    datetime.time: (_time, lambda: _("Write a time as in 15:30.")),
    Decimal: (_number, lambda: _("Write a number as in 1900 or 1.9, without spaces or commas.")),
    int: (_whole, lambda: _("Write a whole number, zero or more.")),
    bool: (truth, lambda: _("Write true or false.")),
}


def hint(column: Column) -> str:
    """How to write this column, in a few words; empty where it is plain text."""
    if column.choices:
        return ", ".join(value for value, _label in column.choices)
    if column.held in _PLAIN:
        return _PLAIN[column.held][1]()
    if column.held is TermRef:
        return _("official/post/start, as in “ana-holt/premier/2020-01-20”")
    if column.held is CommitmentRef:
        return _("priority/commitment, both by address")
    if column.held is Unit:
        return _("the code of a unit")
    if column.held in (str, Text):
        return ""
    several = _("addresses with semicolons between: %(kind)s") if column.many else _("address: %(kind)s")
    return several % {"kind": column.target._meta.verbose_name}

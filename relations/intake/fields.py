"""The fields of a record or a part, read one by one by whoever knows what each must be."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from relations.documents import Text
from relations.models import PartialDate

from .problems import Log

Made = TypeVar("Made", bound=BaseModel)

LANGUAGES = {"en": "English", "fr": "French"}
PRECISIONS = ("day", "month", "year")
LAST_YEAR = 9000  # later ones stand for "open" elsewhere; here that is said by leaving the date out
_SHORT_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Mapping(dict[str, Any]):
    """A YAML mapping that knows on which line each of its keys stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class Fields:
    """One mapping of a pack. Reading a field says what it must be; a field that nobody read is a problem.

    Every reading method notes what is wrong and then returns an empty value, so that one run finds everything;
    ``make`` builds nothing from a record of which anything is wrong.
    """

    def __init__(self, data: Mapping, log: Log, path: str = "") -> None:
        self.data = data
        self.log = log
        self.path = path
        self._read: set[str] = set()

    def at(self, name: str) -> str:
        """The path of a field inside its record."""
        return f"{self.path}.{name}".strip(".")

    def complain(self, name: str, message: str) -> None:
        """Notes a problem of this field."""
        field = re.split(r"[.\[]", name)[0]  # an item of a list is found on the line where the list begins
        self.log.add(self.at(name), message, self.data.lines.get(field, 0))

    def take(self, name: str, *, required: bool = False) -> Any:
        """The value as it stands in the file; None where there is none."""
        self._read.add(name)
        value = self.data.get(name)
        if value is None and required:
            self.complain(name, "This is missing.")
        return value

    def drop(self, *names: str) -> None:
        """Fields that the format has and that the site derives from something else."""
        self._read.update(names)

    # ---- words -----------------------------------------------------------------------------------------

    def words(self, name: str, *, required: bool = False) -> str:
        """Plain text in its own language; empty where there is none."""
        value = self.take(name, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.complain(name, "This must be text; put it in quotes.")
            return ""
        if not value.strip() or value != value.strip():
            self.complain(name, "This is empty, or has spaces around it.")
        return value

    def text(self, name: str, *, required: bool = False) -> Text:
        """The same words in English and French; empty where there are none."""
        value = self.take(name, required=required)
        if value is None:
            return Text()
        if not isinstance(value, Mapping):
            self.complain(name, "This needs English and French (en and fr).")
            return Text()
        return Fields(value, self.log, self.at(name)).itself()

    def name(self, name: str) -> Text:
        """A person's name, the same in both languages; or a group's, in English and French. Required."""
        if isinstance(self.data.get(name), Mapping):
            return self.text(name, required=True)
        words = self.words(name, required=True)
        return Text(en=words, fr=words)

    def itself(self) -> Text:
        """This mapping as a text in both languages."""
        self.close(known=LANGUAGES)
        for language, called in LANGUAGES.items():
            if self.data.get(language) is None:
                self.complain(language, f"The {called} text is missing.")
        return Text(**{language: self.words(language) for language in LANGUAGES})

    def choice(self, name: str, allowed: Collection[str], *, default: str = "") -> str:
        """One of these words; must be there unless there is a default."""
        value = self.take(name, required=not default)
        if value is None:
            return default
        if value not in allowed:
            self.complain(name, f"“{value}” is not known here; use one of: {', '.join(allowed)}.")
        return str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Yes or no."""
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.complain(name, "Say true or false.")
        return value is True

    def integer(self, name: str, *, default: int) -> int:
        """A whole number that is not negative."""
        value = self.take(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.complain(name, "This must be a whole number, zero or more.")
            return default
        return value

    def number(self, name: str, *, required: bool = False) -> Decimal | None:
        """A number, exactly as it is written."""
        value = self.take(name, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            self.complain(name, f"“{value}” is not a number; write it like 1900 or 1.9.")
            return None
        return Decimal(value)

    # ---- days and hours --------------------------------------------------------------------------------

    def day(self, name: str, *, required: bool = False) -> datetime.date | None:
        """A day that is known as such."""
        value = self.take(name, required=required)
        return None if value is None else self._date(name, value)

    def _date(self, name: str, value: Any) -> datetime.date | None:
        try:
            if not isinstance(value, str) or len(value) != len("2021-02-26"):
                raise ValueError
            found = datetime.date.fromisoformat(value)
            if found.year > LAST_YEAR:
                raise ValueError
            return found
        except ValueError:
            self.complain(name, f"“{value}” is not a date; write it like '2021-02-26'.")
            return None

    def days(self, name: str) -> tuple[datetime.date, ...]:
        """Days in their order."""
        found = [self._date(f"{name}[{index}]", value) for index, value in enumerate(self._list(name))]
        return tuple(day for day in found if day)

    def dated(self, name: str, *, precision: str = "", required: bool = False) -> PartialDate | None:
        """A date with the precision that another field gives: by default ``<name>_precision``, or else a day."""
        value = self.day(name, required=required)
        stated = precision or f"{name}_precision"
        known_to = self.choice(stated, PRECISIONS, default="day") if self.take(stated) is not None else "day"
        if value is None or known_to not in PRECISIONS:
            return None
        return partial_date(value, known_to)

    def short_date(self, name: str) -> PartialDate | None:
        """A date that is written as far as it is known: 1943, 1943-06 or 1943-06-15."""
        value = self.take(name, required=True)
        if value is None:
            return None
        try:
            return short_date(str(value))
        except ValueError:
            self.complain(name, f"“{value}” is not a date; write it like '1943', '1943-06' or '1943-06-15'.")
            return None

    def zone(self, name: str) -> str:
        """A time zone of the IANA database."""
        value = self.words(name, required=True)
        try:
            if value:
                zoneinfo.ZoneInfo(value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            self.complain(name, f"“{value}” is not a time zone; write it like America/Toronto.")
            return ""
        return value

    def local_time(self, name: str, *, on: datetime.date | None, zone: str) -> datetime.time | None:
        """The time of day of a moment, which must be on this day and have the offset of this zone."""
        value = self.take(name)
        if value is None:
            return None
        try:
            moment = datetime.datetime.fromisoformat(value)
        except (TypeError, ValueError):
            self.complain(name, f"“{value}” is not a time; write it like '2021-02-26T15:12:00-05:00'.")
            return None
        if on and moment.date() != on:
            self.complain(name, f"This is not on {on.isoformat()}, the day of the record.")
        if zone and moment.utcoffset() != moment.replace(tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset():
            self.complain(name, f"The offset is not that of {zone} on that day.")
        return moment.time()

    # ---- lists and parts -------------------------------------------------------------------------------

    def _list(self, name: str, *, required: bool = False) -> list[Any]:
        value = self.take(name, required=required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.complain(name, "This must be a list.")
            return []
        return value

    def ids(self, name: str, *, required: bool = False) -> list[str]:
        """Ids of other records, each named once."""
        found = self._list(name, required=required)
        for index, identity in enumerate(found):
            if not isinstance(identity, str):
                self.complain(f"{name}[{index}]", "This must be the id of a record.")
            elif identity in found[:index]:
                self.complain(f"{name}[{index}]", f"“{identity}” is named twice.")
        return [identity for identity in found if isinstance(identity, str)]

    def parts(self, name: str, *, required: bool = False) -> Iterator[Fields]:
        """The parts of a list, in order."""
        for index, data in enumerate(self._list(name, required=required)):
            if isinstance(data, Mapping):
                yield Fields(data, self.log, f"{self.at(name)}[{index}]")
            else:
                self.complain(f"{name}[{index}]", "This must have fields.")

    def entries(self, name: str) -> Iterator[tuple[str, Fields]]:
        """The parts of a table, by id, in order."""
        table = self.take(name)
        if table is not None and not isinstance(table, Mapping):
            self.complain(name, "This must be a table by id.")
            return
        for identity, data in (table or {}).items():
            if isinstance(data, Mapping):
                yield identity, Fields(data, self.log, f"{self.at(name)}.{identity}")
            else:
                self.complain(f"{name}.{identity}", "This must have fields.")

    # ---- the end ---------------------------------------------------------------------------------------

    def close(self, known: Collection[str] = ()) -> None:
        """Notes every field that nobody read."""
        for name in self.data:
            if name not in self._read and name not in known:
                self.complain(name, "This field is not known here.")

    def make(self, made: type[Made], **values: Any) -> Made | None:
        """The document or part with these values; None if anything is wrong with the record."""
        self.close()
        if self.log.broken:
            return None
        try:
            return made(**values)
        except ValidationError as error:
            for each in error.errors():
                self.complain(".".join(map(str, each["loc"])), f"{each['msg']}.")
            return None


def short_date(text: str) -> PartialDate:
    """A date as far as it is known: 1943, 1943-06 or 1943-06-15. Raises ValueError for anything else."""
    found = _SHORT_DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part or 1) for part in found.groups())
    known_to = "day" if found[3] else "month" if found[2] else "year"
    return PartialDate(date=datetime.date(year, month, day), precision=known_to)


def partial_date(day: datetime.date, precision: str) -> PartialDate:
    """A date with its precision, and its filler always the first day, so that equal dates are equal."""
    date = PartialDate(date=day, precision=precision)
    return PartialDate(date=date.first, precision=precision)

"""How a meeting is said: its kind and mode, its days and hours, whether it is over, who met whom."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from relations.documents import Meeting

from .links import Links
from .site import Site
from .words import isopartial, partial_date, say

KINDS = {
    "bilateral": gettext_lazy("Bilateral meeting"),
    "trilateral": gettext_lazy("Trilateral meeting"),
    "ministerial": gettext_lazy("Ministerial meeting"),
    "visit": gettext_lazy("Visit"),
    "summit_margin": gettext_lazy("On the margin of a summit"),
    "exchange": gettext_lazy("Exchange of letters"),
}
MODES = {
    "in_person": gettext_lazy("In person"),
    "virtual": gettext_lazy("Virtual"),
    "phone": gettext_lazy("By telephone"),
    "hybrid": gettext_lazy("In person and virtual"),
    "unspecified": gettext_lazy("Not stated"),
}
# The same inside a sentence; a mode that was not stated is not said.
HELD = {
    "in_person": pgettext_lazy("how a meeting is held", "in person"),
    "virtual": pgettext_lazy("how a meeting is held", "by video"),
    "phone": pgettext_lazy("how a meeting is held", "by telephone"),
    "hybrid": pgettext_lazy("how a meeting is held", "in person and by video"),
}
ROLES = {
    "accompanying": gettext_lazy("Accompanying"),
    "host": gettext_lazy("Host"),
    "observer": gettext_lazy("Observer"),
}
STATUSES = {
    "held": pgettext_lazy("status of a meeting", "Held"),
    "passed": pgettext_lazy("status of a meeting", "Day has passed"),
    "under_way": pgettext_lazy("status of a meeting", "Under way"),
    "today": pgettext_lazy("status of a meeting", "Today"),
    "upcoming": pgettext_lazy("status of a meeting", "Upcoming"),
    "tentative": pgettext_lazy("status of a meeting", "Tentative"),
    "postponed": pgettext_lazy("status of a meeting", "Postponed"),
    "cancelled": pgettext_lazy("status of a meeting", "Cancelled"),
}
# Only where people met in a place does the place belong in the sentence that says what it was.
WITH_PLACE = {"in_person", "hybrid", "unspecified"}
LEADING = {"principal", "host"}


class Status(NamedTuple):
    """A code of components/status.html, and its word."""

    code: str
    label: str


def status(meeting: Meeting, today: datetime.date) -> Status:
    """What is known of a meeting on this day.

    That its day has passed does not show that it was held: only an outcome or a readout does.
    """
    if meeting.state in ("cancelled", "postponed"):
        return Status(meeting.state, str(STATUSES[meeting.state]))
    if is_over(meeting, today):
        return Status("passed", str(STATUSES["held" if meeting.outcomes or meeting.readouts else "passed"]))
    if meeting.state == "tentative":
        return Status("tentative", str(STATUSES["tentative"]))
    begun = meeting.starts_on.precision == "day" and meeting.starts_on.first <= today
    word = ("under_way" if _several_days(meeting) else "today") if begun else "upcoming"
    return Status("confirmed", str(STATUSES[word]))


def is_over(meeting: Meeting, today: datetime.date) -> bool:
    """Whether its last day lies before this day."""
    return meeting.over_on <= today


def _several_days(meeting: Meeting) -> bool:
    return meeting.starts_on.precision == "day" and meeting.last_on > meeting.starts_on.first


def days(meeting: Meeting, *, with_year: bool = True) -> str:
    """Its day or days as far as they are known: 26 February 2021, 23–24 March 2023, February 2021.

    Without the year, for lists under a year: empty where nothing but the year is known.
    """
    first, precision = meeting.starts_on, meeting.starts_on.precision
    if precision == "year":
        return partial_date(first) if with_year else ""
    if precision == "month":
        return partial_date(first) if with_year else formats.date_format(first.date, "F")
    if not _several_days(meeting):
        return _day(first.date, with_year=with_year)
    last = meeting.last_on
    if (first.date.year, first.date.month) == (last.year, last.month):
        return f"{_number(first.date)}–{_day(last, with_year=with_year)}"
    same_year = first.date.year == last.year
    return f"{_day(first.date, with_year=not same_year)} – {_day(last, with_year=with_year or not same_year)}"


def _number(day: datetime.date) -> str:
    """The number of a day, as French and English write it."""
    return partial_date(day).split(" ", 1)[0]


def _day(day: datetime.date, *, with_year: bool) -> str:
    return partial_date(day) if with_year else f"{_number(day)} {formats.date_format(day, 'F')}"


def weekdays(meeting: Meeting) -> str:
    """Friday; Thursday and Friday; Monday to Friday. Empty where the day is not known."""
    if meeting.starts_on.precision != "day":
        return ""
    first, last = meeting.starts_on.date, meeting.last_on
    names = {"first": _weekday(first), "last": _weekday(last).lower() if _lower() else _weekday(last)}
    if not _several_days(meeting):
        return names["first"]
    if last - first == datetime.timedelta(days=1):
        return pgettext("weekdays", "%(first)s and %(last)s") % names
    return pgettext("weekdays", "%(first)s to %(last)s") % names


def _weekday(day: datetime.date) -> str:
    name = formats.date_format(day, "l")
    return name[:1].upper() + name[1:]


def _lower() -> bool:
    """Whether the active language writes its weekdays small."""
    return formats.date_format(datetime.date(2021, 2, 26), "l").islower()


def calendar(meeting: Meeting) -> dict[str, str]:
    """The calendar date at the head of a page: the first day as a large number, where it is known, and the rest."""
    first, known = meeting.starts_on.date, meeting.starts_on.precision == "day"
    return {
        "number": _number(first) if known else "",
        "rest": _rest(meeting) if known else days(meeting),
        "datetime": isopartial(meeting.starts_on),
        "weekday": weekdays(meeting) or _("Day not recorded"),
    }


def _rest(meeting: Meeting) -> str:
    """What follows the number of the first day: February 2021; to 24 March 2023; March to 2 April 2023."""
    first, last = meeting.starts_on.date, meeting.last_on
    if not _several_days(meeting):
        return formats.date_format(first, "F Y")
    if (first.year, first.month) == (last.year, last.month):
        return _("to %(day)s") % {"day": partial_date(last)}
    month = formats.date_format(first, "F" if first.year == last.year else "F Y")
    return _("%(month)s to %(day)s") % {"month": month, "day": partial_date(last)}


def hours(meeting: Meeting) -> str:
    """Local time with the zone of the place; says so where the hour is not known."""
    start = meeting.starts_at
    if start is None:
        return _("Hour not recorded")
    shown = clock_time(start.time())
    if meeting.end_time:
        shown = f"{shown} – {clock_time(meeting.end_time)}"
    return _("%(hours)s local time (%(offset)s)") % {"hours": shown, "offset": offset(start)}


def clock_time(time: datetime.time) -> str:
    """12:10 p.m., 12 h 10."""
    return formats.time_format(time, pgettext("format of a time of day", "g:i a"))


def offset(start: datetime.datetime) -> str:
    """The distance of a local time from UTC: UTC−4, UTC+5:30."""
    minutes = int(start.utcoffset().total_seconds()) // 60
    hour, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "−"
    return f"UTC{sign}{hour}" + (f":{rest:02}" if rest else "")


def what(meeting: Meeting) -> str:
    """Kind, mode and place in one neutral sentence."""
    parts = [str(KINDS[meeting.meeting_kind])]
    if meeting.mode in HELD:
        parts.append(str(HELD[meeting.mode]))
    if meeting.mode in WITH_PLACE and (place := place_of(meeting)):
        parts.append(place)
    return sentence(", ".join(parts))


def sentence(words: str) -> str:
    """These words with the full stop that they may have already: "Joseph R. Biden Jr."."""
    return words if not words or words.endswith(".") else f"{words}."


def place_of(meeting: Meeting) -> str:
    """The place, unless it says no more than the mode does."""
    place = say(meeting.place)
    known = {str(MODES[meeting.mode]), str(MODES["unspecified"]), str(HELD.get(meeting.mode, ""))}
    return "" if place.casefold() in {word.casefold() for word in known} else place


def who(meeting: Meeting, site: Site, links: Links) -> str:
    """Who met whom, heads of delegation only, side A first; empty where nobody can be named."""
    sides: dict[str, list[str]] = {"a": [], "b": [], "": []}
    for participation in meeting.participants:
        person = links.person(participation.term)
        if person and participation.role in LEADING:
            sides[side_of(participation.term, site, links)].append(person.name)
    a, b = listed(sides["a"]), listed(sides["b"] + sides[""])
    if a and b:
        return _("%(one)s with %(other)s") % {"one": a, "other": b}
    return a or b


def side_of(term: Any, site: Site, links: Links) -> str:
    """Which side the holder of a term speaks for: "a", "b", or "" for a third country's or where it is unknown."""
    holder = links.references.document(term.post) or links.references.document(term.official)
    side = site.side_of(holder.party.id) if holder else None
    return side.side if side else ""


def listed(names: list[str]) -> str:
    """A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def lead(meeting: Meeting, site: Site, links: Links) -> str:
    """The editors' summary; without one, a neutral line of what it was and who met whom."""
    if summary := say(meeting.summary):
        return summary
    met = who(meeting, site, links)
    return f"{what(meeting)} {sentence(met)}".rstrip()

"""Meetings in numbers: the list under its years, and the month as a calendar."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.filters.meeting import MeetingFilter
from relations.reading import Item, NotPublished

from . import meeting, parts
from .addresses import address
from .links import Links
from .site import Site
from .words import say

Month = tuple[int, int]
PER_PAGE = 25
# Sunday first: the convention of calendars in both languages on this continent, and of components/month.html.
_WEEKS = calendar.Calendar(calendar.SUNDAY)


def rows(site: Site, listed: MeetingFilter, items: list[Item]) -> list[dict[str, Any]]:
    """The meetings of one page in their order, a group for each year: .year .rows. One query."""
    links = _links(site, items)
    found = []
    for year, group in groupby(items, key=lambda item: item.edition.sort_on.year):
        shown = [meeting.row(site, item, links, with_year=False) for item in group]
        found.append({"year": year, "rows": shown})
    return found


def _links(site: Site, items: list[Item]) -> Links:
    wanted = [ref for item in items for ref in meeting.row_refs(item)]
    return Links(site.reader, site.reader.resolve(wanted, known=items))


def beside(site: Site, listed: MeetingFilter, context: dict[str, Any]) -> dict[str, Any]:
    """The same meetings in other shapes: the list as a calendar file, and the month of the first one shown."""
    calendar_file = reverse("meetings_ics", args=[site.relationship_item.slug])
    first = next((row for group in context["rows"] for row in group["rows"]), None)
    return {
        "downloads": [*context["downloads"], {"label": _("Calendar (.ics)"), "url": calendar_file + listed.query()}],
        "month_url": _month_url(site, first["datetime"]) if first else "",
    }


def _month_url(site: Site, day: str) -> str:
    """The month of a day in ISO 8601; empty where only its year is known."""
    year, _dash, rest = day.partition("-")
    return _url(site, (int(year), int(rest[:2]))) if rest else ""


def _url(site: Site, month: Month) -> str:
    return reverse("meetings_month", args=[site.relationship_item.slug, month])


def month_page(site: Site, month: Month) -> dict[str, Any]:
    """A month with its meetings. Three queries: which months have any, this month's, and what they name.

    Raises NotPublished for a month outside the years of the record, so that there is no endless calendar.
    """
    with_meetings = sorted({each for span in _spans(site) for each in _months(*span)})
    years = {year for year, _month in with_meetings} | {site.today.year}
    if not min(years) <= month[0] <= max(years):
        raise NotPublished
    items = _of_month(site, month)
    if not items:
        site.robots = "noindex"
    links = _links(site, items)
    title = _name(month)
    index = reverse("meetings", args=[site.relationship_item.slug])
    parts.describe(site, _("Meetings, %(month)s") % {"month": title}, _counted(items))
    return {
        "title": title,
        "counted": _counted(items),
        "crumbs": parts.crumbs((_("Meetings"), index)),
        "month": {
            "caption": capfirst(title),
            "weeks": _weeks(site, month, items),
            "prev": _step(site, [each for each in with_meetings if each < month][-1:]),
            "next": _step(site, [each for each in with_meetings if each > month][:1]),
        },
        "rows": [meeting.row(site, item, links, with_year=False) for item in items],
    }


def _counted(items: list[Item]) -> str:
    number = len(items)
    return ngettext("%(n)s meeting in the record.", "%(n)s meetings in the record.", number) % {"n": number}


def _name(month: Month) -> str:
    """February 2021, as it stands inside a sentence."""
    return formats.date_format(datetime.date(*month, 1), "F Y")


def _step(site: Site, months: list[Month]) -> dict[str, str] | None:
    return {"label": capfirst(_name(months[0])), "url": _url(site, months[0])} if months else None


def _spans(site: Site) -> Iterable[tuple[datetime.date, datetime.date]]:
    """The first day of each meeting and the day after its last."""
    meetings = site.reader.live("meeting", relationship=site.relationship_item.id).filter(facets__name="dated")
    return meetings.values_list("facets__holds_from", "facets__holds_until")


def _months(first: datetime.date, until: datetime.date) -> Iterator[Month]:
    """The months that a meeting is shown in; none for one of which only the year is known."""
    if first == datetime.date(first.year, 1, 1) and until == datetime.date(first.year + 1, 1, 1):
        return
    month = (first.year, first.month)
    while month <= _of(until - datetime.timedelta(days=1)):
        yield month
        month = _after(month)


def _of(day: datetime.date) -> Month:
    return day.year, day.month


def _after(month: Month) -> Month:
    return (month[0] + 1, 1) if month[1] == 12 else (month[0], month[1] + 1)


def _of_month(site: Site, month: Month) -> list[Item]:
    """The meetings of a month in order; one that is known to the year only belongs to none."""
    meetings = site.reader.live("meeting", relationship=site.relationship_item.id).filter(
        facets__name="dated",
        facets__holds_from__lt=datetime.date(*_after(month), 1),
        facets__holds_until__gt=datetime.date(*month, 1),
    )
    items = site.reader.items(meetings.order_by("sort_on", "slug", "pk"))
    return [item for item in items if item.document.starts_on.precision != "year"]


def _weeks(site: Site, month: Month, items: list[Item]) -> list[list[dict[str, Any] | None]]:
    """Seven days each, for components/month.html; days of other months are empty."""
    weeks = _WEEKS.monthdatescalendar(*month)
    return [[_day(site, day, items) if _of(day) == month else None for day in week] for week in weeks]


def _day(site: Site, day: datetime.date, items: list[Item]) -> dict[str, Any]:
    """A day with the meetings held on it; a meeting whose day is not known stands in the list only."""
    held = [item for item in items if item.document.starts_on.precision == "day" and _covers(item, day)]
    events = [{"title": say(item.title), "url": address(item, site.reader)} for item in held]
    return {"number": day.day, "today": day == site.today, "events": events}


def _covers(item: Item, day: datetime.date) -> bool:
    return item.document.starts_on.first <= day < item.document.over_on

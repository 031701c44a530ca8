"""Meetings as iCalendar (RFC 5545): one file for each meeting, one for the whole list as filtered.

The same edition gives the same bytes, so a client that asks again sees a change only where there is one.
"""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText, vUri

from relations.documents import Meeting
from relations.filters.meeting import MeetingFilter
from relations.reading import Item, NotPublished
from relations.rendering.addresses import address
from relations.rendering.meeting_words import KINDS, MODES, status
from relations.rendering.pages import public
from relations.rendering.site import Site, public_url
from relations.rendering.words import say

MOST_MEETINGS = 1000  # in one file; what is left out is the oldest, or whatever the order of the list puts last
DESCRIBED = 400  # signs of a description before it is cut between two outcomes
_STATUS = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}


@public("meetings")
def meetings(request, site):
    """The meetings of the list, with the list's own parameters; a bad value is left out, as on the page."""
    listed = MeetingFilter(request.GET, site)
    name = _("Meetings: %(where)s") % {"where": say(site.relationship_item.title)}
    items = site.reader.items(listed.qs[:MOST_MEETINGS])
    return _answer(site, items, name, "meetings")


@public("meetings")
def meeting(request, site, slug):
    """One meeting. NotPublished also where its day is not known: there is nothing to put in a calendar."""
    item = site.reader.item("meeting", slug, relationship=site.relationship_item.id)
    if not _has_day(item.document):
        raise NotPublished
    return _answer(site, [item], say(item.title), item.slug)


def _answer(site: Site, items: list[Item], name: str, file: str) -> HttpResponse:
    response = HttpResponse(file_of(site, items, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    return response


def file_of(site: Site, items: list[Item], name: str) -> bytes:
    """A calendar of these meetings, in their order. No query.

    A meeting of which only the month or the year is known is left out: an entry needs a day, and none is invented.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{_host()}//Bilateral Record//{get_language()[:2].upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name))
    for item in items:
        if _has_day(item.document):
            calendar.add_component(entry(site, item))
    return calendar.to_ical()


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _has_day(document: Meeting) -> bool:
    return document.starts_on.precision == "day"


def entry(site: Site, item: Item) -> Event:
    """One meeting as a VEVENT. Its UID never changes, its SEQUENCE rises with every edition."""
    document: Meeting = item.document
    url = public_url(address(item, site.reader))
    event = Event()
    event.add("uid", f"{item.id}@{_host()}")
    event.add("sequence", max(item.number - 1, 0))
    event.add("dtstamp", _utc(item.live_from))
    event.add("last-modified", _utc(item.live_from))
    _add_time(event, document)
    event.add("summary", _text(say(document.title)))
    if place := say(document.place):
        event.add("location", _text(place))
    event.add("description", _text(_description(site, document, url)))
    event["url"] = vUri(url)
    event.add("status", _STATUS[document.state])
    event.add("categories", _categories(document))
    event.add("transp", "TRANSPARENT")  # a reader's own time is not taken by what two governments do
    return event


def _utc(instant: datetime.datetime) -> datetime.datetime:
    return instant.astimezone(datetime.UTC).replace(microsecond=0)


def _text(words: str) -> vText:
    return vText(words, params={"LANGUAGE": get_language()[:2]})


def _add_time(event: Event, document: Meeting) -> None:
    """Whole days where the hour is not known; else UTC. The end is the first moment after, and never invented."""
    start = document.starts_at
    if start is None:
        event.add("dtstart", document.starts_on.date)
        event.add("dtend", document.over_on)
        return
    event.add("dtstart", start.astimezone(datetime.UTC))
    if document.end_time:
        end = datetime.datetime.combine(document.last_on, document.end_time, tzinfo=start.tzinfo)
        if end > start:
            event.add("dtend", end.astimezone(datetime.UTC))


def _categories(document: Meeting) -> list[str]:
    kind = str(KINDS[document.meeting_kind])
    return [kind] if document.mode == "unspecified" else [kind, str(MODES[document.mode])]


def _description(site: Site, document: Meeting, url: str) -> str:
    """What came of it, as far as there is room, and where to read the rest."""
    lines: list[str] = []
    if document.state in ("postponed", "cancelled"):
        lines.append(" ".join(filter(None, [status(document, site.today).label, say(document.state_reason)])))
    for outcome in filter(None, (say(each.text) for each in document.outcomes)):
        if sum(map(len, lines)) + len(outcome) > DESCRIBED:
            break
        lines.append(outcome)
    return "\n".join([*lines, url])

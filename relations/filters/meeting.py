"""Meetings: by mode, kind, topic, priority, participant, year, range of days, past or upcoming, and words."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from relations.models import ledger

from .base import DatedFilter
from .facets import Facet, Option, RecordFacet, ValueFacet
from .kinds import Search, Sort
from .site import Frame
from .words import cited

MODES = [
    Option("in_person", gettext_lazy("In person"), said=pgettext_lazy("meetings", "in person")),
    Option("virtual", gettext_lazy("Virtual"), said=pgettext_lazy("meetings", "virtually")),
    Option("phone", gettext_lazy("By telephone"), said=pgettext_lazy("meetings", "by telephone")),
    Option("hybrid", gettext_lazy("In person and virtual"), said=pgettext_lazy("meetings", "in person and virtually")),
    Option("unspecified", gettext_lazy("Not stated"), said=pgettext_lazy("meetings", "in a way not stated")),
]
KINDS = [
    Option("bilateral", gettext_lazy("Bilateral meeting"), said=gettext_lazy("bilateral meetings")),
    Option("trilateral", gettext_lazy("Trilateral meeting"), said=gettext_lazy("trilateral meetings")),
    Option("ministerial", gettext_lazy("Ministerial meeting"), said=gettext_lazy("ministerial meetings")),
    Option("visit", gettext_lazy("Visit"), said=gettext_lazy("visits")),
    Option(
        "summit_margin",
        gettext_lazy("On the margin of a summit"),
        said=gettext_lazy("meetings on the margin of a summit"),
    ),
    Option("exchange", gettext_lazy("Exchange of letters"), said=gettext_lazy("exchanges of letters")),
]


def _over(*, upcoming: bool, today: datetime.date) -> Exists:
    """Meetings whose last possible day is over, or is not."""
    dated = ledger.Facet.objects.filter(edition=OuterRef("pk"), name="dated")
    return Exists(dated.filter(holds_until__gt=today) if upcoming else dated.filter(holds_until__lte=today))


def _when(today: datetime.date) -> list[Option]:
    return [
        Option(
            "upcoming",
            pgettext_lazy("meetings", "Upcoming"),
            said=pgettext_lazy("meetings", "upcoming"),
            condition=_over(upcoming=True, today=today),
        ),
        Option(
            "past",
            pgettext_lazy("meetings", "Past"),
            said=pgettext_lazy("meetings", "past"),
            condition=_over(upcoming=False, today=today),
        ),
    ]


class MeetingFilter(DatedFilter):
    """The meetings of one relationship. Calendars of it honor the same parameters."""

    noun = "meeting"
    range_label = gettext_lazy("Date of the meeting")
    range_hint = gettext_lazy("A meeting of several days is included when any day of it falls in the range.")

    q = Search(label=gettext_lazy("Search the meetings"))
    when = Facet("when", label=gettext_lazy("Past or upcoming"), phrase="%(values)s")
    mode = Facet("mode", label=gettext_lazy("Format"), phrase=gettext_lazy("held %(values)s"), options=MODES)
    kind = Facet("meeting_kind", label=gettext_lazy("Kind"), phrase="%(values)s", options=KINDS)
    topic = RecordFacet(
        "topic", kind="topic", label=gettext_lazy("Topic"), phrase=gettext_lazy("about %(values)s"), said=cited
    )
    priority = RecordFacet(
        "priority",
        kind="priority",
        label=gettext_lazy("Priority"),
        phrase=gettext_lazy("serving the priority %(values)s"),
        said=cited,
    )
    participant = RecordFacet(
        "participant",
        kind="official",
        label=gettext_lazy("Participant"),
        phrase=pgettext_lazy("meetings", "with %(values)s"),
    )
    year = ValueFacet("year", label=gettext_lazy("Year"), phrase=gettext_lazy("in %(values)s"))
    sort = Sort(
        {
            "newest": (gettext_lazy("Newest first"), "", ["-sort_on", "-slug", "-pk"]),
            "oldest": (gettext_lazy("Oldest first"), gettext_lazy("oldest first"), ["sort_on", "slug", "pk"]),
        }
    )

    def __init__(self, data: QueryDict, site: Frame) -> None:
        super().__init__(data, site)
        # What is past depends on the day of the page, so these two options cannot be declared with the others.
        self.filters["when"].given = _when(site.reader.day)

    def counted(self, number: int) -> str:
        return ngettext("%(n)s meeting", "%(n)s meetings", number) % {"n": number}

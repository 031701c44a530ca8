"""The map of the public site. ``present`` and ``pages`` stand under the language, ``rooted`` under nothing."""

from collections.abc import Callable

from django.urls import path, register_converter

from relations.feeds import calendars, changes, roots, sitemap, tables
from relations.rendering.addresses import EDITORIAL
from relations.views import (
    facts,
    factsheets,
    history,
    meetings,
    moments,
    officials,
    portraits,
    priorities,
    relationships,
    reports,
    search,
    sources,
    statements,
    topics,
)
from relations.views import (
    pages as static_pages,
)


class MonthConverter:
    """A month in an address: 2021-02."""

    regex = r"\d{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> tuple[int, int]:
        year, month = value.split("-")
        return int(year), int(month)

    def to_url(self, value: tuple[int, int]) -> str:
        return f"{value[0]:04}-{value[1]:02}"


class Sha256Converter:
    """The hash of a content in an address."""

    regex = r"[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MonthConverter, "month")
register_converter(Sha256Converter, "sha256")

# The same in both languages.
media = [
    path("media/portraits/<sha256:sha256>-<int:width>.webp", portraits.show, name="portrait"),
    path(
        "media/officials/<slug:slug>/editions/<int:number>/<int:width>.webp",
        portraits.of_edition,
        name="edition_portrait",
    ),
]


def _past(kind: str, record: str) -> list:
    """Below the page of a record: its history, its editions, and how to cite one."""
    how = {"kind": kind}
    return [
        path(f"{record}history/", history.history, how, name=f"{kind}_history"),
        path(f"{record}editions/<int:number>/", history.edition, how, name=f"{kind}_edition"),
        path(f"{record}editions/<int:number>/cite/", history.cite, how, name=f"{kind}_cite"),
    ]


def _list(address: str, page: Callable, name: str) -> list:
    """The page of a list, and the same list for programs, as filtered."""
    how = {"name": name}
    return [
        path(f"{address}/", page, name=name),
        path(f"{address}.csv", tables.csv, how, name=f"{name}_csv"),
        path(f"{address}.json", tables.json, how, name=f"{name}_json"),
    ]


# For machines, and the door.
rooted = [
    path("", relationships.language_choice, name="language"),
    path("robots.txt", static_pages.robots, name="robots"),
    path("roots.txt", roots.roots, name="roots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    *media,
]

# What readers send: only in the present, so below no other instant.
present = [
    path("report/", reports.form, name="report"),
    path("report/sent/<int:number>/", reports.sent, name="report_sent"),
]

# The same for all relationships. Their first words are reserved: no relationship can have them as its address.
shared = [
    path("", relationships.index, name="relationships"),
    path("search/", search.search, name="search"),
    path("at/", moments.choose, name="moment"),
    path("timemap/", moments.timemap, name="timemap"),
    path("timemap/<path:path>", moments.timemap),
    path("officials/<slug:slug>/", officials.detail, name="official"),
    *_list("sources", sources.index, "sources"),
    path("sources/<slug:slug>/", sources.detail, name="source"),
    path("reports/", reports.index, name="reports"),
    path("reports/<int:number>/", reports.outcome, name="report_outcome"),
    *_past("official", "officials/<slug:slug>/"),
    *_past("source", "sources/<slug:slug>/"),
    *(path(f"{name}/", static_pages.show, {"name": name}, name=name) for name in EDITORIAL),
]

# One relationship, from its home down.
relationship = [
    path("", relationships.home, name="relationship"),
    path("changes/", history.changes, name="changes"),
    path("changes.json", history.changes_json, name="changes_json"),
    path("corrections/", relationships.corrections, name="corrections"),
    path("redactions/", relationships.redacted, name="redactions"),
    path("overdue/", relationships.overdue, name="overdue"),
    *_list("facts", facts.index, "facts"),
    path("facts/<slug:slug>/", facts.detail, name="fact"),
    *_list("meetings", meetings.index, "meetings"),
    path("meetings/<month:month>/", meetings.month, name="meetings_month"),
    path("meetings/<slug:slug>/", meetings.detail, name="meeting"),
    *_list("officials", officials.index, "officials"),
    *_list("priorities", priorities.index, "priorities"),
    path("priorities/<slug:slug>/", priorities.detail, name="priority"),
    *_list("statements", statements.index, "statements"),
    path("statements/<slug:slug>/", statements.detail, name="statement"),
    *_list("fact-sheets", factsheets.index, "factsheets"),
    path("fact-sheets/<slug:slug>/", factsheets.detail, name="factsheet"),
    path("topics/<slug:slug>/", topics.detail, name="topic"),
    # What each of them said before.
    *_past("relationship", ""),
    *_past("fact", "facts/<slug:slug>/"),
    *_past("meeting", "meetings/<slug:slug>/"),
    *_past("priority", "priorities/<slug:slug>/"),
    *_past("statement", "statements/<slug:slug>/"),
    *_past("factsheet", "fact-sheets/<slug:slug>/"),
    *_past("topic", "topics/<slug:slug>/"),
    path("meetings.ics", calendars.meetings, name="meetings_ics"),
    path("meetings/<slug:slug>.ics", calendars.meeting, name="meeting_ics"),
    path("changes.atom", changes.atom, name="changes_atom"),
]


def _below(prefix: str, routes: list) -> list:
    return [path(f"{prefix}{route.pattern}", route.callback, route.default_args, name=route.name) for route in routes]


pages = [*shared, *_below("<slug:relationship>/", relationship)]

# What can be read at another instant, below a prefix of its own: see `relations.rendering.moment`.
urlpatterns = [*media, *pages]

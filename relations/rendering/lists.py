"""A page of a list: the filter form, what is shown in words, the rows, and the way to the other pages.

``context`` makes all of it from a list filter, for templates/list.html; a noun gives its words and its rows::

    @public("facts")
    def index(request, site):
        listed = FactFilter(request.GET, site)
        words = {"title": _("Facts"), "lead": _("Single statements …")}
        return page(request, "fact/list.html", site, lists.context(site, listed, fact.rows, **words))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import NoReverseMatch
from django.utils.text import capfirst

from relations.filters.base import DatedFilter, ListFilter
from relations.filters.kinds import Kind, Search, Since, Until
from relations.reading import Item

from .site import Site

Rows = Callable[[Site, ListFilter, list[Item]], list[Any]]
PER_PAGE = 20


def context(
    site: Site, listed: ListFilter, rows: Rows, *, title: str, lead: str = "", per_page: int = PER_PAGE
) -> dict[str, Any]:
    """Everything that templates/list.html shows. Costs the query of the rows beside those of the filter.

    ``rows`` turns the items of one page into what the noun's template shows, and may ask the reader for the
    records they name: one query more.
    """
    shown = one_page(site, listed, per_page)
    say_what_to_index(site, listed, shown.number)
    return {
        "title": title,
        "lead": lead,
        "listed": listed,
        "filters": form(site, listed, title),
        "chips": listed.chips,
        "rows": rows(site, listed, list(shown)),
        "heading": listed.counted(listed.counts.shown),
        "total": listed.counts.total if listed.applied else None,
        "sentence": f"{capfirst(listed.clauses)}." if listed.clauses else "",
        "downloads": downloads(site, listed),
        **pager(listed, shown),
    }


def say_what_to_index(site: Site, listed: ListFilter, number: int) -> None:
    """Every page of the list, and of what one facet leaves the first; the canonical address says which page it is.

    Of the query string only what is in force counts, in one order. The day in the world is no part of it: that is
    another view of the same page.
    """
    page = [("page", str(number))] if number > 1 else []
    pairs = [pair for pair in listed.pairs() if pair not in listed.kept]
    site.canonical_query = urlencode([*pairs, *page])
    if not (listed.is_simple and number == 1) and (listed.applied or listed.errors):
        site.robots = "noindex"


def one_page(site: Site, listed: ListFilter, per_page: int) -> Page[Item]:
    """The page that was asked for, or the nearest that there is. The number of rows is known already."""
    pages = Paginator(listed.qs, per_page)
    pages.count = listed.counts.shown
    shown = pages.get_page(listed.data.get("page"))
    shown.object_list = site.reader.items(shown.object_list)
    return shown


def pager(listed: ListFilter, shown: Page[Any]) -> dict[str, Any]:
    """For components/pager.html: every address keeps the filters in force and nothing else."""

    def url(number: int) -> str:
        return listed.url(*([("page", str(number))] if number > 1 else []))

    return page_links(shown, url)


def page_links(shown: Page[Any], url: Callable[[int], str]) -> dict[str, Any]:
    """For components/pager.html, where ``url`` knows the address of each page."""
    numbers = shown.paginator.get_elided_page_range(shown.number, on_each_side=1, on_ends=1)
    return {
        "page": shown,
        "page_links": [
            {"number": number, "url": url(number), "current": number == shown.number}
            if isinstance(number, int)
            else {"number": None}
            for number in numbers
        ],
        "prev_url": url(shown.number - 1) if shown.has_previous() else "",
        "next_url": url(shown.number + 1) if shown.has_next() else "",
    }


def form(site: Site, listed: ListFilter, label: str) -> dict[str, Any]:
    """For components/filters.html: opened where something in it needs correcting."""
    search = next((each for each in listed.in_order if isinstance(each, Search)), None)
    rest = [each for each in listed.in_order if each is not search]
    return {
        "action": site.path,
        "label": label,
        "search": search and search.part(),
        "applied": sum(len(each.applied) for each in listed.applied),
        "parts": [_part(listed, each) for each in rest if not isinstance(each, Until)],
        "open": any(each.error for each in rest),
        "hidden": [{"name": name, "value": value} for name, value in listed.kept],
        "clear_url": site.path + (f"?{urlencode(listed.kept)}" if listed.kept else ""),
    }


def _part(listed: ListFilter, each: Kind) -> dict[str, Any]:
    """One control; the two ends of a range are one."""
    if not (isinstance(each, Since) and isinstance(listed, DatedFilter)):
        return each.part()
    ends = [each.part(), listed.filters["to"].part()]
    return {"label": listed.range_label, "hint": listed.range_hint, "fields": ends}


def downloads(site: Site, listed: ListFilter) -> list[dict[str, str]]:
    """The same list, as filtered, for programs; none where there is no such address."""
    found = []
    for extension in ("csv", "json"):
        try:
            url = site.list_url(f"{site.section}_{extension}")
        except NoReverseMatch:
            continue
        found.append({"label": extension.upper(), "url": url + listed.query()})
    return found

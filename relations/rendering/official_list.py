"""The page of all officials of a relationship: counterparts on a day, what shows them, and the list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from relations.filters.official import OfficialFilter
from relations.reading import Item
from relations.search import highlight

from . import loaded, official
from .counterparts import counterparts, in_office, tenures
from .links import Links
from .site import Site

PER_PAGE = 30
RESULTS = "#h-res"


def context(site: Site, listed: OfficialFilter) -> dict[str, Any]:
    """Everything that official/list.html shows. One query beside those of the filter: all officials, read once."""
    everyone = listed.everyone()
    people = [item for item, _left in everyone]
    links = Links(site.reader, site.reader.resolve([], known=[*listed.posts, *people]))
    shown = in_office(site, people, listed.posts, listed.day)

    def row(item: Item) -> dict[str, Any]:
        return marked(official.row(site, item, links), listed.words)

    return {
        **_at_results(
            loaded.context(
                site,
                listed,
                [item for item, left in everyone if left],
                row,
                title=_("Officials"),
                lead=_("Who speaks for each side, arranged by office so that counterparts face each other."),
                per_page=PER_PAGE,
            )
        ),
        "day": listed.day,
        "day_error": listed.filters["on"].error,
        "counterparts": counterparts(site, people, listed.posts, links, listed.day),
        "tenures": tenures(site, shown, links),
    }


def _at_results(context: dict[str, Any]) -> dict[str, Any]:
    """The same page with every way of narrowing the list leading to its results: they stand below the counterparts."""
    for form_or_link, name in [
        (context["filters"], "action"),
        *((chip, "remove_url") for chip in context["chips"]),
        *((link, "url") for link in context["page_links"] if link["number"]),
        (context, "prev_url"),
        (context, "next_url"),
    ]:
        if form_or_link[name]:
            form_or_link[name] += RESULTS
    return context


def marked(row: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """A row with the words of the search marked in the name and in the posts."""
    terms = [{**term, "title": highlight(term["title"], words)} for term in row["terms"]]
    return {**row, "name": highlight(row["name"], words), "terms": terms}

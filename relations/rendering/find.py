"""The page of search: how each kind of record stands among results."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from relations.documents import Document, texts
from relations.filters.find import FindFilter
from relations.reading import Item
from relations.search import excerpt, highlight

from . import lists, parts
from .addresses import address
from .site import Site
from .words import say

ONE = {
    "fact": gettext_lazy("Fact"),
    "priority": gettext_lazy("Priority"),
    "meeting": gettext_lazy("Meeting"),
    "official": gettext_lazy("Official"),
    "statement": gettext_lazy("Statement"),
    "factsheet": gettext_lazy("Fact sheet"),
    "topic": gettext_lazy("Topic"),
    "source": pgettext_lazy("record", "Source"),
    "relationship": gettext_lazy("Relationship"),
}
DATED = {"meeting", "statement", "factsheet", "source"}  # others sort by a date that says little on its own


def context(site: Site, listed: FindFilter) -> dict[str, Any]:
    """Everything that search/results.html shows; no query for results where there are no words to look for."""
    site.robots = "noindex"
    asked = {"listed": listed, "field": listed.filters["q"].part(), "words": listed.filters["q"].applied}
    if not listed.words:
        return {**asked, "hits": [], "kinds": []}
    shown = lists.one_page(site, listed, lists.PER_PAGE)
    return {
        **asked,
        "heading": listed.counted(listed.counts.shown),
        "kinds": _kinds(listed),
        "hits": [hit(site, item, listed.words) for item in shown],
        **lists.pager(listed, shown),
    }


def hit(site: Site, item: Item, words: list[str]) -> dict[str, Any]:
    """One result: its title, where else in it the words stand, its kind and its relationship if there are several."""
    several = len(site.reader.relationships) > 1
    relationship = site.reader.relationship_of(item) if several else None
    return {
        "url": address(item, site.reader),
        "title": highlight(say(item.title), words),
        "lang": item.document.language if item.kind == "source" else "",
        "text": _where(item.document, words),
        "kind": ONE[item.kind],
        "relationship": say(relationship.title) if relationship else "",
        **parts.when(item.edition.sort_on if item.kind in DATED else None),
    }


def _where(document: Document, words: list[str]) -> str:
    """The first text besides the title in which one of the words stands, around it."""
    title = say(document.title)
    said = (say(text) for _path, text in texts(document))
    return next(filter(None, (excerpt(text, words) for text in said if text and text != title)), "")


def _kinds(listed: FindFilter) -> list[dict[str, Any]]:
    """Links to the results of one kind and of all, each with its number; kinds without any are left out."""
    facet = listed.filters["kind"]
    chosen = facet.applied
    drop = (facet.name, chosen[0]) if chosen else None
    numbers = [(option, listed.counts.of(facet, option)) for option in facet.options]
    everything = {"label": _("All"), "count": sum(number for _option, number in numbers), "url": listed.url(drop=drop)}
    found = [
        {
            "label": option.label,
            "count": number,
            "url": listed.url((facet.name, option.value), drop=drop),
            "current": option.value in chosen,
        }
        for option, number in numbers
        if number or option.value in chosen
    ]
    return [{**everything, "current": not chosen}, *found]

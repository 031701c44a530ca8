"""The page of one source with everything that rests on it, and how a source stands in lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from relations.documents import Source
from relations.filters.base import ListFilter
from relations.reading import Item
from relations.search import highlight

from . import parts
from .links import Links
from .site import Site
from .words import say

# Whatever can cite a source, in the order in which the page lists it.
CITING = {
    "fact": gettext_lazy("Facts"),
    "priority": gettext_lazy("Priorities"),
    "meeting": gettext_lazy("Meetings"),
    "statement": gettext_lazy("Statements"),
    "factsheet": gettext_lazy("Fact sheets"),
    "official": gettext_lazy("Officials"),
    "post": gettext_lazy("Posts"),
    "topic": gettext_lazy("Topics"),
    "relationship": gettext_lazy("Relationships"),
    "party": gettext_lazy("Countries"),
}
TITLE_BASES = {
    "page": "",
    "address": gettext_lazy("We did not see its title; this one is taken from its address."),
    "description": gettext_lazy("It has no title of its own; this is our description."),
}


def row(site: Site, item: Item, links: Links, *, words: Iterable[str] = ()) -> dict[str, Any]:
    """One source of a list, for components/sources.html; these words, folded, are marked in its title."""
    source: Source = item.document
    return {
        **parts.source(source.citation, site, links),
        "title": highlight(source.original_title, words),
        "stated_by": speaking(site, source, links),
    }


def rows(site: Site, listed: ListFilter, items: list[Item]) -> list[dict[str, Any]]:
    """The sources of one page of a list. No query: parties are known on every page."""
    links = Links(site.reader, site.reader.resolve([], known=items))
    return [row(site, item, links, words=listed.words) for item in items]


def speaking(site: Site, source: Source, links: Links) -> list[dict[str, Any]]:
    """Whose words it is, for components/stated_by.html. On a shared page no party is one side or the other."""
    parties = [links.references.document(ref) for ref in source.speaks_for]
    sides = {side.id: side.side for side in site.sides}
    return [
        {"side": sides.get(party.id, ""), "code": party.iso3, "name": say(party.name)} for party in parties if party
    ]


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """The page of one source. One query besides the item's own: what cites it, in any relationship."""
    source: Source = item.document
    citing = site.reader.naming(item.id, *CITING).defer("search_en", "search_fr")
    around = site.reader.items(citing.order_by("position", "slug", "pk"))
    links = Links(site.reader, site.reader.resolve([], known=[item, *around]))
    parts.describe(site, source.original_title, say(source.supports) or source.publisher, _work(source))
    return "source/detail.html", {
        "source": source,
        "title": source.original_title,
        "crumbs": parts.crumbs((_("Sources"), reverse("sources"))),
        "title_basis": TITLE_BASES.get(source.title_basis, ""),
        "kind_label": parts.SOURCE_KINDS[source.source_kind],
        "language_label": _language(source.language),
        "published": parts.when(source.published),
        "accessed": parts.when(source.accessed_on),
        "speaking": speaking(site, source, links),
        "supports": say(source.supports),
        "note": say(source.note),
        "groups": _groups(site, around, links),
        "cite": parts.cite(site, item, _("source")),
        "edition": parts.edition(item),
    }


def _language(code: str) -> str:
    try:
        return capfirst(get_language_info(code)["name_translated"])
    except KeyError:
        return _("Another language")


def _groups(site: Site, around: list[Item], links: Links) -> list[dict[str, Any]]:
    """What rests on the source, kind by kind; each with its relationship where there are several."""
    several = len(site.reader.relationships) > 1
    groups = []
    for kind, label in CITING.items():
        found = []
        for each in around:
            if each.kind == kind:
                relationship = site.reader.relationship_of(each) if several else None
                where = say(relationship.title) if relationship else ""
                found.append({**vars(links.item(each)), "kind": where, **parts.when(each.edition.sort_on)})
        if found:
            groups.append({"label": label, "links": found})
    return groups


def _work(source: Source) -> dict[str, Any]:
    """The source as a schema.org CreativeWork."""
    return {
        "@type": "CreativeWork",
        "name": source.original_title,
        "publisher": source.publisher,
        "inLanguage": source.language,
        **({"datePublished": source.published.isoformat} if source.published else {}),
        **({"sameAs": source.url} if source.url else {}),
    }

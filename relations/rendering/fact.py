"""The page of one fact, and how a fact stands in lists.

For other pages: ``row(site, item, links)`` fills components/fact_row.html and, with a label, one entry of
components/figures.html; ``figure(observation)`` says one figure. They cost no query, but a row wants
``row_refs(item)`` resolved before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from relations.documents import Fact, Observation, Ref, citations, refs
from relations.filters.base import ListFilter
from relations.filters.kinds import has
from relations.reading import Item
from relations.search import highlight

from . import fact_history as history
from . import parts
from .figures import shown as figure
from .links import Link, Links
from .site import Site
from .words import partial_date, say

# What is shown of other kinds on a fact's page, and how many of each that merely share a topic.
NAMING = ("factsheet", "relationship", "meeting", "priority", "statement")
EACH = 3

__all__ = ["detail", "figure", "row", "row_refs", "rows"]


def row_refs(item: Item) -> list[Ref]:
    """What a row needs resolved: the topics."""
    return list(item.document.topics)


def row(site: Site, item: Item, links: Links, *, words: Iterable[str] = ()) -> dict[str, Any]:
    """One fact of a list, for components/fact_row.html; these words, folded, are marked in its statement."""
    fact: Fact = item.document
    said = figure(fact.figure) if fact.figure else {"figure": "", "unit": "", "qualifier": "", "label": ""}
    return {
        **said,
        "url": links.item(item).url,
        "text": highlight(say(fact.statement), words),
        "topics": [link.title for link in links.all(fact.topics)],
        "stated_by": parts.stated_by(fact.stated_by, site),
        **parts.when(fact.dated),
    }


def rows(site: Site, listed: ListFilter, items: list[Item]) -> list[dict[str, Any]]:
    """The facts of one page of a list. No query: their topics are the filter's own options."""
    links = Links(site.reader, site.reader.resolve([], known=listed.vocabulary.items))
    return [row(site, item, links, words=listed.words) for item in items]


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """The page of one fact. Two queries besides the item's own: what stands around it, and what all that names."""
    fact: Fact = item.document
    around = _around(site, item)
    needed = [*fact.topics, *(citation.source for citation in citations(fact))]
    needed += [ref for each in around if each.kind == "fact" for ref in row_refs(each)]
    links = Links(site.reader, site.reader.resolve(needed, known=[item, *around]))
    title = say(fact.statement)
    parts.describe(site, title, _summary(fact), _claim(fact, title))
    topics = _topics(site, fact, links)
    return "fact/detail.html", {
        "title": title,
        "description": _summary(fact),
        "crumbs": parts.crumbs((_("Facts"), _index(site)), *((topic.title, topic.url) for topic in topics[:1])),
        "figure": figure(fact.figure) if fact.figure else None,
        "details": _details(site, fact, links),
        "topics": topics,
        "note": say(fact.note),
        "verified": fact.verified,
        "history": [_observed(each, site, links) for each in history.newest_first(fact)],
        "plots": history.plots(fact, site),
        "disagreements": [[_observed(each, site, links) for each in group] for group in history.disagreements(fact)],
        "facts": [row(site, each, links) for each in around if each.kind == "fact"],
        "used": _others([each for each in around if _names(each, item)], links),
        "others": _others([each for each in around if not _names(each, item)], links),
        "sources": parts.sources(citations(fact), site, links),
        "cite": parts.cite(site, item, _("fact")),
        "edition": parts.edition(item),
    }


def _index(site: Site) -> str:
    return reverse("facts", args=[site.relationship_item.slug])


def _around(site: Site, item: Item) -> list[Item]:
    """What names this fact, and a few records that share a topic with it, in one query."""
    reader = site.reader
    chosen = [reader.naming(item.id, *NAMING)]
    shared = has("topic", *(str(ref.id) for ref in item.document.topics))
    for kind, order in (("fact", "position"), ("priority", "position"), ("meeting", "-sort_on")):
        near = reader.live(kind, relationship=item.relationship_id).exclude(record_id=item.id).filter(shared)
        if item.document.topics:
            chosen.append(near.order_by(order, "slug", "pk")[:EACH])
    return reader.items(reader.any_of(*chosen).order_by("position", "slug", "pk"))


def _names(each: Item, item: Item) -> bool:
    return any(ref.id == item.id for ref in refs(each.document))


def _topics(site: Site, fact: Fact, links: Links) -> list[Link]:
    """Its topics, each leading to the facts of that topic."""
    items = [links.references.live(ref) for ref in fact.topics]
    known = sorted(filter(None, items), key=lambda each: (each.edition.position, each.slug))
    return [Link(say(each.title), f"{_index(site)}?topic={each.slug}") for each in known]


def _details(site: Site, fact: Fact, links: Links) -> dict[str, Any]:
    """When, by whom and on what authority: of the figure shown, else of the fact."""
    stating = parts.stated_by(fact.stated_by, site)
    first = fact.figure.source if fact.figure else next(iter(parts.ordered(fact.sources)), None)
    return {
        "as_of": fact.dated and {**parts.when(fact.dated), "precision": fact.dated.precision},
        "stated_by": stating,
        "silent": [side for side in site.sides if side not in stating],
        "source": first and parts.source(first, site, links, locator=fact.figure.locator if fact.figure else ""),
    }


def _observed(observation: Observation, site: Site, links: Links) -> dict[str, Any]:
    """One observation for the table and for components/versus.html."""
    source = parts.source(observation.source, site, links, locator=observation.locator)
    return {
        **figure(observation),
        **parts.when(observation.as_of),
        "stated_by": source["stated_by"],
        "source_label": source["publisher"],
        "source_url": source["url"] or source["external_url"],
        "locator": observation.locator,
        "note": say(observation.note),
        "is_wrong": observation.rank == "deprecated",
    }


def _others(around: list[Item], links: Links) -> list[dict[str, Any]]:
    """Records of other kinds as links with their kind, in the order of kinds; the newest first within one."""
    labels = {
        "relationship": _("Relationship"),
        "factsheet": _("Fact sheet"),
        "priority": _("Priority"),
        "meeting": _("Meeting"),
        "statement": _("Statement"),
    }
    others = [(list(labels).index(each.kind), each) for each in around if each.kind in labels]
    in_order = sorted(others, key=lambda pair: (pair[0], -(pair[1].edition.sort_on or date.min).toordinal()))
    return [
        {**vars(links.item(each)), "kind": labels[each.kind], **parts.when(each.edition.sort_on)}
        for _rank, each in in_order
    ]


def _summary(fact: Fact) -> str:
    """The figure and its date in a line, for machines."""
    said = [figure(fact.figure)["words"]] if fact.figure else []
    return ", ".join([*said, *([partial_date(fact.dated)] if fact.dated else [])]) or say(fact.statement)


def _claim(fact: Fact, title: str) -> dict[str, Any]:
    """The fact as a schema.org Claim, with the publications it appears in."""
    return {
        "@type": "Claim",
        "text": title,
        "publisher": parts.publisher(),
        **({"temporalCoverage": fact.dated.isoformat} if fact.dated else {}),
        "appearance": [
            {
                "@type": "CreativeWork",
                "name": each.cited.title,
                "publisher": each.cited.publisher,
                "url": each.cited.url,
            }
            for each in parts.ordered(citations(fact))
            if each.cited.url
        ],
    }

"""The page of a fact sheet: what was said on one day, line by line, beside what is known now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from relations.documents import CommitmentRef, Fact, Factsheet, Ref, refs
from relations.documents.factsheet import Line
from relations.filters.base import ListFilter
from relations.reading import Item
from relations.search import highlight

from . import fact, figures, meeting, parts, priority, statement
from .links import Links
from .meeting_words import clock_time
from .site import Site
from .words import partial_date, say


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """A fact sheet retold. Two queries besides the item's own: what its lines point at, and what those name."""
    document: Factsheet = item.document
    first = site.reader.resolve(refs(document), known=[item])
    needed = [ref for line in document.lines for ref in _named_by(first.live(line.record))]
    links = Links(site.reader, site.reader.resolve(needed, known=first.items))
    title = say(document.title)
    parts.describe(
        site,
        title,
        say(document.intro),
        {
            "@type": "Report",
            "name": title,
            "datePublished": document.issued_on.isoformat,
            "inLanguage": document.original_language,
            "sourceOrganization": {"@type": "Organization", "name": say(document.issuer)},
        },
    )
    relationship = site.relationship_item.slug
    time = document.issue_time
    return "factsheet/detail.html", {
        "document": document,
        "title": title,
        "crumbs": parts.crumbs((_("Fact sheets"), reverse("factsheets", args=[relationship]))),
        "issued": {**parts.when(document.issued_on), "time": time and clock_time(time), "timezone": document.timezone},
        "sections": [
            {
                "heading": say(section.heading),
                "slug": section.slug,
                "lines": _lines(section.lines, document, site, links),
            }
            for section in document.sections
        ],
        "sources": parts.sources(document.sources, site, links),
        "cite": parts.cite(site, item, _("fact sheet")),
        "edition": parts.edition(item),
    }


def rows(site: Site, listed: ListFilter, items: list[Item]) -> list[dict[str, Any]]:
    """The fact sheets of one page of the list, for factsheet/list.html. No query."""
    links = Links(site.reader, site.reader.resolve([], known=items))
    return [_row(item, links, listed.words) for item in items]


def _row(item: Item, links: Links, words: Iterable[str]) -> dict[str, Any]:
    """A fact sheet in a list; these words, folded, are marked in its title."""
    document: Factsheet = item.document
    return {
        "title": highlight(say(document.title), words),
        "url": links.item(item).url,
        "issuer": say(document.issuer),
        **parts.when(document.issued_on),
    }


def _named_by(item: Item | None) -> list[Ref]:
    if item is None:
        return []
    if item.kind == "statement":
        return statement.quote_refs(item)
    return meeting.row_refs(item) if item.kind == "meeting" else fact.row_refs(item) if item.kind == "fact" else []


def _lines(lines: tuple[Line, ...], sheet: Factsheet, site: Site, links: Links) -> list[dict[str, Any]]:
    """Each line that still may be shown; a withdrawn record stays as its title without a link."""
    found = []
    for line in lines:
        item = links.references.get(line.record)
        if item is not None:
            found.append(_line(line, item, sheet, site, links))
    return found


def _line(line: Line, item: Item, sheet: Factsheet, site: Site, links: Links) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": item.kind, **vars(links.item(item))}
    if item.is_withdrawn:
        return shown
    if isinstance(line.target, CommitmentRef):
        return {**shown, "kind": "commitment", **_commitment(line.target, item, links)}
    if item.kind == "statement":
        return {**shown, "quote": statement.quote(site, item, links)}
    if item.kind == "meeting":
        return {**shown, "row": meeting.row(site, item, links, with_year=True)}
    if item.kind == "priority":
        return {**shown, "row": priority.row(site, item, links)}
    return {**shown, "row": fact.row(site, item, links), **_then_and_now(item.document, sheet)}


def _commitment(ref: CommitmentRef, item: Item, links: Links) -> dict[str, Any]:
    commitment = item.document.commitment(ref)
    link = links.commitment(ref)
    if commitment is None or link is None:
        return {}
    return {
        "title": link.title,
        "url": link.url,
        "status": commitment.status,
        "status_label": priority.STATUSES[commitment.status],
        "since": partial_date(commitment.assessment.as_of) if commitment.assessment else "",
    }


def _then_and_now(document: Fact, sheet: Factsheet) -> dict[str, Any]:
    """The sheet's own figure, and the newest where that is another one; an older one is not called new."""
    then, now = sheet.own_figure(document), document.figure
    if now is None or now.as_of.first <= sheet.issued_on.first:
        return {"then": then and figures.shown(then), "now": None}
    return {"then": then and figures.shown(then), "now": {**figures.shown(now), **parts.when(now.as_of)}}

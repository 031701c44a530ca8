"""The page of one priority, and how a priority stands in lists and on the home page.

For other pages, ``row(site, item, links)`` gives title, summary and framework with ``tally``, the list that
components/tally.html takes ("3 met, 2 in progress"); it costs no query and needs nothing resolved.
``STATUSES`` names the nine statuses of a commitment.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.documents import Commitment, Priority, refs
from relations.filters.priority import PriorityFilter
from relations.models.ledger import Facet
from relations.reading import Item
from relations.search import highlight

from . import commitment as words
from . import fact, loaded, meeting, parts
from .commitment import STATUSES, brief, legend, tally
from .links import Links
from .site import Site
from .words import say

__all__ = ["STATUSES", "detail", "legend", "listing", "row", "tally"]

MOST_FACTS = 5
PER_PAGE = 20


def row(site: Site, item: Item, links: Links, commitments: list[Commitment] | None = None) -> dict[str, Any]:
    """One priority of a list. ``commitments`` are those to show, where a filter leaves fewer than all."""
    priority: Priority = item.document
    url = links.item(item).url
    shown = priority.commitments if commitments is None else commitments
    return {
        "url": url,
        "slug": item.slug,
        "title": say(priority.name),
        "summary": say(priority.summary),
        "framework": say(priority.framework),
        "tally": tally(shown),
        "commitments": [brief(site, each, url) for each in shown],
        "number": len(priority.commitments),
    }


def listing(site: Site, listed: PriorityFilter) -> dict[str, Any]:
    """Everything that priority/list.html shows; no query beside those of the filter."""
    links = Links(site.reader, site.reader.resolve([]))
    found = listed.chosen()

    def shown(chosen: tuple[Item, list[Commitment]]) -> dict[str, Any]:
        item, commitments = chosen
        return marked(row(site, item, links, commitments), listed.words)

    context = loaded.context(
        site,
        listed,
        found,
        shown,
        title=_("Priorities"),
        lead=_("What both sides said they would work on, what they promised, and what shows how far it has come."),
        per_page=PER_PAGE,
    )
    return {**context, "total": None, "heading": _heading(listed, len(found))}


def _heading(listed: PriorityFilter, priorities: int) -> str:
    """How many commitments, of how many, in how many priorities."""
    said = listed.counted(listed.counts.shown)
    if listed.applied:
        said = _("%(shown)s of %(total)s") % {"shown": said, "total": listed.counts.total}
    inside = ngettext("%(n)s priority", "%(n)s priorities", priorities) % {"n": priorities}
    return _("%(commitments)s in %(priorities)s") % {"commitments": said, "priorities": inside}


def marked(row: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """A row with the words of the search marked in its title, its summary and its commitments."""
    commitments = [{**each, "statement": highlight(each["statement"], words)} for each in row["commitments"]]
    titled = {name: highlight(row[name], words) for name in ("title", "summary")}
    return {**row, **titled, "commitments": commitments}


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """The template of a priority's page, and its context. Three queries: who names it, facts, references."""
    priority: Priority = item.document
    reader, home = site.reader, site.relationship_item.slug
    naming = reader.items(reader.naming(item.id, "meeting", "factsheet").order_by("-sort_on", "slug"))
    facts = _facts(site, priority)
    wanted = [ref for each in naming if each.kind == "meeting" for ref in meeting.row_refs(each)]
    wanted += [ref for each in facts for ref in fact.row_refs(each)]
    links = Links(reader, reader.resolve([*refs(priority), *wanted], known=[item, *naming, *facts]))
    page = links.item(item).url
    parts.describe(site, say(priority.name), say(priority.summary), _schema(site, priority, page))
    return "priority/detail.html", {
        "title": say(priority.name),
        "lead": say(priority.summary),
        "framework": say(priority.framework),
        "framework_url": _list(home, "framework", priority.framework_slug) if priority.framework else "",
        "note": say(priority.note),
        "crumbs": parts.crumbs((_("Priorities"), reverse("priorities", args=[home]))),
        "topics": links.all(priority.topics),
        "tally": tally(priority.commitments),
        "commitments": [words.full(site, each, page, links) for each in priority.commitments],
        "facts_url": _facts_url(home, priority, links),
        "facts": [fact.row(site, each, links) for each in facts],
        "meetings": [meeting.row(site, each, links) for each in naming if each.kind == "meeting"],
        "factsheets": [links.item(each) for each in naming if each.kind == "factsheet"],
        "log": words.log(site, priority.commitments, links),
        "legend": legend(),
        "sources": parts.sources(priority.sources, site, links),
        "cite": parts.cite(site, item, _("priority")),
        "edition": parts.edition(item),
    }


def _list(home: str, parameter: str, value: str) -> str:
    """The list of priorities, narrowed to one value."""
    return f"{reverse('priorities', args=[home])}?{parameter}={value}"


def _facts_url(home: str, priority: Priority, links: Links) -> str:
    """The list of facts on any of its topics; empty where none of these is live."""
    topics = [item.slug for ref in priority.topics if (item := links.references.live(ref))]
    return (
        f"{reverse('facts', args=[home])}?{urlencode([('topic', slug) for slug in sorted(topics)])}" if topics else ""
    )


def _facts(site: Site, priority: Priority) -> list[Item]:
    """The newest facts on its topics. One query."""
    topics = [str(topic.id) for topic in priority.topics]
    about = Facet.objects.filter(edition=OuterRef("pk"), name="topic", value__in=topics)
    live = site.reader.live("fact", relationship=site.relationship_item.id).filter(Exists(about))
    return site.reader.items(live.order_by("-sort_on", "position", "slug")[:MOST_FACTS])


def _schema(site: Site, priority: Priority, page: str) -> dict[str, Any]:
    """A schema.org page about a list of actions."""
    actions = [
        {
            "@type": "Action",
            "name": say(each.statement),
            "agent": [{"@type": "Country", "name": side.name} for side in site.sides if _promised(each, side)],
        }
        for each in priority.commitments
    ]
    listed = [{"@type": "ListItem", "position": n, "item": each} for n, each in enumerate(actions, 1)]
    return {
        "@type": "WebPage",
        "name": say(priority.name),
        "description": say(priority.summary),
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(listed), "itemListElement": listed},
    }


def _promised(commitment: Commitment, side: Any) -> bool:
    return any(party.id == side.id for party in commitment.made_by)

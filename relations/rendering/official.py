"""The page of one official, and how officials stand in lists and on the home page.

For the home page, ``counterparts(site, officials, posts, links, day, roles=None)`` gives the rows of
components/counter.html; ``posts`` are the items of ``reader.posts_between(relationship)``, ``officials`` those of
``holders(reader, posts)``: two queries, and none for the rows. ``HOME_ROLES`` are the kinds of post a home shows.
``row(site, item, links)`` is one row of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.documents import Official, Party, Post, Term, fold, refs
from relations.models.ledger import Facet
from relations.reading import Item, Reader, References

from . import fact, meeting, parts
from .counterparts import counterparts, fills, in_office, tenure, tenures
from .links import Link, Links
from .official_words import ROLES, STANDINGS, days, newest_first, title
from .portraits import LIST, portrait, schema
from .site import Site
from .statement import quote, quote_refs
from .words import say

__all__ = [
    "HOME_ROLES", "ROLES", "counterparts", "detail", "holders", "in_office", "row", "tenures",
]  # fmt: skip

HOME_ROLES = ("head_of_government", "foreign_affairs", "defense", "ambassador")
MOST_MENTIONS = 20


def holders(reader: Reader, posts: Iterable[Item]) -> QuerySet:
    """Live officials who hold, or ever held, one of these posts, in no order. No query yet."""
    ids = [str(post.id) for post in posts]
    held = Facet.objects.filter(edition=OuterRef("pk"), name="post", value__in=ids)
    return reader.live("official").filter(Exists(held))


def row(site: Site, item: Item, links: Links) -> dict[str, Any]:
    """One official of a list: name, posts with their days, the side. Wants the posts resolved; costs no query."""
    official: Official = item.document
    terms = [
        {"title": words, "days": days(term), "current": fills(term, site.today)}
        for term in newest_first(official.terms)
        if (words := _title(term, official, links.references))
    ]
    return {
        "url": links.item(item).url,
        "name": official.name,
        "portrait": portrait(site, item, LIST),
        "terms": terms,
        "side": site.side_of(official.party.id),
        "is_current": any(term["current"] for term in terms),
    }


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """The template of an official's page, and its context. Three queries: who names them, mentions, references.

    The address belongs to no relationship: where the official's party is in one alone, the page stands in its frame.
    """
    official: Official = item.document
    reader = site.reader
    ours = [each for each in reader.relationships if official.party in each.document.parties]
    if site.relationship_item is None and len(ours) == 1:
        site.relationship_item = ours[0]
    naming = reader.items(reader.naming(item.id, "statement", "meeting").order_by("-sort_on", "slug"))
    mentions = _mentions(reader, official, naming, ours)
    wanted = [ref for each in naming for ref in (quote_refs if each.kind == "statement" else meeting.row_refs)(each)]
    wanted += [ref for each in mentions if each.kind == "fact" for ref in fact.row_refs(each)]
    references = reader.resolve([*refs(official), *wanted], known=[item, *naming, *mentions])
    links = Links(reader, references)
    lead = _lead(official, references)
    parts.describe(site, official.name, lead, _schema(official, references) | schema(site, item))
    return "official/detail.html", {
        "name": official.name,
        "portrait": portrait(site, item),
        "lead": lead,
        "summary": say(official.summary),
        "crumbs": _crumbs(site, official),
        **_posts(site, official, links),
        "quotes": [quote(site, each, links) for each in naming if each.kind == "statement"],
        "meetings": [meeting.row(site, each, links) for each in naming if each.kind == "meeting"],
        **_mentioned(site, official, mentions, links),
        "key_dates": _key_dates(ours, item, links),
        "sources": parts.sources(_other_sources(official), site, links),
        "cite": parts.cite(site, item, _("official")),
        "edition": parts.edition(item),
    }


def _posts(site: Site, official: Official, links: Links) -> dict[str, Any]:
    """Posts held: the chart, the table, and what shows each term."""
    references = links.references
    party = references.document(official.party)
    shown = [
        (term, post, words)
        for term in newest_first(official.terms)
        if (words := _title(term, official, references))
        for post in [references.document(term.post)]
    ]
    return {
        "tenures": [
            tenure(site, term, party, Link(words), str(ROLES[term.post.role]) if post else "")
            for term, post, words in shown
        ],
        "terms": [_term(site, term, post, words, links) for term, post, words in shown],
    }


def _term(site: Site, term: Term, post: Post | None, words: str, links: Links) -> dict[str, Any]:
    """One term as the table and the list of evidence show it."""
    return {
        "title": words,
        "from": parts.when(term.held_from),
        "until": parts.when(term.last_on),
        "is_current": term.standing == "current",
        "standing": STANDINGS[term.standing],
        "is_verified": term.verified,
        "last_verified": parts.when(term.last_verified) if term.standing == "current" else None,
        "attested": [parts.when(day) for day in sorted(term.attested_on)],
        "note": say(term.note),
        "post_note": say(post.note) if post else "",
        "sources": parts.sources(term.sources, site, links),
    }


def _title(term: Term, official: Official, references: References) -> str:
    """The post as this person holds it; of a withdrawn post its name alone, and nothing of one that is not public."""
    item = references.get(term.post)
    if item is None:
        return ""
    return title(term, references.document(term.post), official, fallback=say(item.title))


def _lead(official: Official, references: References) -> str:
    """The posts held now; without one, the last."""
    terms = [term for term in newest_first(official.terms) if _title(term, official, references)]
    current = [term for term in terms if term.standing == "current"] or terms[:1]
    return "; ".join(
        _("%(post)s, %(days)s") % {"post": _title(term, official, references), "days": days(term)} for term in current
    )


def _crumbs(site: Site, official: Official) -> list[dict[str, str]]:
    """Officials, and those of this party: only where the page stands in the frame of a relationship."""
    if site.relationship_item is None:
        return []
    url = reverse("officials", args=[site.relationship_item.slug])
    pairs = [(_("Officials"), url)]
    if side := site.side_of(official.party.id):
        pairs.append((side.name, f"{url}?party={side.slug}"))
    return parts.crumbs(*pairs)


def _mentions(reader: Reader, official: Official, naming: list[Item], ours: list[Item]) -> list[Item]:
    """Facts and priorities whose words hold the family name, and fact sheets with their words or meetings. One query.

    Facts name nobody by identity, so their words are searched: whole words only, in the language of the page.
    """
    family, language = _family(official), get_language()[:2]
    told = Facet.objects.filter(edition=OuterRef("pk"), name="ref", value__in=[str(each.id) for each in naming])
    by_name = Q(kind__in=("fact", "priority"), **{f"search_{language}__contains": family})
    sheets = Q(Exists(told), kind="factsheet")
    found = reader.live("fact", "priority", "factsheet").filter(
        by_name | sheets, relationship_id__in=[each.id for each in ours]
    )
    whole = re.compile(rf"(?<!\w){re.escape(family)}(?!\w)")
    items = reader.items(found.order_by("-sort_on", "position", "slug")[:MOST_MENTIONS])
    return [each for each in items if each.kind == "factsheet" or whole.search(each.document.search_text(language))]


def _family(official: Official) -> str:
    return fold(official.sort_name.split(",")[0])


def _mentioned(site: Site, official: Official, mentions: list[Item], links: Links) -> dict[str, Any]:
    return {
        "family_name": official.sort_name.split(",")[0],
        "facts": [fact.row(site, each, links) for each in mentions if each.kind == "fact"],
        "priorities": [links.item(each) for each in mentions if each.kind == "priority"],
        "factsheets": [links.item(each) for each in mentions if each.kind == "factsheet"],
    }


def _key_dates(ours: list[Item], item: Item, links: Links) -> list[dict[str, Any]]:
    """The dates of a relationship in which the editors name this official."""
    return [
        {"label": say(each.label), "relationship": links.item(relationship), **parts.when(each.date)}
        for relationship in ours
        for each in relationship.document.key_dates
        if item.id in {ref.id for ref in each.officials}
    ]


def _other_sources(official: Official) -> list[Any]:
    """Every source of the page once: those of the person, and those of the terms."""
    found = {each.source.id: each for each in official.sources}
    for term in official.terms:
        found.update({each.source.id: each for each in term.sources})
    return list(found.values())


def _schema(official: Official, references: References) -> dict[str, Any]:
    """A schema.org Person with a role for each term."""
    party = references.document(official.party)
    data: dict[str, Any] = {"@type": "Person", "name": official.name}
    if official.wikidata:
        data["sameAs"] = f"https://www.wikidata.org/wiki/{official.wikidata}"
    roles = [_role(term, words, party) for term in official.terms if (words := _title(term, official, references))]
    current = [_title(term, official, references) for term in official.terms if term.standing == "current"]
    if current:
        data["jobTitle"] = current[0]
    return {**data, "memberOf": roles} if roles else data


def _role(term: Term, words: str, party: Party | None) -> dict[str, Any]:
    """An OrganizationRole; dates as far as they are known."""
    ends = {"startDate": term.held_from, "endDate": term.last_on}
    found = {"@type": "OrganizationRole", "roleName": words, **{k: v.isoformat for k, v in ends.items() if v}}
    if party:
        found["memberOf"] = {"@type": "GovernmentOrganization", "name": say(party.long_name) or say(party.name)}
    return found

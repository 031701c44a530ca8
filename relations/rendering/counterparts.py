"""Who faces whom on a day: the holders of the posts of two parties, kind by kind, and what shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from relations.documents import Held, Party, Post, Term
from relations.models.dates import PartialDate
from relations.reading import Item

from .links import Link, Links
from .official_words import IN_OFFICE, ROLES, capitalized, recorded, title
from .periods import since
from .site import Site
from .words import partial_date, say


@dataclass(frozen=True)
class Holding:
    """One term of one official in one live post."""

    official: Item
    term: Term
    post: Item


@dataclass(frozen=True)
class Tenure:
    """A term as the chart of the charts library takes it."""

    side: str
    code: str
    party: str
    name: str
    url: str
    title: str
    held_from: PartialDate | None
    held_until: PartialDate | None
    attested: tuple[datetime.date, ...]


def counterparts(
    site: Site,
    officials: Iterable[Item],
    posts: Iterable[Item],
    links: Links,
    day: datetime.date,
    roles: Iterable[str] | None = None,
) -> list[dict[str, Any]]:
    """Rows for components/counter.html: one for each kind of post that either side has, in the order of ROLES.

    ``posts`` are the live posts of the relationship (``reader.posts_between``), ``officials`` everyone who has a
    term in one of them, past holders included: a post that nobody is shown to hold names who was last. ``roles``
    narrows the kinds of post. Costs no query.
    """
    everyone = holdings(officials, posts)
    rows = []
    for role in ROLES if roles is None else roles:
        of_role = [post for post in _in_order(posts) if post.document.role == role]
        if not of_role:
            continue
        row: dict[str, Any] = {"role": ROLES[role], "a": [], "b": []}
        for post in of_role:
            side = site.side_of(post.document.party.id)
            if side:
                terms = [each for each in everyone if each.post.id == post.id]
                row[side.side] += _post(post, terms, links, day)
        rows.append(row)
    return rows


def holdings(officials: Iterable[Item], posts: Iterable[Item]) -> list[Holding]:
    """Every term of these officials in one of these posts, newest start first."""
    by_id = {post.id: post for post in posts}
    found = [
        Holding(official, term, by_id[term.post.id])
        for official in officials
        for term in official.document.terms
        if term.post.id in by_id
    ]
    return sorted(found, key=lambda each: each.term.possible[0] or datetime.date.min, reverse=True)


def in_office(site: Site, officials: Iterable[Item], posts: Iterable[Item], day: datetime.date) -> list[Holding]:
    """The holdings shown to be held on this day, in the order of the counterparts: by role, then side A first."""
    order = {role: place for place, role in enumerate(ROLES)}
    sides = [side.id for side in site.sides]

    def place(each: Holding) -> tuple[int, int, int, str]:
        post: Post = each.post.document
        return order[post.role], sides.index(post.party.id), each.post.edition.position, each.post.slug

    held = [each for each in holdings(officials, posts) if fills(each.term, day)]
    return sorted((each for each in held if each.post.document.party.id in sides), key=place)


def tenures(site: Site, shown: Sequence[Holding], links: Links) -> list[Tenure]:
    """These holdings as rows of the chart "Evidence of office"."""
    found = []
    for each in shown:
        words = title(each.term, each.post.document, each.official.document)
        party = site.side_of(each.post.document.party.id).document
        found.append(tenure(site, each.term, party, links.item(each.official), words))
    return found


def tenure(site: Site, term: Term, party: Party | None, link: Link, words: str) -> Tenure:
    """One row of the chart: a dot for each dated source, its ends where they are known."""
    side = site.side_of(party.id) if party else None
    attested = term.attested_on
    if term.standing == "current" and term.last_verified:
        attested = (*attested, term.last_verified)
    return Tenure(
        side=side.side if side else "",
        code=party.iso3 if party else "",
        party=say(party.name) if party else "",
        name=link.title,
        url=link.url,
        title=words,
        held_from=term.held_from,
        held_until=term.last_on,
        attested=attested,
    )


def _in_order(posts: Iterable[Item]) -> list[Item]:
    return sorted(posts, key=lambda post: (post.edition.position, post.slug))


def fills(term: Term, day: datetime.date) -> bool:
    """Whether sources show the post filled by this term on the day; being named for it is not enough."""
    return term.capacity in IN_OFFICE and term.held_on(day) is Held.YES


def _post(post: Item, terms: Sequence[Holding], links: Links, day: datetime.date) -> list[dict[str, Any]]:
    """Who stands for one post on the day: its holders, or the gap; then those who are named for it."""
    holders = [each for each in terms if fills(each.term, day)]
    # On a day of transition both are shown; a full holder comes before someone who acts.
    holders.sort(key=lambda each: each.term.capacity != "holder")
    named = [each for each in terms if each.term.capacity not in IN_OFFICE and each.term.held_on(day) is Held.YES]
    people = [_person(each, links, day) for each in [*holders, *named]]
    return people if holders else [_gap(post.document, terms, links, day), *people]


def _person(each: Holding, links: Links, day: datetime.date) -> dict[str, Any]:
    link, term = links.item(each.official), each.term
    verified = ""
    # Only what lies after the newest page is inferred; a term with a known end needs no such note.
    if term.standing == "current" and term.last_verified and term.last_verified < day:
        verified = _("Last verified %(date)s") % {"date": partial_date(term.last_verified)}
    return {
        "name": link.title,
        "url": link.url,
        "title": title(term, each.post.document, each.official.document),
        "note": verified,
    }


def _gap(post: Post, terms: Sequence[Holding], links: Links, day: datetime.date) -> dict[str, Any]:
    """An empty post, or one that no source covers on the day: not the same, and never left out."""
    name = say(post.name)
    shown = {"url": "", "muted": True, "title": capitalized(name)}
    for vacancy in post.vacancies:
        if vacancy.held_from.first <= day and (not vacancy.held_until or day < vacancy.held_until.date):
            return {**shown, "name": _("Vacant"), "note": since(vacancy.held_from)}
    return {**shown, "name": _("Not recorded on this day"), "note": _nearest(terms, links, day)}


def _nearest(terms: Sequence[Holding], links: Links, day: datetime.date) -> str:
    """The most recent holder that is known before the day, else the first one after it."""
    known = [(date, each) for each in terms if each.term.capacity in IN_OFFICE for date in recorded(each.term)]

    def on(pair: tuple[Any, Holding]) -> datetime.date:
        """Its first day: what is known to its month may have been so before the day that is asked for."""
        date = pair[0]
        return date.first if isinstance(date, PartialDate) else date

    before = [pair for pair in known if on(pair) <= day]
    if before:
        return _named(_("Last recorded: {name}, {date}"), *max(before, key=on), links)
    if known:
        return _named(_("Recorded later: {name}, {date}"), *min(known, key=on), links)
    return ""


def _named(words: str, date: Any, each: Holding, links: Links) -> str:
    link = links.item(each.official)
    name = format_html('<a href="{}">{}</a>', link.url, link.title) if link.url else link.title
    # A day stays with its month, however narrow the column.
    return format_html(words, name=name, date=format_html('<span class="nobr">{}</span>', partial_date(date)))

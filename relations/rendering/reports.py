"""Readers' reports: what a report can be about, and what is shown of its outcome. Never what the reader wrote."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.documents import DOCUMENTS, Ref
from relations.publishing import reports
from relations.publishing.reports import About, Outcome, State
from relations.reading import Item, Moved, NotPublished, Reader, References, Withdrawn, at
from relations.reading.corrections import Erratum, errata

from . import lists
from .addresses import SHARED, edition_address
from .corrections import said
from .links import Links
from .moment import PAGES, end_of
from .site import Site
from .words import say

PER_PAGE = 50
# A page in a language, today or at the end of a day.
ADDRESS = re.compile(r"/(?:en|fr)(?:/@(\d{4}-\d{2}-\d{2}))?(/.*)")
# What may vary in the address of a page: each of these is looked up, so none can carry words of somebody's own.
LOOKED_UP = {"relationship", "kind", "slug", "number", "name", "month"}


# ---- what a report is about ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Subject:
    """What the form says it is about: all of it empty where that is no page in particular."""

    about: About = field(default_factory=About)
    title: str = ""
    relationship: Item | None = None

    @property
    def url(self) -> str:
        return f"/{get_language()[:2]}{self.about.path}" if self.about.path else ""


def subject(address: str, *, now: datetime.datetime) -> Subject:
    """What a report from this address is about: the page as readers found it now, or on the day that it names.

    Any other address is about nothing in particular: so what is not public cannot be told from what never was, and no
    address brings words of its own onto the page of an outcome.
    """
    found = ADDRESS.fullmatch(address)
    if found is None:
        return Subject()
    try:
        instant = min(end_of(datetime.date.fromisoformat(found[1])), now) if found[1] else now
        return _subject(resolve(found[2], PAGES), found[2], at(instant))
    except (ValueError, OverflowError, Resolver404, NotPublished, Moved, Withdrawn):
        return Subject()


def _subject(match: ResolverMatch, path: str, reader: Reader) -> Subject:
    """Raises what the reader raises."""
    if match.kwargs.keys() - LOOKED_UP:
        raise NotPublished
    within = match.kwargs.get("relationship")
    relationship = reader.relationship(within) if within else None
    kind = match.kwargs.get("kind", match.url_name)
    if kind in DOCUMENTS:
        item = _item(reader, kind, match, relationship)
        path = "/" + edition_address(item, reader).split("/", 2)[2]
        return Subject(About(path, kind, item.id, item.number), say(item.title), relationship)
    if "slug" in match.kwargs:
        raise NotPublished
    return Subject(About(path), "", relationship)


def _item(reader: Reader, kind: str, match: ResolverMatch, relationship: Item | None) -> Item:
    """The record that a page shows, in the edition that it shows."""
    inside = None if kind in SHARED or kind == "relationship" else relationship.id
    slug = match.kwargs.get("slug") or relationship.slug
    if "number" not in match.kwargs:
        return reader.item(kind, slug, relationship=inside)
    for item in reader.editions(kind, slug, relationship=inside):
        if item.number == match.kwargs["number"] and item.has_text:
            return item
    raise NotPublished


# ---- what came of it -----------------------------------------------------------------------------------------------


def outcome(site: Site, found: Outcome) -> dict[str, Any]:
    """For report/outcome.html. Two queries, and two more where there is a correction."""
    corrections = errata(site.reader, id=found.correction_id) if found.correction_id else []
    references = site.reader.resolve([*_refs([found]), *(each.ref for each in corrections)])
    item = references.get(_ref(found.about))
    site.relationship_item = site.reader.relationship_of(item) if item else None
    return {
        "title": _("Report %(number)s") % {"number": found.number},
        **_shown(site, found, references),
        "corrections": [_correction(site, each, references) for each in corrections],
    }


def listing(site: Site, page: str | None) -> dict[str, Any]:
    """For report/list.html: every report that was decided, the newest decision first. Four queries."""
    instant = site.reader.instant
    shown = Paginator(reports.decided(at=instant), PER_PAGE).get_page(page)
    rows = reports.outcomes(shown.object_list, at=instant)
    references = site.reader.resolve(_refs(rows))
    return {
        "title": _("What readers reported"),
        "rows": [_shown(site, each, references) for each in rows],
        "count": shown.paginator.count,
        **lists.page_links(shown, lambda number: f"{site.path}?page={number}" if number > 1 else site.path),
    }


def _shown(site: Site, found: Outcome, references: References) -> dict[str, Any]:
    return {
        "number": found.number,
        "url": reverse("report_outcome", args=[found.number]),
        "received_on": timezone.localdate(found.made_at),
        "decided_on": found.decided_at and timezone.localdate(found.decided_at),
        "state": State(found.state).label,
        "text": say(found.text),
        "about": _about(site, found.about, references),
    }


def _about(site: Site, about: About, references: References) -> dict[str, Any] | None:
    """What may be shown of the page that a report is about; None where that is nothing."""
    if not about.kind:
        url = site.root_url + about.path.lstrip("/")
        return {"title": url, "url": url} if about.path else None
    item = references.get(_ref(about))
    if item is None:
        return None
    link = Links(site.reader, references).item(item)
    edition_url = edition_address(item, site.reader, about.number)
    return {"title": link.title, "url": link.url, "number": about.number, "edition_url": edition_url}


def _correction(site: Site, erratum: Erratum, references: References) -> dict[str, Any]:
    item = references.get(erratum.ref)
    return {**said(erratum), "link": Links(site.reader, references).item(item) if item else None}


def _refs(found: Iterable[Outcome]) -> list[Ref]:
    return [ref for each in found if (ref := _ref(each.about))]


def _ref(about: About) -> Ref | None:
    return Ref(kind=about.kind, id=about.record_id) if about.record_id else None

"""Parts that pages of every noun have: sources, who stated it, how to cite, which edition this is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from relations.documents import Citation, Ref
from relations.models.dates import PartialDate
from relations.reading import Item

from .addresses import cite_address, edition_address, history_address
from .links import Links
from .site import Side, Site, public_url
from .words import isopartial, partial_date, say

SOURCE_KINDS = {
    "official": gettext_lazy("Official"),
    "official_reprint": gettext_lazy("Reprint of an official text"),
    "dataset": gettext_lazy("Data set"),
    "reference": gettext_lazy("Reference work"),
    "news": gettext_lazy("News"),
}
# Which source speaks first: a government's own page before a copy of it, both before a report about it.
_FIRST = list(SOURCE_KINDS)


def stated_by(parties: Iterable[Any], site: Site) -> list[Side]:
    """The sides of this relationship among these party ids, side A first, for components/stated_by.html."""
    ids = set(parties)
    return [side for side in site.sides if side.id in ids]


def ordered(citations: Iterable[Citation]) -> list[Citation]:
    """Citations as readers should meet them: official ones first, then the newest."""

    def rank(citation: Citation) -> tuple[int, int, str]:
        published = citation.cited.published
        age = -published.first.toordinal() if published else 0
        return _FIRST.index(citation.cited.source_kind), age, citation.cited.title

    return sorted(citations, key=rank)


def sources(citations: Iterable[Citation], site: Site, links: Links, *, locator: str = "") -> list[dict[str, Any]]:
    """Citations for components/sources.html, in reading order. The words are those embedded in the document."""
    return [source(citation, site, links, locator=locator) for citation in ordered(citations)]


def source(citation: Citation, site: Site, links: Links, *, locator: str = "") -> dict[str, Any]:
    """One citation for components/sources.html."""
    cited, link = citation.cited, links.to(citation.source)
    return {
        "title": cited.title,
        "lang": cited.language,
        "url": link.url if link else "",
        "external_url": cited.url,
        "publisher": cited.publisher,
        **when(cited.published),
        "kind_label": SOURCE_KINDS[cited.source_kind],
        "locator": locator,
        "stated_by": stated_by((party.id for party in cited.speaks_for), site),
    }


def when(date: PartialDate | datetime.date | None) -> dict[str, str]:
    """A date for people and for machines: ``when`` and ``datetime``; both empty where it is not known."""
    return {"when": partial_date(date), "datetime": isopartial(date)} if date else {"when": "", "datetime": ""}


def crumbs(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    """(label, address) pairs for components/crumbs.html."""
    return [{"label": label, "url": url} for label, url in pairs]


def cite(site: Site, item: Item, what: str) -> dict[str, Any]:
    """How to cite this edition, for components/cite.html. ``what`` names the kind of page in running words.

    Nothing can be cited that has no number yet: a preview has no permanent address.
    """
    said = partial_date(timezone.localtime(item.live_from).date())
    text = _("“%(title)s”, %(what)s, %(site)s, edition %(number)s of %(day)s. SHA-256 %(digest)s…") % {
        "title": say(item.title).strip("“”«»\u00a0\u202f ."),
        "what": what,
        "site": site.name,
        "number": item.number,
        "day": said,
        "digest": item.digest[:12],
    }
    if not item.number or (site.moment and not site.moment.is_past):
        return {"text": text}
    return {
        "text": text,
        "url": site.permanent_url(edition_address(item, site.reader)),
        "forms_url": cite_address(item, site.reader),
        "history_url": history_address(item, site.reader),
        "report_url": site.report_url,
    }


def edition(item: Item) -> str:
    """Which edition this is, in a line for the foot of a page."""
    live = timezone.localtime(item.live_from)
    return pgettext("of a page", "Edition %(number)s, on this site since %(day)s.") % {
        "number": item.number,
        "day": partial_date(live.date()),
    }


def detail_refs(*groups: Iterable[Ref]) -> list[Ref]:
    """Several groups of references as one list, to resolve them all at once."""
    return [ref for group in groups for ref in group]


def describe(site: Site, title: str, description: str, data: dict[str, Any] | None = None) -> None:
    """Tells machines what the page is: Open Graph and schema.org. ``data`` needs no context of its own."""
    site.og_extra = {"og:title": title, "og:description": description}
    if data:
        site.json_ld_data = {"@context": "https://schema.org", "url": public_url(site.path), **data}


def publisher() -> dict[str, str]:
    """This site as a schema.org Organization."""
    return {"@type": "Organization", "name": _("Bilateral Record"), "url": settings.PUBLIC_URL}

"""The page of one statement, and how a statement is quoted elsewhere.

``quote(site, item, links)`` fills components/quote.html; resolve ``quote_refs(item)`` before. It costs no query.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from relations.documents import Ref, Statement, refs
from relations.filters.statement import StatementFilter
from relations.reading import Item

from . import parts
from .addresses import address
from .links import Links, Person
from .site import Site, public_url
from .words import say

BASES = {
    "original": gettext_lazy("Original words"),
    "official": gettext_lazy("Official translation"),
    "our_translation": gettext_lazy("Our translation"),
}
LANGUAGES = {
    "en": gettext_lazy("English"),
    "fr": gettext_lazy("French"),
    "de": gettext_lazy("German"),
    "es": gettext_lazy("Spanish"),
    "uk": gettext_lazy("Ukrainian"),
    "und": gettext_lazy("Another language"),
}


def quote_refs(item: Item) -> list[Ref]:
    """What the quotation alone needs resolved: its speakers and their posts."""
    statement: Statement = item.document
    return [ref for term in statement.speakers for ref in (term.official, term.post)]


def quote(site: Site, item: Item, links: Links, *, linked: bool = True) -> dict[str, Any]:
    """A statement as components/quote.html takes it: the words as they were said, and a labelled translation.

    ``linked`` false leaves out the link to the statement's own page, for that page.
    """
    statement: Statement = item.document
    speaker, others = _speakers(statement, links)
    return {
        **_words(statement),
        "url": address(item, site.reader) if linked else "",
        "speaker": speaker.name if speaker else "",
        "speaker_url": speaker.url if speaker else "",
        "title": speaker.title if speaker else "",
        "others": [{"name": _in_post(other), "url": other.url} for other in others],
        **parts.when(statement.said_on),
    }


def rows(site: Site, listed: StatementFilter, items: list[Item]) -> list[dict[str, Any]]:
    """The statements of one page of the list, for components/quote.html. One query."""
    wanted = [ref for item in items for ref in quote_refs(item)]
    links = Links(site.reader, site.reader.resolve(wanted, known=items))
    return [quote(site, item, links) for item in items]


def _speakers(statement: Statement, links: Links) -> tuple[Person | None, list[Person]]:
    """The first speaker who may be shown, and the others."""
    shown = [person for person in map(links.person, statement.speakers) if person]
    return (shown[0] if shown else None), shown[1:]


def _in_post(person: Person) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


def basis(statement: Statement) -> str:
    """Whose words these are in the active language: a code of BASES."""
    return getattr(statement, f"basis_{get_language()[:2]}")


def _words(statement: Statement) -> dict[str, Any]:
    """The original first where it is on record; then the words in the page's language, with their author.

    Where the words were said in this language (or in both), or where the original was in a third one, only
    this page's words are shown.
    """
    active = get_language()[:2]
    here, there = say(statement.quote), getattr(statement.quote, statement.original_language, "")
    if basis(statement) == "original" or not there or statement.original_language == active:
        return {"text": here, "lang": active, "translation": "", "translation_note": ""}
    note = BASES[basis(statement)]
    return {"text": there, "lang": statement.original_language, "translation": here, "translation_note": note}


def detail(site: Site, item: Item) -> tuple[str, dict[str, Any]]:
    """The template of a statement's page, and its context. One query."""
    statement: Statement = item.document
    links = Links(site.reader, site.reader.resolve(refs(statement), known=[item]))
    said = quote(site, item, links, linked=False)
    words = said["translation"] or said["text"]
    parts.describe(site, say(statement.title), say(statement.context) or words, _schema(statement, links))
    index = reverse("statements", args=[site.relationship_item.slug])
    return "statement/detail.html", {
        "statement": statement,
        "title": say(statement.title),
        "description": say(statement.context) or words,
        "quote": said,
        "glance": _glance(statement, links),
        "context": say(statement.context),
        "note": say(statement.note),
        "crumbs": parts.crumbs((_("Statements"), index)),
        "sources": parts.sources(statement.sources, site, links),
        "cite": parts.cite(site, item, _("statement")),
        "edition": parts.edition(item),
    }


def _glance(statement: Statement, links: Links) -> list[dict[str, Any]]:
    """The summary list: .label, and .text or .links."""
    language = LANGUAGES.get(statement.original_language, "")
    rows = [
        {"label": _("Said on"), "text": parts.when(statement.said_on)["when"]},
        {"label": _("Said in"), "text": language},
        {"label": _("Words on this page"), "text": BASES[basis(statement)]},
        {"label": _("Meeting"), "links": links.all((statement.meeting,)) if statement.meeting else []},
    ]
    return [row for row in rows if row.get("text") or row.get("links")]


def _schema(statement: Statement, links: Links) -> dict[str, Any]:
    """The statement as a schema.org Quotation."""
    spoken = [person for person in map(links.person, statement.speakers) if person]
    return {
        "@type": "Quotation",
        "@id": f"urn:uuid:{statement.id}",
        "text": say(statement.quote),
        "inLanguage": get_language()[:2],
        "dateCreated": parts.when(statement.said_on)["datetime"],
        "spokenByCharacter": [_speaker(person) for person in spoken],
    }


def _speaker(person: Person) -> dict[str, str]:
    data = {"@type": "Person", "name": person.name}
    return {**data, "url": public_url(person.url)} if person.url else data

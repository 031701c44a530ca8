"""What a document is in a table: one row, or one for each of its parts. Texts stand there in both languages.

Each is given the document and the links to what it names, as the reader may show them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from relations.documents import (
    Citation,
    Fact,
    Factsheet,
    Meeting,
    Observation,
    Official,
    Priority,
    Source,
    Statement,
    Text,
)
from relations.documents.factsheet import Line
from relations.reading import Item
from relations.rendering import parts
from relations.rendering.addresses import address, anchor
from relations.rendering.links import Links
from relations.rendering.site import public_url

Row = dict[str, Any]


def fact(document: Fact, _links: Links) -> Iterator[Row]:
    """One row for each observation, so that no figure is without its date and source; one if there is none."""
    for each in document.observations or (None,):
        yield {**_words("statement", document.statement), **_figure(each)}


def factsheet(document: Factsheet, links: Links) -> Iterator[Row]:
    """One row for each line that may still be shown, with the figure of the sheet's own day; one if there is none.

    The source is that of the figure; of other lines that of the sheet, the original before a copy of it.
    """
    base = {
        **_words("title", document.title),
        **_words("issuer", document.issuer),
        "issued_on": document.issued_on.isoformat,
        "original_language": document.original_language,
    }
    lines = [
        {**_words("section", section.heading), **_line(line, item, document, links)}
        for section in document.sections
        for line in section.lines
        if (item := links.references.get(line.record))
    ]
    for line in lines or [_own_source(document)]:
        yield {**base, **line}


def meeting(document: Meeting, _links: Links) -> Iterator[Row]:
    yield {
        **_words("title", document.title),
        "starts_on": document.starts_on.isoformat,
        "last_on": document.last_on.isoformat() if document.until else "",
        "start_time": document.start_time or "",
        "timezone": document.timezone,
        "kind": document.meeting_kind,
        "mode": document.mode,
        "status": document.state,
        **_words("place", document.place),
    }


def official(document: Official, _links: Links) -> Iterator[Row]:
    """One row for each term."""
    for term in document.terms:
        yield {
            "name": document.name,
            "sort_name": document.sort_name,
            "post_kind": term.post.role,
            "capacity": term.capacity,
            "standing": term.standing,
            "held_from": term.held_from.isoformat if term.held_from else "",
            "last_on": term.last_on.isoformat if term.last_on else "",
            "attested_on": " ".join(day.isoformat() for day in term.attested_on),
            "last_verified": term.last_verified or "",
        }


def priority(document: Priority, _links: Links) -> Iterator[Row]:
    """One row for each commitment."""
    for each in document.commitments:
        yield {
            **_words("priority", document.name),
            "commitment": each.slug,
            **_words("statement", each.statement),
            "status": each.status,
            "status_as_of": each.assessment.as_of.isoformat if each.assessment else "",
            "made_on": each.made_on.isoformat if each.made_on else "",
            "due_on": each.due_on.isoformat if each.due_on else "",
        }


def statement(document: Statement, _links: Links) -> Iterator[Row]:
    yield {
        **_words("words", document.quote),
        "original_language": document.original_language,
        "said_on": document.said_on.isoformat,
    }


def source(document: Source, links: Links) -> Iterator[Row]:
    speaking = [links.references.document(party) for party in document.speaks_for]
    yield {
        "title": document.original_title,
        "title_basis": document.title_basis,
        "publisher": document.publisher,
        "kind": document.source_kind,
        "language": document.language,
        "published": document.published.isoformat if document.published else "",
        "speaks_for": " ".join(party.iso3 for party in speaking if party),
        "source_url": document.url,
        "archived_url": document.archived_url,
        "accessed_on": document.accessed_on or "",
        **_words("supports", document.supports),
        **_words("note", document.note),
    }


def _line(line: Line, item: Item, sheet: Factsheet, links: Links) -> Row:
    """What a line says and where that is read; of what was withdrawn, the title without an address."""
    words, figure, url = item.title, None, address(item, links.reader)
    match links.references.document(line.record):
        case Fact() as document:
            figure = sheet.own_figure(document)
        case Statement(quote=quote):
            words = quote
        case Priority() as document if found := document.commitment(line.commitment):
            words, url = found.statement, url + anchor(line.commitment)
    return {
        "line": line.name,
        "line_url": url and public_url(url),
        **_words("text", words),
        **_own_source(sheet),
        **_figure(figure),
    }


def _own_source(sheet: Factsheet) -> Row:
    return next(map(_source, parts.ordered(sheet.sources)), {})


def _words(name: str, text: Text) -> Row:
    return {f"{name}_en": text.en, f"{name}_fr": text.fr}


def _figure(each: Observation | None) -> Row:
    if each is None:
        return {}
    return {
        "value": each.value_date.isoformat if each.value_date else each.value,
        "value_max": each.value_max,
        "unit": each.unit.code,
        "qualifier": each.qualifier,
        "as_of": each.as_of.isoformat,
        **_words("label", each.label),
        **_source(each.source),
    }


def _source(citation: Citation) -> Row:
    cited = citation.cited
    return {"source_title": cited.title, "source_publisher": cited.publisher, "source_url": cited.url}

"""Lists as CSV and JSON: the same records, filters and order as the page of the same address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from relations.documents import Document, Fact, Meeting, Official, Priority, Statement
from relations.filters.base import ListFilter
from relations.filters.fact import FactFilter
from relations.filters.meeting import MeetingFilter
from relations.filters.official import OfficialFilter
from relations.filters.priority import PriorityFilter
from relations.filters.statement import StatementFilter
from relations.reading import Item
from relations.rendering.addresses import address
from relations.rendering.pages import public
from relations.rendering.site import Site, public_url
from relations.sheets import Cell, Sheet, write_csv

Row = dict[str, Any]


def _fact(document: Fact) -> Iterator[Row]:
    """One row for each observation, so that no figure is without its date and source; one if there is none."""
    base = {"statement_en": document.statement.en, "statement_fr": document.statement.fr}
    for each in document.observations or (None,):
        if each is None:
            yield base
            continue
        yield {
            **base,
            "value": each.value_date.isoformat if each.value_date else each.value,
            "value_max": each.value_max,
            "unit": each.unit.code,
            "qualifier": each.qualifier,
            "as_of": each.as_of.isoformat,
            "label_en": each.label.en,
            "label_fr": each.label.fr,
            "source_title": each.source.cited.title,
            "source_publisher": each.source.cited.publisher,
            "source_url": each.source.cited.url,
        }


def _meeting(document: Meeting) -> Iterator[Row]:
    yield {
        "title_en": document.title.en,
        "title_fr": document.title.fr,
        "starts_on": document.starts_on.isoformat,
        "last_on": document.last_on.isoformat() if document.until else "",
        "start_time": document.start_time or "",
        "timezone": document.timezone,
        "kind": document.meeting_kind,
        "mode": document.mode,
        "status": document.state,
        "place_en": document.place.en,
        "place_fr": document.place.fr,
    }


def _official(document: Official) -> Iterator[Row]:
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


def _priority(document: Priority) -> Iterator[Row]:
    """One row for each commitment."""
    for each in document.commitments:
        yield {
            "priority_en": document.name.en,
            "priority_fr": document.name.fr,
            "commitment": each.slug,
            "statement_en": each.statement.en,
            "statement_fr": each.statement.fr,
            "status": each.status,
            "status_as_of": each.assessment.as_of.isoformat if each.assessment else "",
            "made_on": each.made_on.isoformat if each.made_on else "",
            "due_on": each.due_on.isoformat if each.due_on else "",
        }


def _statement(document: Statement) -> Iterator[Row]:
    yield {
        "words_en": document.quote.en,
        "words_fr": document.quote.fr,
        "original_language": document.original_language,
        "said_on": document.said_on.isoformat,
    }


TABLES: dict[str, tuple[type[ListFilter], Callable[[Any], Iterator[Row]]]] = {
    "facts": (FactFilter, _fact),
    "meetings": (MeetingFilter, _meeting),
    "officials": (OfficialFilter, _official),
    "priorities": (PriorityFilter, _priority),
    "statements": (StatementFilter, _statement),
}
KINDS = tuple(TABLES)


@public(on_a_day=True)
def csv(request: HttpRequest, site: Site, kind: str) -> HttpResponse:
    """The list as CSV (RFC 4180, UTF-8 with a mark, so that spreadsheets read the accents)."""
    _filter, to_rows = TABLES[kind]
    rows = [_about(item, site) | row for item in _items(request, site, kind) for row in to_rows(item.document)]
    columns = list(dict.fromkeys(name for row in rows for name in row)) or ["id"]
    sheet = Sheet(kind, columns, ([_cell(row.get(name)) for name in columns] for row in rows))
    response = HttpResponse(write_csv(sheet), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{site.relationship_item.slug}-{kind}.csv"'
    return response


@public(on_a_day=True)
def json(request: HttpRequest, site: Site, kind: str) -> HttpResponse:
    """The list as JSON: every document whole, both languages, with its edition and digest."""
    items = _items(request, site, kind)
    return JsonResponse(
        {
            "relationship": site.relationship_item.slug,
            "kind": TABLES[kind][0].noun,
            "read_at": site.reader.instant.isoformat(),
            "on": site.reader.on and site.reader.on.isoformat(),
            "page": public_url(reverse(kind, args=[site.relationship_item.slug])),
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "count": len(items),
            "items": [_about(item, site) | {"document": _data(item.document)} for item in items],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _items(request: HttpRequest, site: Site, kind: str) -> list[Item]:
    return site.reader.items(TABLES[kind][0](request.GET, site).qs)


def _about(item: Item, site: Site) -> Row:
    return {
        "id": str(item.id),
        "slug": item.slug,
        "url": public_url(address(item, site.reader)),
        "edition": item.number,
        "live_from": item.live_from.isoformat(),
        "digest": item.digest,
    }


def _data(document: Document) -> dict[str, Any]:
    return document.model_dump(mode="json")


def _cell(value: Any) -> Cell:
    """A value as a sheet has it."""
    return value if value is None or isinstance(value, str | int | Decimal) else str(value)

"""Lists as CSV and JSON: the same records, filters and order as the page of the same address."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from relations.documents import Document, Ref
from relations.filters.base import ListFilter
from relations.filters.fact import FactFilter
from relations.filters.factsheet import FactsheetFilter
from relations.filters.meeting import MeetingFilter
from relations.filters.official import OfficialFilter
from relations.filters.priority import PriorityFilter
from relations.filters.source import SourceFilter
from relations.filters.statement import StatementFilter
from relations.reading import Item
from relations.rendering.addresses import address
from relations.rendering.links import Links
from relations.rendering.pages import public
from relations.rendering.site import Site, public_url
from relations.sheets import Cell, Sheet, write_csv

from . import rows
from .rows import Row


@dataclass(frozen=True)
class Table:
    """A list for programs: its filter, what a document is in it, and which records a document's rows speak of."""

    listed: type[ListFilter]
    rows: Callable[[Any, Links], Iterator[Row]]
    names: Callable[[Any], Iterable[Ref]] = lambda document: ()


# By the name of the page's route.
TABLES = {
    "facts": Table(FactFilter, rows.fact),
    "meetings": Table(MeetingFilter, rows.meeting),
    "officials": Table(OfficialFilter, rows.official),
    "priorities": Table(PriorityFilter, rows.priority),
    "statements": Table(StatementFilter, rows.statement),
    "factsheets": Table(FactsheetFilter, rows.factsheet, lambda sheet: (line.record for line in sheet.lines)),
    "sources": Table(SourceFilter, rows.source),
}


@public(on_a_day=True)
def csv(request: HttpRequest, site: Site, name: str) -> HttpResponse:
    """The list as CSV (RFC 4180, UTF-8 with a mark, so that spreadsheets read the accents)."""
    table = TABLES[name]
    items = _items(request, site, table)
    named = (ref for item in items for ref in table.names(item.document))
    links = Links(site.reader, site.reader.resolve(named, known=items))
    found = [_about(item, site) | row for item in items for row in table.rows(item.document, links)]
    columns = list(dict.fromkeys(column for row in found for column in row)) or ["id"]
    sheet = Sheet(name, columns, ([_cell(row.get(column)) for column in columns] for row in found))
    response = HttpResponse(write_csv(sheet), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(site)}"'
    return response


@public(on_a_day=True)
def json(request: HttpRequest, site: Site, name: str) -> HttpResponse:
    """The list as JSON: every document whole, both languages, with its edition and digest."""
    table = TABLES[name]
    items = _items(request, site, table)
    return JsonResponse(
        {
            "relationship": _relationship(site),
            "kind": table.listed.noun,
            "read_at": site.reader.instant.isoformat(),
            "on": site.reader.on and site.reader.on.isoformat(),
            "page": public_url(site.list_url(name)),
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "count": len(items),
            "items": [_about(item, site) | {"document": _data(item.document)} for item in items],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _items(request: HttpRequest, site: Site, table: Table) -> list[Item]:
    return site.reader.items(table.listed(request.GET, site).qs)


def _relationship(site: Site) -> str | None:
    """Whose list it is; None where all relationships share it."""
    return site.relationship_item.slug if site.relationship_item else None


def _file_name(site: Site) -> str:
    """As the address ends, after the relationship: a folder of downloads has many."""
    return "-".join(filter(None, (_relationship(site), posixpath.basename(site.path))))


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

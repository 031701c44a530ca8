"""Records as tables: what an export holds, and what an import takes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from relations.documents import Document
from relations.documents.base import Frozen
from relations.sheets import MARK, Cell, Sheet, write_csv, write_workbook

from .cells import say
from .columns import Table, tables
from .names import Names

DIGITS = 12  # of a digest: enough to tell two copies of one record apart


def version(document: Document) -> str:
    """What a desk copy is known by in a file: another copy has another version."""
    return document.desk_digest[:DIGITS]


def home_of(document: Document) -> UUID | None:
    """The relationship whose records a document names by their address alone."""
    if document.kind == "relationship":
        return document.id
    relationship = getattr(document, "relationship", None)
    return relationship and relationship.id


def workbook(kind: str, documents: Sequence[Document]) -> bytes:
    """Records of one noun as a workbook, with a sheet for each kind of their parts. Raises sheets.Unreadable."""
    names = Names()
    sheets = [Sheet(table.name, table.headings, _rows(table, documents, names)) for table in tables(kind)]
    return write_workbook(sheets)


def csv(table: Table, documents: Sequence[Document]) -> str:
    """One table of these records as CSV, marked as ours."""
    rows = ((table.name, *row) for row in _rows(table, documents, Names()))
    return write_csv(Sheet(table.name, (MARK, *table.headings), rows))


def _rows(table: Table, documents: Iterable[Document], names: Names) -> Iterator[tuple[Cell, ...]]:
    for document in documents:
        home, known_as = home_of(document), version(document)
        own = (names.said("relationship", home, None), document.slug) if len(table.keys) > 1 else (document.slug,)
        for keys, place, part in _parts(document, table.path):
            cells = {
                column.name: say(column, getattr(part, column.field, None), names, home) for column in table.columns
            }
            if table.path:
                cells |= {"position": place, **dict(zip(table.keys, (*own, *keys), strict=True))}
            cells |= {"id": str(part.id), "version": known_as}
            yield tuple(cells.get(name, "") for name in table.headings)


def _parts(whole: Frozen, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int, Frozen]]:
    """Each part at the end of this path, with the addresses of the parts it is in and its place among its like."""
    if not path:
        yield (), 0, whole
        return
    for place, part in enumerate(getattr(whole, path[0]), start=1):
        if len(path) == 1:
            yield (), place, part
        else:
            for keys, inner_place, inner in _parts(part, path[1:]):
                yield (key_of(part), *keys), inner_place, inner


def key_of(part: Frozen) -> str:
    """What parts inside this one name it by: its address, or else its id."""
    return getattr(part, "slug", None) or str(part.id)

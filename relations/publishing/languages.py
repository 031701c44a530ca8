"""Where the French is behind the English: its words were not touched since the English changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max
from pydantic import BaseModel

from relations.documents import Citation, Document, Text, Unit, parse
from relations.models import Record, Revision

from .readiness import label


class _Said(NamedTuple):
    """One text: the path that names parts by their id, the one that counts them, the words."""

    path: str
    counted: str
    text: Text


def behind(before: Document | None, now: Document, already: Sequence[str] = ()) -> list[str]:
    """Where in ``now`` the French is behind, as paths that name parts by their id.

    That is where it is missing beside English words, and where the English changed and the French did not, now or
    in the saves before (``already``). Whatever touches the French brings it up.
    """
    old = {each.path: each.text for each in _said(before)} if before else {}
    return [
        each.path
        for each in _said(now)
        if each.text.en.strip() and _lags(old.get(each.path), each.text, already=each.path in already)
    ]


def _lags(old: Text | None, text: Text, *, already: bool) -> bool:
    if not text.fr.strip():
        return True
    if old is None or old.fr != text.fr:
        return False
    return already or old.en != text.en


def _said(value: Any, path: str = "", counted: str = "") -> Iterator[_Said]:
    """Every text of a document; a part is named by its id, so that moving it changes no path."""
    if isinstance(value, Text):
        yield _Said(path, counted, value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            named = f"{path}:{item.id}" if hasattr(item, "id") else path
            yield from _said(item, named, f"{counted}[{index}]")
    elif isinstance(value, BaseModel) and not isinstance(value, (Citation, Unit)):  # these are kept elsewhere
        for name in type(value).model_fields:
            yield from _said(getattr(value, name), f"{path}.{name}".lstrip("."), f"{counted}.{name}".lstrip("."))


def mark_behind(records: Sequence[Record], documents: Sequence[Document], *, anew: bool) -> None:
    """Sets ``french_behind`` of these records by their documents, which are about to be kept; saves nothing.

    ``anew``: the text comes from elsewhere as a whole, so what stood on the desk before is no measure. One query.
    """
    now = {document.id: document for document in documents}
    before = {} if anew or not records else _last_kept([record.pk for record in records])
    for record in records:
        record.french_behind = behind(before.get(record.pk), now[record.pk], record.french_behind)


def _last_kept(ids: Sequence[UUID]) -> dict[UUID, Document]:
    newest = Revision.objects.filter(record_id__in=ids).order_by().values("record_id").annotate(last=Max("pk"))
    rows = Revision.objects.filter(pk__in=newest.values("last"))
    return {row.record_id: parse(row.kind, row.document) for row in rows}


def where_behind(record: Record, document: Document) -> list[str]:
    """In an editor's words where the French of this desk copy is behind: "statement", "observation 2, label"."""
    lagging = set(record.french_behind)
    return [label(record.KIND, each.counted) for each in _said(document) if each.path in lagging]

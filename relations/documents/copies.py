"""A document once more: the same words under new ids."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from .base import Document, Part, _walk


def copied(document: Document, *, slug: str) -> Document:
    """The same document as one of another record, at this address.

    Children get ids of their own too; what they name of each other leads to the copies, everything else stays.
    """
    own = [document.id, *(value.id for _path, value in _walk(document) if isinstance(value, Part))]
    ids = {old: uuid4() for old in own}
    return type(document).model_validate(_with(document.model_dump(), ids) | {"slug": slug})


def _with(data: Any, ids: dict[UUID, UUID]) -> Any:
    """The same data with these ids in place of those; not in a citation, which says what a source says of itself."""
    if isinstance(data, dict):
        return data if "cited" in data else {name: _with(value, ids) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_with(value, ids) for value in data]
    return ids.get(data, data) if isinstance(data, UUID) else data

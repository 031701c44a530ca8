"""What a list filter needs of the page it is on; ``relations.rendering.site.Site`` is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from relations.reading import Item, Reader


class Frame(Protocol):
    """One page at one instant; without a relationship on the pages that all share."""

    reader: Reader
    path: str
    relationship_item: Item | None

    @property
    def sides(self) -> Sequence[Any]:
        """Side A and side B, each with ``id``, ``slug``, ``name`` and ``in_sentence``; empty on shared pages."""

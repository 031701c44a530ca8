"""A topic of a pack."""

from __future__ import annotations

from relations.documents import Topic

from .fields import Fields
from .pack import Pack


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Topic | None:
    """The topic of this id."""
    fields.drop("in_seed")  # the fact sheet itself says what it names
    return fields.make(
        Topic,
        id=pack.id("topic", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        relationship=pack.relationship_ref,
        name=fields.text("name", required=True),
        description=fields.text("description"),
        sources=pack.citations(fields),
    )

"""A source of a pack."""

from __future__ import annotations

from relations.documents import Source
from relations.models import Source as Row

from .fields import Fields
from .pack import Pack


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Source | None:
    """The source of this id."""
    return fields.make(
        Source,
        id=pack.id("source", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        original_title=fields.words("title", required=True),
        title_basis=fields.choice("title_basis", Row.TitleBasis.values),
        publisher=fields.words("publisher", required=True),
        source_kind=fields.choice("kind", Row.Kind.values),
        language=fields.words("language", required=True),
        url=fields.words("url"),
        published=fields.dated("published"),
        speaks_for=pack.refs(fields, "speaks_for", "party"),
        supports=fields.text("supports"),
        note=fields.text("note"),
        accessed_on=fields.day("accessed_on"),
        archived_url=fields.words("archived_url"),
    )

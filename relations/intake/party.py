"""A country of a pack."""

from __future__ import annotations

from relations.documents import Party

from .fields import Fields
from .pack import Pack

POSTS = ("head_of_state_post", "head_of_government_post", "foreign_affairs_post", "defense_post", "ambassador_post")


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Party | None:
    """The party of this id."""
    fields.drop("flag")  # flags are not shown
    return fields.make(
        Party,
        id=pack.id("party", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        name=fields.text("name", required=True),
        long_name=fields.text("long_name"),
        with_article=fields.text("with_article"),
        capital=fields.text("capital"),
        capital_timezone=fields.zone("capital_timezone"),
        iso2=fields.words("iso2", required=True),
        iso3=fields.words("iso3", required=True),
        iso_numeric=fields.words("iso_numeric"),
        note=fields.text("note"),
        sources=pack.citations(fields),
        **{name: pack.ref(fields, name, "post") for name in POSTS},
    )

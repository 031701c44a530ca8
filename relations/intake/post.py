"""A post of a pack."""

from __future__ import annotations

from relations.documents import Post, Ref
from relations.models import Post as Row

from .fields import Fields
from .pack import Pack


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Post | None:
    """The post of this id."""
    role = fields.choice("kind", Row.Role.values)
    return fields.make(
        Post,
        id=pack.id("post", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        party=pack.ref(fields, "party", "party", required=True),
        accredited_to=_accredited_to(fields, pack, role),
        role=role,
        name=fields.text("name", required=True),
        name_feminine=fields.text("name_feminine"),
        note=fields.text("note"),
        sources=pack.citations(fields),
    )


def _accredited_to(fields: Fields, pack: Pack, role: str) -> Ref | None:
    """What the post says; an ambassador's that says nothing is accredited to the other party of the pack."""
    if "accredited_to" in fields.data:
        return pack.ref(fields, "accredited_to", "party")
    own, sides = fields.data.get("party"), pack.sides
    if role != Row.Role.AMBASSADOR or own not in sides or len(sides) != 2:
        return None
    other = sides[1 - sides.index(own)]
    return Ref(kind="party", id=pack.id("party", other))

"""The relationship that a pack is about, with its map."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from pydantic import ValidationError

from relations.documents import Map, Ref, Relationship
from relations.documents.relationship import KeyDate, KeyFigure

from .fields import Fields, Mapping
from .identity import PartIds
from .pack import Pack


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Relationship | None:
    """The relationship of this id. Its address is made of the names of its parties unless it gives one."""
    fields.drop("topics")  # every topic of a pack belongs to its relationship, in the order of topics.yaml
    pack.refs(fields, "topics", "topic")
    ids = pack.part_ids("relationship", identity)
    party_a, party_b = _parties(fields, pack)
    return fields.make(
        Relationship,
        id=pack.id("relationship", identity),
        slug=fields.words("slug") or _slug(fields, pack),
        position=fields.integer("order", default=place),
        party_a=party_a,
        party_b=party_b,
        title=fields.text("title", required=True),
        short_title=fields.text("short_title"),
        tagline=fields.text("tagline"),
        summary=fields.text("summary", required=True),
        status_on=fields.day("status_date"),
        lead_factsheet=pack.ref(fields, "lead_factsheet", "factsheet"),
        lead_statement=pack.ref(fields, "lead_statement", "statement"),
        key_figures=tuple(_key_figure(part, pack, ids) for part in fields.parts("key_figures")),
        key_dates=tuple(_key_date(part, pack, ids) for part in fields.parts("key_dates")),
        map=_map(identity, pack),
        sources=pack.citations(fields),
    )


def _parties(fields: Fields, pack: Pack) -> tuple[Ref | None, Ref | None]:
    sides = pack.refs(fields, "parties", "party")
    if len(pack.sides) != 2:
        fields.complain("parties", "A relationship has two parties.")
    return (sides[0], sides[1]) if len(sides) == 2 else (None, None)


def _slug(fields: Fields, pack: Pack) -> str:
    parties = [pack.document(fields, "parties", "party", side) for side in pack.sides]
    return "-".join(slugify(party.name.en) for party in parties if party)


def _key_figure(fields: Fields, pack: Pack, ids: PartIds) -> KeyFigure | None:
    return fields.make(
        KeyFigure,
        id=ids.id("key_figures", fields.data.get("fact")),
        fact=pack.ref(fields, "fact", "fact", required=True),
        label=fields.text("label"),
    )


def _key_date(fields: Fields, pack: Pack, ids: PartIds) -> KeyDate | None:
    slug = fields.words("id", required=True)
    return fields.make(
        KeyDate,
        id=ids.id("key_dates", slug),
        slug=slug,
        date=fields.dated("date", precision="precision", required=True),
        label=fields.text("label", required=True),
        facts=pack.refs(fields, "facts", "fact"),
        meetings=pack.refs(fields, "meetings", "meeting"),
        officials=pack.refs(fields, "people", "official"),
        sources=pack.citations(fields),
    )


def _map(identity: str, pack: Pack) -> Map | None:
    """The drawing that map.yaml has for the relationship; its shape is the document's own."""
    for other, fields in pack.tables["maps"].items():
        if other != identity:
            fields.complain("", f"There is no relationship “{other}” in this pack.")
    drawing = pack.tables["maps"].get(identity)
    if drawing is None:
        return None
    try:
        return Map.model_validate(_plain(drawing.data))
    except ValidationError as error:
        for each in error.errors():
            drawing.complain(".".join(map(str, each["loc"])), f"{each['msg']}.")
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value

"""A fact of a pack, with its observations and their units."""

from __future__ import annotations

from relations.documents import Fact, Observation, Unit
from relations.models import Fact as Record
from relations.models import Observation as Row

from .fields import Fields
from .identity import PartIds
from .pack import Pack

DATE_UNIT = "calendar_date"  # its value is itself a date


def unit(code: str, fields: Fields) -> Unit | None:
    """The unit of this code."""
    return fields.make(
        Unit,
        code=code,
        name=fields.text("name", required=True),
        singular=fields.text("name_singular", required=True),
    )


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Fact | None:
    """The fact of this id."""
    fields.drop("in_seed")  # the fact sheet itself says what it names
    ids = pack.part_ids("fact", identity)
    return fields.make(
        Fact,
        id=pack.id("fact", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        relationship=pack.relationship_ref,
        statement=fields.text("statement", required=True),
        topics=pack.refs(fields, "topics", "topic"),
        parties=pack.refs(fields, "parties", "party"),
        rhythm=fields.choice("rhythm", Record.Rhythm.values) if "rhythm" in fields.data else "",
        verified=fields.flag("verified", default=True),
        note=fields.text("note"),
        observations=tuple(_observation(part, pack, ids) for part in fields.parts("observations")),
        sources=pack.citations(fields),
    )


def _observation(fields: Fields, pack: Pack, ids: PartIds) -> Observation | None:
    code = fields.choice("unit", pack.units)
    is_date = code == DATE_UNIT
    value = None if is_date else fields.number("value", required=True)
    highest = None if is_date else fields.number("value_max")
    if value is not None and highest is not None and highest <= value:
        fields.complain("value_max", "The upper value must be above the value.")
    as_of, label = fields.dated("as_of", required=True), fields.text("label")
    source = fields.data.get("source")
    return fields.make(
        Observation,
        id=ids.id("observations", code, as_of and as_of.isoformat, source, label.en),
        value=value,
        value_max=highest,
        value_date=fields.short_date("value") if is_date else None,
        unit=pack.units.get(code),
        qualifier=fields.choice("qualifier", Row.Qualifier.values, default=Row.Qualifier.EXACT),
        as_of=as_of,
        rank=fields.choice("rank", Row.Rank.values, default=Row.Rank.NORMAL),
        source=pack.citation(fields, "source"),
        locator=fields.words("locator"),
        label=label,
        note=fields.text("note"),
    )

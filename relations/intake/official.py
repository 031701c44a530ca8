"""An official of a pack, and the terms. A pack names the last day of a term; the site the day after it."""

from __future__ import annotations

from relations.documents import Official, Term
from relations.models import Official as Row
from relations.models import PartialDate
from relations.models import Term as TermRow

from .fields import Fields
from .identity import PartIds
from .pack import Pack


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Official | None:
    """The official of this id."""
    ids = pack.part_ids("official", identity)
    terms = [_term(part, pack, ids) for part in fields.parts("terms", required=True)]
    return fields.make(
        Official,
        id=pack.id("official", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        party=pack.ref(fields, "party", "party", required=True),
        name=fields.words("name", required=True),
        sort_name=fields.words("sort_name", required=True),
        grammatical_gender=fields.choice("grammatical_gender", Row.Gender.values),
        summary=fields.text("summary"),
        wikidata=fields.words("wikidata"),
        terms=tuple(terms),
        sources=pack.citations(fields),
    )


def _term(fields: Fields, pack: Pack, ids: PartIds) -> Term | None:
    held_from, held_until = fields.dated("start"), _held_until(fields)
    attested_on = fields.days("attested_on")
    standing = fields.choice("status", TermRow.Standing.values)
    capacity = TermRow.Capacity.ACTING if fields.flag("acting") else TermRow.Capacity.HOLDER
    if not held_from and not attested_on:
        fields.complain("start", "Give the start, or a day on which a page shows the person in the post.")
    if held_from and held_until and held_until.date <= held_from.date:
        fields.complain("end", "The term ends before it starts.")
    if held_until and standing == TermRow.Standing.CURRENT:
        fields.complain("end", "A term that is current has no end.")
    first = held_from.isoformat if held_from else min(attested_on, default="")
    return fields.make(
        Term,
        id=ids.id("terms", fields.data.get("post"), first, capacity),
        post=pack.post(fields, "post"),
        capacity=capacity,
        standing=standing,
        held_from=held_from,
        held_until=held_until,
        attested_on=attested_on,
        last_verified=fields.day("last_verified"),
        verified=fields.flag("verified", default=True),
        note=fields.text("note"),
        sources=pack.citations(fields),
    )


def _held_until(fields: Fields) -> PartialDate | None:
    """The day after the last day: of the term where that is known, else of the month or year it ended in."""
    end = fields.dated("end")
    if end is None:
        return None
    return PartialDate(date=end.until, precision=end.precision)

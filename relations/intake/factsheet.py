"""A fact sheet of a pack: an ordered list of what its other records say."""

from __future__ import annotations

from typing import Any

from relations.documents import CommitmentRef, Factsheet
from relations.documents.factsheet import Line, Section
from relations.models.factsheet import TARGETS

from .fields import Fields
from .identity import PartIds
from .pack import Pack


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Factsheet | None:
    """The fact sheet of this id."""
    ids = pack.part_ids("factsheet", identity)
    issued_on, zone = fields.dated("issued_on", required=True), fields.zone("timezone")
    return fields.make(
        Factsheet,
        id=pack.id("factsheet", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        relationship=pack.ref(fields, "relationship", "relationship", required=True),
        title=fields.text("title", required=True),
        issuer=fields.text("issuer", required=True),
        issued_on=issued_on,
        issue_time=fields.local_time("issued_at", on=issued_on.first if issued_on else None, zone=zone),
        timezone=zone,
        original_language=fields.words("original_language", required=True),
        intro=fields.text("intro"),
        translation_note=fields.text("translation_note"),
        sections=tuple(_section(part, pack, ids) for part in fields.parts("sections")),
        note=fields.text("note"),
        sources=pack.citations(fields),
    )


def _section(fields: Fields, pack: Pack, ids: PartIds) -> Section | None:
    slug = fields.words("id", required=True)
    return fields.make(
        Section,
        id=ids.id("sections", slug),
        slug=slug,
        heading=fields.text("heading", required=True),
        lines=tuple(_line(part, pack, ids, slug) for part in fields.parts("items")),
    )


def _line(fields: Fields, pack: Pack, ids: PartIds, section: str) -> Line | None:
    kind = fields.choice("type", TARGETS)
    target: dict[str, Any] = {}
    if kind == "commitment":
        target = {kind: _commitment(fields, pack)}
    elif kind in TARGETS:
        target = {kind: pack.ref(fields, "id", kind, required=True)}
    return fields.make(Line, id=ids.id(f"sections/{section}/lines", kind, fields.data.get("id")), **target)


def _commitment(fields: Fields, pack: Pack) -> CommitmentRef | None:
    """The commitment that is named as priority/commitment."""
    named = fields.words("id", required=True)
    priority, _, slug = named.partition("/")
    ref = pack.named(fields, "id", "priority", priority) if named else None
    if ref is None:
        return None
    if slug not in (pack.records("priority")[priority].data.get("commitments") or {}):
        fields.complain("id", f"There is no commitment “{named}”.")
        return None
    return CommitmentRef(id=pack.part_ids("priority", priority).id("commitments", slug), slug=slug, priority=ref)

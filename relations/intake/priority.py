"""A priority of a pack, with its commitments and the evidence for their status."""

from __future__ import annotations

from collections import Counter

from relations.documents import Assessment, Commitment, Priority, Text
from relations.models import PublicStatus

from .fields import Fields
from .identity import PartIds
from .pack import Pack

# What a pack calls a status → what the site calls it.
STATUSES: dict[str, str] = {
    "proposed": PublicStatus.NOT_STARTED,
    "in_progress": PublicStatus.IN_PROGRESS,
    "met": PublicStatus.MET,
    "not_met": PublicStatus.NOT_MET,
    "unknown": PublicStatus.NOT_ASSESSED,
}


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Priority | None:
    """The priority of this id."""
    fields.drop("in_seed")  # the fact sheet itself says what it names
    ids = pack.part_ids("priority", identity)
    commitments = [_commitment(slug, part, pack, ids) for slug, part in fields.entries("commitments")]
    return fields.make(
        Priority,
        id=pack.id("priority", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        relationship=pack.relationship_ref,
        name=fields.text("name", required=True),
        summary=fields.text("summary"),
        framework=_framework(commitments) if fields.flag("roadmap_pillar") else Text(),
        topics=pack.refs(fields, "topics", "topic"),
        commitments=tuple(commitments),
        note=fields.text("note"),
        sources=pack.citations(fields),
    )


def _framework(commitments: list[Commitment | None]) -> Text:
    """The plan that most commitments of a pillar were made in."""
    named = Counter(each.made_in for each in commitments if each and each.made_in)
    return named.most_common(1)[0][0] if named else Text()


def _commitment(slug: str, fields: Fields, pack: Pack, ids: PartIds) -> Commitment | None:
    return fields.make(
        Commitment,
        id=ids.id("commitments", slug),
        slug=slug,
        statement=fields.text("statement", required=True),
        made_by=pack.refs(fields, "by", "party"),
        made_at=pack.ref(fields, "made_at_meeting", "meeting"),
        made_on=fields.dated("made_on"),
        made_in=fields.text("made_in"),
        due_on=fields.dated("due"),
        assessments=_assessments(slug, fields, pack, ids),
        note=fields.text("note"),
        sources=pack.citations(fields),
    )


def _assessments(slug: str, fields: Fields, pack: Pack, ids: PartIds) -> tuple[Assessment | None, ...]:
    """Each piece of evidence; the one of the day of the status carries it, or else the last."""
    status = STATUSES.get(fields.choice("status", STATUSES), "")
    as_of, evidence = fields.dated("status_as_of"), list(fields.parts("evidence"))
    if status != PublicStatus.NOT_ASSESSED:
        if not evidence:
            fields.complain("evidence", "A status needs the evidence that shows it.")
        if as_of is None:
            fields.complain("status_as_of", "A status needs the day that it is given for.")
    elif as_of and not evidence:
        fields.complain("status_as_of", "There is no evidence of that day.")
    day = fields.data.get("status_as_of")
    carries = [index for index, part in enumerate(evidence) if day and part.data.get("date") == day]
    bearer = carries[-1] if carries else len(evidence) - 1
    made = []
    for index, part in enumerate(evidence):
        gives = {"status": status, "as_of": as_of} if as_of and index == bearer else {}
        made.append(_assessment(slug, part, pack, ids, **gives))
    return tuple(made)


def _assessment(slug: str, fields: Fields, pack: Pack, ids: PartIds, **gives: object) -> Assessment | None:
    source, day = fields.data.get("source"), fields.data.get("date")
    return fields.make(
        Assessment,
        id=ids.id(f"commitments/{slug}/assessments", source, day or "undated"),
        source=pack.citation(fields, "source"),
        evidence_on=fields.day("date"),
        finding=fields.text("note", required=True),
        **gives,
    )

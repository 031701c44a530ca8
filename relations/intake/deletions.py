"""What an editor removed and a pack still names: said as a problem before the database would refuse it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from relations.documents import CommitmentRef, Document, Factsheet, Meeting, Statement, TermRef, refs

from .problems import Problem

if TYPE_CHECKING:
    from .plan import Step

# Kind → the parts of it that other records name.
NAMED_PARTS = {"official": "terms", "priority": "commitments"}


def named_parts(document: Document) -> tuple:
    """The parts of a document that others may name."""
    return getattr(document, NAMED_PARTS.get(document.kind, ""), ())


def dangling(steps: Iterable[Step]) -> Iterator[Problem]:
    """Every record to be written that names something an editor has removed."""
    steps = list(steps)
    kept = [step for step in steps if step.action.value == "kept"]
    gone = {step.document.id: step for step in kept if step.desk is None}
    lost: dict[UUID, Step] = {}
    for step in kept:
        here = {part.id for part in named_parts(step.desk)} if step.desk else set()
        lost |= {part.id: step for part in named_parts(step.document) if part.id not in here}
    for step in steps:
        if step.action.value in ("create", "change"):
            named = {ref.id for ref in refs(step.document)}
            missing = [gone[key] for key in named & gone.keys()]
            missing += [lost[key] for key in set(_part_refs(step.document)) & lost.keys()]
            for other in missing:
                yield Problem(step.place.file, step.place.record, "", _message(other), step.place.line)


def _message(other: Step) -> str:
    title = other.document.title.en
    if other.desk is None:
        return f"It names “{title}”, which an editor has deleted."
    return f"It names a part of “{title}” that an editor has removed."


def _part_refs(document: Document) -> Iterator[UUID]:
    named: list[TermRef | CommitmentRef | None] = []
    if isinstance(document, Meeting):
        named = [each.term for each in document.participants]
    elif isinstance(document, Statement):
        named = list(document.speakers)
    elif isinstance(document, Factsheet):
        named = [line.commitment for section in document.sections for line in section.lines]
    return (ref.id for ref in named if ref)

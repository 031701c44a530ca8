"""The plan: what loading a pack would do to each record, before anything is done.

Three ways meet in every record: what the pack says now, what the last pack said, and what the desk has. An
editor's change since the last pack is never overwritten.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from relations.documents import Document, Unit, freeze_all
from relations.models import BY_KIND, RECORDS, Edition, RelationshipRecord, Revision
from relations.publishing import last_from_pack

from .deletions import dangling
from .pack import Pack
from .problems import Place, Problem
from .units import changed_units


class Action(enum.Enum):
    """What happens to a record."""

    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    KEEP = "kept"


@dataclass(frozen=True)
class Step:
    """What happens to one record; why, where an editor's work is kept; and what the desk has, if anything."""

    action: Action
    document: Document
    place: Place
    reason: str = ""
    desk: Document | None = None


@dataclass
class Plan:
    """Every record of a pack with what happens to it, and what stands in the way."""

    pack: Pack
    steps: list[Step]
    units: list[Unit] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # How many records an earlier pack brought to this relationship that this one no longer has. They are left alone.
    missing: int = 0
    # Records on the desk exactly as the pack has them that were never published.
    waiting: frozenset[UUID] = frozenset()

    def of(self, *actions: Action) -> list[Step]:
        """The steps with one of these actions."""
        return [step for step in self.steps if step.action in actions]

    @property
    def written(self) -> list[Step]:
        """The records that the desk gets anew."""
        return self.of(Action.CREATE, Action.CHANGE)

    @property
    def published(self) -> list[Step]:
        """The records that go live: those written, and those that wait."""
        return [
            step
            for step in self.steps
            if step.action in (Action.CREATE, Action.CHANGE) or step.document.id in self.waiting
        ]

    def counts(self) -> dict[str, Counter[Action]]:
        """How many records of each kind meet each action."""
        found: dict[str, Counter[Action]] = {}
        for step in self.steps:
            found.setdefault(step.document.kind, Counter())[step.action] += 1
        return found


def make_plan(pack: Pack) -> Plan:
    """What loading this pack would do. Reads the desk and the ledger, and writes nothing."""
    ids = list(pack.documents)
    rows = [row for model in RECORDS for row in model.objects.filter(pk__in=ids)]
    desk = {document.id: document for document in freeze_all(rows)}
    known = _Ledger(ids)
    steps = [_step(document, pack.places[key], desk.get(key), known) for key, document in pack.documents.items()]
    plan = Plan(pack, steps)
    plan.units, plan.notices = changed_units(pack.units)
    unpublished = {step.document.id for step in plan.of(Action.SAME)} - known.published
    plan.waiting = frozenset(unpublished)
    plan.missing = _missing(pack)
    plan.problems = [*_taken_addresses(plan.of(Action.CREATE, Action.CHANGE), pack), *dangling(plan.steps)]
    return plan


def _missing(pack: Pack) -> int:
    """How many records of this relationship came from a pack and are not in this one."""
    relationship = pack.relationship_ref.id
    missing = [
        key
        for model in RECORDS
        if issubclass(model, RelationshipRecord)
        for key in model.objects.filter(relationship_id=relationship).values_list("pk", flat=True)
        if key not in pack.documents
    ]
    loaded = Revision.objects.filter(record_id__in=missing, origin=Revision.Origin.PACK)
    return loaded.values("record_id").distinct().count()


class _Ledger:
    """What the ledger knows about these records. Three queries."""

    def __init__(self, ids: list[UUID]) -> None:
        editions = Edition.objects.filter(record_id__in=ids)
        self.published = set(editions.values_list("record_id", flat=True))
        open_ended = editions.filter(live_until=None, is_tombstone=True)
        self.withdrawn = set(open_ended.values_list("record_id", flat=True))
        loaded = Revision.objects.filter(record_id__in=ids, origin=Revision.Origin.PACK)
        self.loaded = set(loaded.values_list("record_id", flat=True))


def _step(document: Document, place: Place, desk: Document | None, known: _Ledger) -> Step:
    """The three-way comparison of one record."""
    if desk is None:
        if document.id in known.loaded | known.published:
            return Step(Action.KEEP, document, place, "an editor has deleted it")
        return Step(Action.CREATE, document, place)
    if desk.desk_digest == document.desk_digest:
        return Step(Action.SAME, document, place, desk=desk)
    base = last_from_pack(document.id)
    if base is None or base.desk_digest != desk.desk_digest:
        return Step(Action.KEEP, document, place, _who_changed(document.id), desk)
    if document.id in known.withdrawn:
        return Step(Action.KEEP, document, place, "an editor has withdrawn it from the site", desk)
    return Step(Action.CHANGE, document, place, desk=desk)


def _who_changed(record: UUID) -> str:
    """Who changed the desk copy since the last pack, as far as it is known."""
    revisions = Revision.objects.filter(record_id=record).exclude(origin=Revision.Origin.PACK)
    last = revisions.select_related("made_by").order_by("made_at", "pk").last()
    if last is None:
        return "it was changed on the desk"
    who = last.made_by.get_username() if last.made_by else "an editor"
    return f"{who} changed it on {last.made_at:%Y-%m-%d}"


def _taken_addresses(steps: Iterable[Step], pack: Pack) -> Iterator[Problem]:
    """Addresses that another record on the desk has."""
    by_kind: dict[str, dict[str, Step]] = {}
    for step in steps:
        by_kind.setdefault(step.document.kind, {})[step.document.slug] = step
    for kind, wanted in by_kind.items():
        rows = BY_KIND[kind].objects.filter(slug__in=wanted).exclude(pk__in=list(pack.documents))
        if hasattr(BY_KIND[kind], "relationship"):
            rows = rows.filter(relationship_id=pack.relationship_ref.id)
        for slug in rows.values_list("slug", flat=True):
            place = wanted[slug].place
            message = f"Another record on the desk already has the address “{slug}”."
            yield Problem(place.file, place.record, "slug", message, place.line)

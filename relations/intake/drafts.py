"""Planning an import: an editor's files become steps on the desk, drafts all of them. Nothing is published.

Tables say what changes; documents say a record whole. Unlike a content pack, an import was asked for by somebody who
sees what it will change: so it changes what others wrote, but never what they wrote since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from relations.documents import Document, freeze_all
from relations.documents.base import Frozen, Part
from relations.documents.desk import shape
from relations.models import BY_KIND, RelationshipRecord
from relations.sheets import Unreadable, read_csv, read_workbook

from .embedded import settled
from .limits import broken_constraints, broken_rules
from .papers import Paper, read_papers
from .plan import Action, Step
from .problems import Log, Place, Problem
from .read import BUILDERS
from .tables.build import Building, stale
from .tables.columns import table_named
from .tables.export import home_of, version
from .tables.gather import Draft, Gathering, Source
from .tables.names import Names
from .writing import Progress

WORKBOOKS, TEXTS, PAPERS = (".xlsx",), (".csv", ".tsv", ".txt"), (".json", ".yaml", ".yml")
FORMATS = WORKBOOKS + TEXTS + PAPERS
AT_ONCE = 500  # records that are read from the desk together
OFTEN = 20  # records between two words on how far it has come


@dataclass
class DraftPlan:
    """What an import would do, and what keeps it from being done."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def plan_drafts(files: Mapping[str, bytes], *, table: str = "") -> Iterator[Progress | DraftPlan]:
    """Yields how far it has come, and at last the plan of importing these files, by name.

    ``table`` names the table of CSV files that do not say it themselves. Reads the desk and writes nothing.
    """
    planning = _Planning()
    sources: list[Source] = []
    papers: list[Paper] = []
    for done, (name, data) in enumerate(files.items()):
        yield Progress(_("Reading"), done, len(files))
        if name.lower().endswith(PAPERS):
            papers += read_papers(name, data, planning.problems)
        else:
            sources += planning.sheets(name, data, table)
    drafts = Gathering(planning.names, planning.problems).gather(sources)
    papers = [paper for paper in papers if planning.expect(paper)]
    yield from planning.freeze([(each.table.kind, each.id) for each in drafts])
    yield from planning.freeze([(each.document.kind, each.document.id) for each in papers])
    order = list(BUILDERS)
    every: list[Draft | Paper] = sorted([*drafts, *papers], key=lambda each: order.index(_kind(each)))
    for done, each in enumerate(every, start=1):
        planning.take(each)
        if done % OFTEN == 0 or done == len(every):
            yield Progress(_("Comparing"), done, len(every))
    planning.refuse_borrowed_ids()
    planning.problems.sort(key=lambda problem: (problem.file, problem.line))
    yield DraftPlan(planning.steps, planning.problems)


def _kind(each: Draft | Paper) -> str:
    return each.table.kind if isinstance(each, Draft) else each.document.kind


class _Planning:
    """One plan in the making."""

    def __init__(self) -> None:
        self.names = Names()
        self.problems: list[Problem] = []
        self.steps: list[Step] = []
        self.building = Building(self.names, self.problems)
        self.desk: dict[UUID, Document] = {}
        self.named: set[UUID] = set()

    def sheets(self, name: str, data: bytes, table: str) -> list[Source]:
        """The sheets of one file; a file that cannot be read is a problem."""
        try:
            if name.lower().endswith(WORKBOOKS):
                found = read_workbook(data)
                return [Source(f"{name}, {each.name}" if len(found) > 1 else name, each, None) for each in found]
            return [Source(name, read_csv(data), table_named(table))]
        except Unreadable as error:
            self.problems.append(Problem(name, "", "", str(error)))
            return []

    def expect(self, paper: Paper) -> bool:
        """Makes the name of a document known before any is read; false, with the reason noted, if it cannot be."""
        document, log = paper.document, Log(paper.place, self.problems)
        of_one = issubclass(BY_KIND[document.kind], RelationshipRecord)
        home = home_of(document) if of_one else None
        taken = self.names.find(document.kind, home, document.slug)
        if document.id in self.named:
            log.add("", _("This record is there twice."))
        elif taken and taken != document.id:
            log.add("slug", _("Another record has this address."))
        else:
            self.named.add(document.id)
            self.names.expect(document.kind, document.id, home, document.slug)
        return not log.broken

    def freeze(self, found: Iterable[tuple[str, UUID]]) -> Iterator[Progress]:
        """Reads the desk copies of these records, as far as there are any."""
        by_kind: dict[str, list[UUID]] = defaultdict(list)
        for kind, identity in found:
            by_kind[kind].append(identity)
        for kind, ids in by_kind.items():
            for start in range(0, len(ids), AT_ONCE):
                yield Progress(_("Reading the desk"), start, len(ids))
                rows = list(BY_KIND[kind].objects.filter(pk__in=ids[start : start + AT_ONCE]))
                self.desk |= {document.id: document for document in freeze_all(rows)}

    # ---- one record --------------------------------------------------------------------------------------------------

    def take(self, each: Draft | Paper) -> None:
        """Adds the step of one record, or what is wrong with it."""
        if isinstance(each, Draft):
            base = self.desk.get(each.id)
            document = self.building.build(each, base)
            place = Place(each.line.file, each.line.record, each.line.row.number)
        else:
            base, place = self.desk.get(each.document.id), each.place
            document = self._settled(each, base)
        if document is None:
            return
        if base is None:
            action = Action.CREATE
        else:
            action = Action.SAME if base.desk_digest == document.desk_digest else Action.CHANGE
        self.steps.append(Step(action, document, place, desk=base))

    def _settled(self, paper: Paper, base: Document | None) -> Document | None:
        log = Log(paper.place, self.problems)
        document, missing = settled(paper.document, self.names)
        for path, message in missing:
            log.add(path, message)
        if document is None:
            return None
        if document != base:
            for path, message in broken_rules(document, names={}):
                log.add(path, message)
            for path, value, model in _values(document, BY_KIND[document.kind], ""):
                for message in broken_constraints(value, model):
                    log.add(path, message)
        if base and base.desk_digest != document.desk_digest and paper.version not in ("", version(base)):
            log.add("version", stale())
        if log.broken:
            return None
        self.names.add(document)
        return document

    # ---- all together ------------------------------------------------------------------------------------------------

    def refuse_borrowed_ids(self) -> None:
        """Ids of new records and parts that something else already has: writing them would take it from there."""
        new: dict[type[models.Model], dict[UUID, Place]] = defaultdict(dict)
        for step in self.steps:
            known = {value.id for _path, value, _model in _values(step.desk, BY_KIND[step.document.kind], "")}
            for _path, value, model in _values(step.document, BY_KIND[step.document.kind], ""):
                if value.id in known:
                    continue
                if value.id in new[model]:
                    self._borrowed(step.place)
                new[model][value.id] = step.place
        for model, places in new.items():
            others = BY_KIND.values() if model in BY_KIND.values() else (model,)
            for other in others:
                for identity in _there(other, list(places)):
                    self._borrowed(places[identity])

    def _borrowed(self, place: Place) -> None:
        message = _("Another record or part has this id. Leave it empty for something new.")
        self.problems.append(Problem(place.file, place.record, "id", message, place.line))


def _there(model: type[models.Model], ids: list[UUID]) -> Iterator[UUID]:
    for start in range(0, len(ids), AT_ONCE):
        yield from model.objects.filter(pk__in=ids[start : start + AT_ONCE]).values_list("pk", flat=True)


def _values(
    value: Frozen | None, model: type[models.Model], path: str
) -> Iterator[tuple[str, Any, type[models.Model]]]:
    """A record and every part of it, with its path and the model of its row."""
    if value is None:
        return
    yield path, value, model
    for name, (many, held) in shape(type(value)).items():
        if many and isinstance(held, type) and issubclass(held, Part):
            related = model._meta.get_field(name).related_model
            for index, part in enumerate(getattr(value, name)):
                yield from _values(part, related, f"{path}.{name}[{index}]".strip("."))

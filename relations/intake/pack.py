"""A pack while it is being turned into documents: what its records may name, and what they are called."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from relations.documents import Citation, Document, Held, Official, PostRef, Ref, Source, Term, TermRef, Unit, freeze
from relations.models import BY_KIND

from .fields import Fields
from .files import FILES, Tables, read_files
from .identity import SHARED, PartIds, record_id
from .problems import Place, Problem

# Kind → the table of the pack that holds it.
TABLES = {
    "party": "parties",
    "source": "sources",
    "post": "posts",
    "official": "people",
    "relationship": "relationships",
    "topic": "topics",
    "fact": "facts",
    "meeting": "meetings",
    "priority": "priorities",
    "statement": "statements",
    "factsheet": "factsheets",
}


class Pack:
    """The records of one folder, and the documents made of them so far.

    A record may name records of the pack, and of the kinds that all relationships share also those on the desk.
    """

    def __init__(self, name: str, tables: Tables, problems: list[Problem]) -> None:
        self.name = name
        self.tables = tables
        self.problems = problems
        self.units: dict[str, Unit] = {}
        self.documents: dict[UUID, Document] = {}
        self.places: dict[UUID, Place] = {}
        self._desk: dict[UUID, Document | None] = {}
        unread = {problem.file.removesuffix(".yaml") for problem in problems if not problem.record}
        self._unread = {table for stem in unread for table in FILES.get(stem, ())}
        if len(tables["relationships"]) != 1 and "relationships" not in self._unread:
            problems.append(Problem("relationship.yaml", "", "relationships", "A pack is about one relationship."))
        self.relationship = next(iter(tables["relationships"]), "")

    def records(self, kind: str) -> dict[str, Fields]:
        """The records of one kind, by id, in the order of the file."""
        return self.tables[TABLES[kind]]

    def id(self, kind: str, identity: str) -> UUID:
        """The site's id of a record of this pack."""
        return record_id(kind, identity, self.relationship)

    def part_ids(self, kind: str, identity: str) -> PartIds:
        """The ids of the parts of a record of this pack."""
        return PartIds(kind, identity, self.relationship)

    @property
    def relationship_ref(self) -> Ref:
        return Ref(kind="relationship", id=self.id("relationship", self.relationship))

    @property
    def sides(self) -> list[str]:
        """The pack ids of the two parties."""
        fields = self.records("relationship").get(self.relationship)
        named = fields.data.get("parties") if fields else None
        return [side for side in named if isinstance(side, str)] if isinstance(named, list) else []

    # ---- what a record names ---------------------------------------------------------------------------

    def ref(self, fields: Fields, name: str, kind: str, *, required: bool = False) -> Ref | None:
        """The record that a field names; None where it names none."""
        identity = fields.words(name, required=required)
        return self.named(fields, name, kind, identity) if identity else None

    def refs(self, fields: Fields, name: str, kind: str) -> tuple[Ref, ...]:
        """The records that a list names."""
        named = enumerate(fields.ids(name))
        found = (self.named(fields, f"{name}[{index}]", kind, identity) for index, identity in named)
        return tuple(ref for ref in found if ref)

    def named(self, fields: Fields, name: str, kind: str, identity: str) -> Ref | None:
        """A reference to the record of this id, in the pack or, if all share its kind, on the desk."""
        key = self.id(kind, identity)
        if TABLES[kind] in self._unread:
            fields.log.spoil()  # whether there is such a record cannot be told
            return None
        if identity not in self.records(kind) and self._on_desk(kind, key) is None:
            called = BY_KIND[kind]._meta.verbose_name
            fields.complain(name, f"There is no {called} “{identity}”.")
            return None
        return Ref(kind=kind, id=key)

    def _on_desk(self, kind: str, key: UUID) -> Document | None:
        if kind not in SHARED:
            return None
        if key not in self._desk:
            row = BY_KIND[kind].objects.filter(pk=key).first()
            self._desk[key] = freeze(row) if row else None
        return self._desk[key]

    def document(self, fields: Fields, name: str, kind: str, identity: str) -> Any:
        """The document of a record that a field names; None with the reason noted, once, where it has none."""
        ref = self.named(fields, name, kind, identity)
        found = self.documents.get(ref.id) or self._on_desk(kind, ref.id) if ref else None
        if found is None:
            fields.log.spoil()  # what is wrong with it was noted where it stands
        return found

    def citation(self, fields: Fields, name: str) -> Citation | None:
        """The citation of the source that a field names."""
        identity = fields.words(name, required=True)
        source: Source | None = self.document(fields, name, "source", identity) if identity else None
        return source.citation if source else None

    def citations(self, fields: Fields, name: str = "sources") -> tuple[Citation, ...]:
        """The citations of the sources that a list names."""
        named = enumerate(fields.ids(name, required=True))
        found = [self.document(fields, f"{name}[{index}]", "source", identity) for index, identity in named]
        if not found and name in fields.data:
            fields.complain(name, "Name at least one source.")
        return tuple(source.citation for source in found if source)

    def post(self, fields: Fields, name: str) -> PostRef | None:
        """The post that a field names."""
        identity = fields.words(name, required=True)
        post = self.document(fields, name, "post", identity) if identity else None
        return PostRef(id=post.id, role=post.role) if post else None

    def term(self, fields: Fields, *, person: str, post: str, day: datetime.date | None) -> TermRef | None:
        """The term in which the person of one field held the post of another on this day."""
        who, office = fields.words(person, required=True), self.post(fields, post)
        official: Official | None = self.document(fields, person, "official", who) if who else None
        if not (official and office and day):
            return None
        term = term_on(official, office.id, day)
        if term is None:
            message = f"No term of {official.name} shows the post on {day.isoformat()}."
            fields.complain(post, message)
            return None
        return TermRef(id=term.id, official=Ref(kind="official", id=official.id), post=term.post)


def term_on(official: Official, post: UUID, day: datetime.date) -> Term | None:
    """The term in which the official held the post on this day: one that the sources show, else one they allow.

    On a day that two of them share, the later one counts.
    """
    terms = [term for term in official.terms if term.post.id == post]
    for answer in (Held.YES, Held.UNCERTAIN):
        held = [term for term in terms if term.held_on(day) is answer]
        if held:
            return max(held, key=lambda term: term.possible[0] or datetime.date.min)
    return None


def open_pack(folder: Path) -> Pack:
    """The pack in this folder, read but not yet understood."""
    problems: list[Problem] = []
    return Pack(folder.resolve().name, read_files(folder, problems), problems)

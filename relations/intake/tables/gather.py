"""From rows to drafts: which record, or which part of one, each row is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from relations.models import BY_KIND, RelationshipRecord
from relations.sheets import MARK, Found, Row

from ..problems import Problem
from ..read import BUILDERS
from .columns import Table, table_named
from .names import Names, Wrong

# Columns that other systems have and that no file decides here.
NEVER = frozenset(
    [
        *("author", "created_at", "created_by", "made_at", "made_by", "owner", "updated_at", "updated_by"),
        *("edition", "live_from", "live_until", "number", "published_at", "published_by", "published_on", "release"),
        *("approved_by", "review_by", "reviewed_by", "stage", "status_of_publication", "workflow"),
    ]
)


@dataclass(frozen=True)
class Line:
    """One row with the place where it stands."""

    file: str
    row: Row
    record: str = ""

    def cell(self, name: str) -> str:
        return self.row.cells.get(name, "").strip()

    def problem(self, column: str, message: str) -> Problem:
        return Problem(self.file, self.record, column, message, self.row.number)


@dataclass
class Draft:
    """A record that a file is about: its own row, if there is one, and the rows of its parts by their path."""

    table: Table
    id: UUID
    home: UUID | None
    is_new: bool
    line: Line
    has_row: bool = True
    parts: dict[tuple[str, ...], list[Line]] = field(default_factory=dict)
    is_broken: bool = False

    @property
    def lines(self) -> list[Line]:
        own = [self.line] if self.has_row else []
        return [*own, *(line for lines in self.parts.values() for line in lines)]


@dataclass(frozen=True)
class Source:
    """A sheet that was read: where, and the table that it should be if it does not say so itself."""

    file: str
    found: Found
    table: Table | None


class Gathering:
    """Turns sheets into drafts. What is wrong is noted; everything else is gathered all the same."""

    def __init__(self, names: Names, problems: list[Problem]) -> None:
        self.names, self.problems = names, problems
        self.drafts: dict[UUID, Draft] = {}

    def gather(self, sources: Iterable[Source]) -> list[Draft]:
        """The drafts of these sheets: records first, for what they add can be named by all."""
        tables = [(table, source) for source in sources if (table := self._table(source))]
        tables.sort(key=lambda each: (bool(each[0].path), _ORDER[each[0].kind]))
        for table, source in tables:
            for row in source.found.rows:
                if table.is_main:
                    self._record(table, Line(source.file, row))
                else:
                    self._part(table, Line(source.file, row))
        return sorted(self.drafts.values(), key=lambda draft: _ORDER[draft.table.kind])

    # ---- sheets ----------------------------------------------------------------------------------------------------

    def _table(self, source: Source) -> Table | None:
        """The table that a sheet is, with what is wrong with the sheet itself noted."""
        found = source.found
        names = {found.name} if found.name else {row.cells[MARK].strip() for row in found.rows if MARK in row.cells}
        named = sorted(names - {""})
        table = table_named(named[0]) if len(named) == 1 else None if named else source.table
        for fault in found.faults:
            self._note(source, fault.row, fault.column, fault.message)
        if table is None and found.rows:
            message = _("There is no table “%(name)s”. A sheet has the name of its table, as in an export.")
            self._note(source, 0, "" if found.name else MARK, message % {"name": ", ".join(named)})
        if table is None:
            return None
        for name in found.columns:
            if name and name not in (*table.headings, MARK):
                never = _("This is decided on the desk and never imported. Take the column out.")
                self._note(source, 1, name, never if name in NEVER else _("This column is not known here."))
        return table

    def _note(self, source: Source, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(source.file, "", column, message, row))

    # ---- records ---------------------------------------------------------------------------------------------------

    def _record(self, table: Table, line: Line) -> None:
        slug = line.cell("slug")
        line = Line(line.file, line.row, slug or line.cell("id"))
        try:
            given = _uuid(line)
            home = self._home(table, line, given)
            draft = self._draft(table, line, given, home, slug)
        except _Stop as stop:
            self.problems.append(line.problem(*stop.args))
            return
        if draft.id in self.drafts:
            message = _("This record is there twice; see row %(row)d.") % {"row": self.drafts[draft.id].line.row.number}
            self.problems.append(line.problem("slug", message))
            return
        self.drafts[draft.id] = draft

    def _draft(self, table: Table, line: Line, given: UUID | None, home: UUID | None, slug: str) -> Draft:
        kind = table.kind
        place = self.names.place(kind, given) if given else None
        taken = self.names.find(kind, home, slug) if slug else None
        if place is None and not slug:
            raise _Stop("slug", _("This is missing."))
        if given and taken and taken != given:
            raise _Stop("slug", _("Another record has this address. To change that one, leave “id” empty."))
        identity = given or taken or uuid4()
        is_new = place is None and taken is None
        if table.kind == "relationship":
            home = identity
        self.names.expect(kind, identity, place[0] if place else home if _of_one(kind) else None, slug or place[1])
        return Draft(table, identity, home, is_new, line)

    def _home(self, table: Table, line: Line, given: UUID | None) -> UUID | None:
        """The relationship that a row is about: the one it names, its record's own, or the only one there is."""
        if not _of_one(table.kind):
            return None
        place = self.names.place(table.kind, given) if given else None
        home = self._relationship(line, place[0] if place else None)
        if place and place[0] != home:
            raise _Stop("relationship", _("A record stays with its relationship."))
        return home

    def _relationship(self, line: Line, own: UUID | None = None) -> UUID:
        named = line.cell("relationship")
        if named:
            try:
                return self.names.read("relationship", named, None)
            except Wrong as wrong:
                raise _Stop("relationship", str(wrong)) from wrong
        known = list(self.names.relationships.values())
        if own is None and len(known) != 1:
            raise _Stop("relationship", _("This is missing."))
        return own or known[0]

    # ---- parts -----------------------------------------------------------------------------------------------------

    def _part(self, table: Table, line: Line) -> None:
        """Puts a row with the record that it is a part of, which may be on the desk alone."""
        kind = table.kind
        named = line.cell(kind)
        line = Line(line.file, line.row, named)
        try:
            if not named:
                raise _Stop(kind, _("This is missing."))
            home = self._relationship(line) if _of_one(kind) else None
            identity = self.names.find(kind, home, named)
            if identity is None:
                called = BY_KIND[kind]._meta.verbose_name
                raise _Stop(kind, _("There is no %(kind)s “%(name)s”.") % {"kind": called, "name": named})
        except _Stop as stop:
            self.problems.append(line.problem(*stop.args))
            return
        if identity not in self.drafts:
            main = table_named(BY_KIND[kind]._meta.model_name)
            home = identity if kind == "relationship" else home
            self.drafts[identity] = Draft(main, identity, home, is_new=False, line=line, has_row=False)
        self.drafts[identity].parts.setdefault(table.path, []).append(line)


class _Stop(Exception):
    """What is wrong with a row: the column and the message."""


def _of_one(kind: str) -> bool:
    """Whether each record of this kind belongs to one relationship."""
    return issubclass(BY_KIND[kind], RelationshipRecord)


def _uuid(line: Line) -> UUID | None:
    text = line.cell("id")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise _Stop("id", _("This is no id. Leave it empty for something new.")) from error


_ORDER = {kind: place for place, kind in enumerate(BUILDERS)}  # sources before what rests on them

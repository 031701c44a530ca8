"""From drafts to documents: what the desk has, with every cell that a file gives laid over it.

A column that a file lacks changes nothing; an empty cell empties its field. Parts are added and changed; one goes
only where its row says so. A cell that says what the desk says keeps what the desk has, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext as _
from pydantic import ValidationError

from relations.documents import Document, Ref, Text
from relations.documents.base import Frozen, Part
from relations.sheets import Cell

from ..limits import broken_constraints, refusals
from ..problems import Problem
from .cells import read, say, truth
from .columns import REMOVE, VERSION, Column, Table, tables
from .export import key_of, version
from .gather import Draft, Line
from .names import Names, Spoiled, Wrong

LAST = float("inf")


class Building:
    """Makes documents of drafts, and notes everything that is wrong with their rows."""

    def __init__(self, names: Names, problems: list[Problem]) -> None:
        self.names, self.problems = names, problems

    def build(self, draft: Draft, base: Document | None) -> Document | None:
        """The document that the draft makes of what the desk has; None with the reasons noted."""
        one = _One(self, draft)
        document = one.record(base)
        if one.is_broken or document is None:
            return None
        self.names.add(document)
        if base and base.desk_digest != document.desk_digest:
            self._refuse_stale(draft, base)
        return document

    def _refuse_stale(self, draft: Draft, base: Document) -> None:
        """A file that was made of another desk copy would take back what was saved since."""
        for line in draft.lines:
            if (known := line.cell(VERSION)) and known != version(base):
                self.problems.append(line.problem(VERSION, stale()))
                return


class _One:
    """One record in the making."""

    def __init__(self, building: Building, draft: Draft) -> None:
        self.names, self.problems, self.draft = building.names, building.problems, draft
        self.is_broken = False

    def complain(self, line: Line, column: str, message: str) -> None:
        self.is_broken = True
        self.problems.append(line.problem(column, message))

    def record(self, base: Document | None) -> Document | None:
        table = self.draft.table
        fields = self._fields(table, self.draft.line, base) if self.draft.has_row else _fields_of(base)
        parts = self._parts(table, base, self.draft.parts, "")
        return self._made(table, fields and {**fields, **parts, "id": self.draft.id}, self.draft.line, base)

    # ---- one row ---------------------------------------------------------------------------------------------------

    def _fields(self, table: Table, line: Line, base: Frozen | None) -> dict[str, Any] | None:
        """The fields of a record or part: what is there, and over it what its row says; None if that is wrong."""
        fields, is_whole = _fields_of(base), True
        for column in table.columns:
            if column.field not in table.shape.model_fields:
                continue  # the position of a part is its place among its like
            try:
                value = self._cell(table, column, line, base)
            except Wrong as wrong:
                self.complain(line, column.name, str(wrong))
                is_whole = False
            except Spoiled:
                self.is_broken, is_whole = True, False
            else:
                if column.language:
                    text = fields.get(column.field) or Text()
                    value = text.model_copy(update={column.language: value})
                fields[column.field] = value
        return fields if is_whole else None

    def _cell(self, table: Table, column: Column, line: Line, base: Frozen | None) -> Any:
        """What a field becomes. Raises Wrong or Spoiled."""
        there = getattr(base, column.field) if base else None
        kept = getattr(there, column.language) if base and column.language else there
        if column.field == "relationship":
            return there or Ref(kind="relationship", id=self.draft.home)
        if column.name not in line.row.cells:
            return kept if base else self._missing(column)
        text = line.row.cells[column.name]
        if base and same(text, as_text(say(column, there, self.names, self.draft.home))):
            return kept
        if not text.strip() and (column.is_required or not column.is_words):
            return self._missing(column)
        value = read(column, text, self.names, self.draft.home)
        for message in refusals(column.column, value):
            raise Wrong(message)
        return value

    def _missing(self, column: Column) -> Any:
        """What an empty field holds. Raises Wrong where it may not be empty."""
        if column.is_required:
            raise Wrong(_("This is missing."))
        if column.language or (column.held is str and not column.many and not column.column.has_default()):
            return ""
        if column.many:
            return ()
        return column.column.get_default()

    # ---- parts -----------------------------------------------------------------------------------------------------

    def _parts(
        self, whole: Table, base: Frozen | None, lines: dict[tuple[str, ...], list[Line]], key: str
    ) -> dict[str, tuple[Part, ...]]:
        """The parts of a record, or of a part of one with this key, of every kind that has rows here."""
        found = {}
        for table in tables(whole.kind):
            if table.path[:-1] != whole.path or not table.path:
                continue
            inner = {path: each for path, each in lines.items() if path[: len(table.path)] == table.path}
            if inner:
                before = getattr(base, table.path[-1]) if base else ()
                found[table.path[-1]] = self._merged(table, before, inner, key)
        return found

    def _merged(
        self, table: Table, before: Sequence[Part], lines: dict[tuple[str, ...], list[Line]], key: str
    ) -> tuple[Part, ...]:
        """Parts of one kind as they become: those there, changed by their rows, and new ones."""
        known = {part.id: part for part in before}
        own = [line for line in lines.get(table.path, ()) if _inside(table, line) == key]
        inner = {path: each for path, each in lines.items() if path != table.path}
        places = {part.id: (place, place) for place, part in enumerate(before, start=1)}
        made: dict[UUID, Part | None] = dict(known)
        row_of: dict[UUID, Line] = {}
        for number, line in enumerate(own):
            identity = self._identity(line, known, row_of)
            if identity is None:
                continue
            row_of[identity] = line
            if self._is_removed(line):
                made.pop(identity, None)
                continue
            places[identity] = (self._place(line, places.get(identity)), len(before) + number)
            fields = self._fields(table, line, known.get(identity))
            made[identity] = self._made(table, fields and {**fields, "id": identity}, line, known.get(identity))
        parts = [made[identity] for identity in sorted(made, key=lambda each: places[each])]
        parts = [part for part in parts if part is not None]
        if inner:
            parts = [self._with_inner(table, part, inner) for part in parts]
            self._refuse_strays(table, inner, parts)
        self._refuse_twins(table, parts, row_of)
        return tuple(parts)

    def _with_inner(self, table: Table, part: Part, lines: dict[tuple[str, ...], list[Line]]) -> Part:
        return part.model_copy(update=self._parts(table, part, lines, key_of(part)))

    def _identity(self, line: Line, known: dict[UUID, Part], row_of: dict[UUID, Line]) -> UUID | None:
        """The id of the part that a row is about, a new one if it names none; None if it cannot be told."""
        text = line.cell("id")
        try:
            identity = UUID(text) if text else uuid4()
        except ValueError:
            self.complain(line, "id", _("This is no id. Leave it empty for something new."))
            return None
        if identity in row_of:
            message = _("This part is there twice; see row %(row)d.") % {"row": row_of[identity].row.number}
            self.complain(line, "id", message)
            return None
        return identity

    def _is_removed(self, line: Line) -> bool:
        try:
            return bool(line.cell(REMOVE)) and truth(line.cell(REMOVE))
        except ValueError:
            self.complain(line, REMOVE, _("Write true or false."))
            return False

    def _place(self, line: Line, there: tuple[float, int] | None) -> float:
        text = line.cell("position")
        if text and not (text.isascii() and text.isdigit()):
            self.complain(line, "position", _("Write a whole number, zero or more."))
        elif text:
            return int(text)
        return there[0] if there else LAST

    def _refuse_strays(self, table: Table, inner: dict[tuple[str, ...], list[Line]], parts: Iterable[Part]) -> None:
        """Rows of parts inside a part that is not there."""
        keys = {key_of(part) for part in parts}
        for path, lines in inner.items():
            if len(path) != len(table.path) + 1:
                continue
            for line in lines:
                if (named := line.cell(table.name)) not in keys and not self.is_broken:
                    called = table.model._meta.verbose_name
                    message = _("There is no %(kind)s “%(name)s”.") % {"kind": called, "name": named}
                    self.complain(line, table.name, message)

    def _refuse_twins(self, table: Table, parts: Sequence[Part], row_of: dict[UUID, Line]) -> None:
        """Two parts of one whole that have what only one of them may have."""
        for name in _once(table):
            seen: dict[Any, Part] = {}
            for part in parts:
                value = getattr(part, name)
                value = getattr(value, "id", value)
                twin = seen.setdefault(value, part)
                if twin is not part:
                    line = row_of.get(part.id) or row_of.get(twin.id) or self.draft.line
                    self.complain(line, name, _("Another part of this record has the same."))

    # ---- the end ---------------------------------------------------------------------------------------------------

    def _made(self, table: Table, fields: dict[str, Any] | None, line: Line, base: Frozen | None) -> Any:
        """The record or part with these fields; None with the reasons noted."""
        if fields is None:
            return None
        try:
            made = table.shape(**fields)
        except ValidationError as error:
            names = {column.field: column.name for column in table.columns}
            for each in error.errors():
                name = str(each["loc"][0]) if each["loc"] else ""
                self.complain(line, names.get(name, name), f"{each['msg']}.")
            return None
        if made != base:
            for message in broken_constraints(made, table.model):
                self.complain(line, "", message)
        return made


def stale() -> str:
    """Why a file that was made of another desk copy is not taken."""
    return _(
        "Somebody saved this record after the file was exported. Export it anew; or empty “version”, to put the "
        "file’s words in place of theirs."
    )


def as_text(cell: Cell) -> str:
    """A cell as it is read back."""
    return cell if isinstance(cell, str) else "" if cell is None else f"{Decimal(cell):f}"


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but how their lines end, which some spreadsheets change."""
    return one == other or one.replace("\r\n", "\n") == other.replace("\r\n", "\n")


def _fields_of(base: Frozen | None) -> dict[str, Any]:
    return {name: getattr(base, name) for name in type(base).model_fields} if base else {}


def _inside(table: Table, line: Line) -> str:
    """The key of the part that a row's own part is in; empty where it is in the record itself."""
    return line.cell(table.keys[-1]) if len(table.path) > 1 else ""


def _once(table: Table) -> Iterator[str]:
    """The fields of which no two parts of one whole may have the same."""
    for constraint in table.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield from set(constraint.fields) - {table.whole}

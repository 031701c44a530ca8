"""What is wrong with a pack, said so that whoever wrote it finds the place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A record of a pack: the file it stands in, the line, and its id."""

    file: str
    record: str = ""
    line: int = 0


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a pack from being loaded: file, record, field, and what to do about it."""

    file: str
    record: str
    field: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return ": ".join(part for part in (where, self.record, self.field, self.message) if part)


class Broken(Exception):
    """A pack that cannot be loaded; ``problems`` says everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class Log:
    """Notes what is wrong with one record, for a list that all records share."""

    def __init__(self, place: Place, problems: list[Problem]) -> None:
        self.place = place
        self.problems = problems
        self.broken = False

    def add(self, field: str, message: str, line: int = 0) -> None:
        """Notes a problem of one field."""
        self.broken = True
        self.problems.append(Problem(self.place.file, self.place.record, field, message, line or self.place.line))

    def spoil(self) -> None:
        """The record cannot be built, for a reason that was already noted elsewhere."""
        self.broken = True

"""What the checks found."""

from collections.abc import Iterator
from contextlib import contextmanager


class Report:
    """Errors, which make a pack unusable, and warnings, which do not."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def err(self, where: str, text: str) -> None:
        self.errors.append(f"{where}: {text}")

    def warn(self, where: str, text: str) -> None:
        self.warnings.append(f"{where}: {text}")

    def ref(self, where: str, data: dict, table: str, value: object) -> bool:
        """Whether the table has a record of this id; an error where it has not."""
        if value in data[table]:
            return True
        self.err(where, f"{value!r} is not among {table}")
        return False

    def refs(self, where: str, data: dict, table: str, values: list | None) -> None:
        for value in values or []:
            self.ref(where, data, table, value)

    @contextmanager
    def record(self, where: str) -> Iterator[str]:
        """Turns what a check stumbles over in a record into an error of that record."""
        try:
            yield where
        except KeyError as error:
            self.err(where, f"{error.args[0]} is missing")
        except (TypeError, ValueError, AttributeError) as error:
            self.err(where, f"a field has the wrong form ({error})")

"""Read settings from the environment, strictly.

A value that is missing, misspelled or impossible stops the start with an error that names the variable,
says what is wrong and how to put it right. Nothing is guessed: a guess would be the hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

TRUE = {"true", "yes", "on", "1"}
FALSE = {"false", "no", "off", "0"}


class Misconfigured(ImproperlyConfigured):
    """A setting is missing or wrong; the message says which, why, and what to do."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name} {problem}. {remedy}")


class Environment:
    """Typed access to the variables of the process, and behind them to those of a settings file.

    The real environment wins over the file. Names are remembered as they are asked for, so that
    `refuse_unknown` can find the lines of the file which no setting reads: those are misspelled.
    """

    def __init__(self, process: Mapping[str, str], file: Path | None = None) -> None:
        self._file = file
        self._lines = read_settings_file(file) if file and file.exists() else {}
        self._values = {**self._lines, **process}
        self._asked: set[str] = set()

    def _find(self, name: str) -> str | None:
        """The value, or None where there is none: an empty one counts as none."""
        self._asked.add(name)
        return self._values.get(name, "").strip() or None

    def _missing(self, name: str, remedy: str) -> Misconfigured:
        where = f"the environment or in {self._file}" if self._file else "the environment"
        return Misconfigured(name, "is not set", f"{remedy} Set it in {where}.")

    def text(self, name: str, *, default: str | None = None, remedy: str = "It has no default.") -> str:
        """The words as they are; an error where there are none and no default."""
        value = self._find(name)
        if value is None:
            value = default
        if value is None:
            raise self._missing(name, remedy)
        return value

    def secret(self, name: str, *, default: str | None = None, remedy: str = "It has no default.") -> str:
        """NAME, or the content of the file that NAME_FILE points to; never both."""
        path = self._find(f"{name}_FILE")
        if path is None:
            return self.text(name, default=default, remedy=remedy)
        if self._find(name) is not None:
            raise Misconfigured(name, f"is set, and so is {name}_FILE", "Remove one of the two.")
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise Misconfigured(
                f"{name}_FILE",
                f"cannot be read ({problem.strerror}: {path})",
                "Correct the path or permissions.",
            ) from problem
        if not value:
            raise Misconfigured(f"{name}_FILE", f"is an empty file ({path})", "Write the value into it.")
        return value

    def boolean(self, name: str, *, default: bool) -> bool:
        """True or false in the usual spellings; anything else is an error, not a no."""
        value = self._find(name)
        if value is None:
            return default
        if value.lower() not in TRUE | FALSE:
            raise Misconfigured(name, f"is {value!r}, which is neither true nor false", "Write one of them.")
        return value.lower() in TRUE

    def integer(self, name: str, *, default: int, least: int = 0, most: int | None = None) -> int:
        """A whole number between the limits."""
        value = self._find(name)
        if value is None:
            return default
        if not value.isascii() or not value.isdigit():
            raise Misconfigured(name, f"is {value!r}, which is not a whole number", "Write digits only.")
        number = int(value)
        if number < least or (most is not None and number > most):
            limits = f"at least {least}" if most is None else f"between {least} and {most}"
            raise Misconfigured(name, f"is {number}", f"It must be {limits}.")
        return number

    def listing(
        self, name: str, *, default: Iterable[str] | None = None, remedy: str = "It has no default."
    ) -> list[str]:
        """Values with commas between them."""
        value = self._find(name)
        if value is None and default is not None:
            return list(default)
        if value is None:
            raise self._missing(name, remedy)
        return [part.strip() for part in value.split(",") if part.strip()]

    def url(self, name: str, *, schemes: Iterable[str], default: str | None = None) -> str:
        """An address with one of the schemes and a host."""
        value = self.secret(name, default=default)
        split_address(name, value, schemes)
        return value

    def zone(self, name: str, *, default: str) -> str:
        """The name of a time zone that exists."""
        value = self.text(name, default=default)
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as problem:
            raise Misconfigured(
                name, f"is {value!r}, which is no time zone", "Write a name such as America/Toronto."
            ) from problem
        return value

    def is_set(self, name: str) -> bool:
        """Whether NAME or NAME_FILE has a value."""
        return self._find(name) is not None or self._find(f"{name}_FILE") is not None

    def refuse_unknown(self) -> None:
        """Call this last: a line of the settings file that nobody asked for is an error."""
        unknown = sorted(set(self._lines) - self._asked)
        if unknown:
            raise Misconfigured(", ".join(unknown), f"in {self._file} is read by no setting", "Correct the spelling.")


def split_address(name: str, value: str, schemes: Iterable[str]) -> SplitResult:
    """The parts of an address, or an error that says what is wrong with it (and never repeats a password)."""
    schemes = list(schemes)
    expected = " or ".join(f"{scheme}://…" for scheme in schemes)
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - reading the port is what checks it
    except ValueError as problem:
        raise Misconfigured(name, f"is not an address ({problem})", f"Write {expected}.") from problem
    if parts.scheme not in schemes:
        raise Misconfigured(name, f"starts with {parts.scheme!r}", f"Write {expected}.")
    if not parts.hostname and parts.scheme != "sqlite":
        raise Misconfigured(name, "names no host", f"Write {expected}, with a host after the slashes.")
    return parts


def read_settings_file(path: Path) -> dict[str, str]:
    """NAME=VALUE lines, without quotes around a value; empty lines and those with # in front do not count."""
    values: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not equals or not name.isidentifier():
            raise Misconfigured(f"{path}, line {number},", "is not NAME=VALUE", "Correct or remove it.")
        if name in values:
            raise Misconfigured(f"{path}, line {number},", f"sets {name} again", "Keep one of the lines.")
        values[name] = _unquoted(value)
    return values


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value

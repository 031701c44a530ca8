"""What a copy says of itself, and how it is proved: SHA256SUMS, which ``sha256sum -c`` reads, and freeze.json."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from . import markup
from .addresses import PAGE

SUMS = "SHA256SUMS"
MANIFEST = "freeze.json"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Manifest:
    """Of which site and instant a copy is. ``as_of`` is the day whose end that is, where one was asked for.

    ``root`` is the last line of roots of all that was public by then; ``generation`` the site's in its present, None
    for a day of the past, which has none.
    """

    site: str
    instant: datetime.datetime
    as_of: datetime.date | None
    generation: int | None
    root: str

    def write(self, folder: Path, progress: Progress) -> None:
        """Adds both files to a folder that is otherwise complete."""
        about = {
            "site": self.site,
            "instant": self.instant.isoformat(),
            "as_of": self.as_of and self.as_of.isoformat(),
            "generation": self.generation,
            "root": self.root,
        }
        (folder / MANIFEST).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
        names = sorted(files_in(folder))
        lines = []
        for done, name in enumerate(names, 1):
            lines.append(f"{digest(folder / name)}  {name}\n")
            progress("Sums", done, len(names))
        (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_sums(folder: Path) -> str:
    """The one number that stands for a whole copy: kept elsewhere, it shows whether the sums themselves changed."""
    return digest(folder / SUMS)


def files_in(folder: Path) -> set[str]:
    """Every file in a folder, however deep, by its path inside it; whatever is no folder counts."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}


def read_sums(folder: Path) -> dict[str, str]:
    """The sum of each file when the copy was taken. Raises ValueError, in words, where none can be read."""
    if not (folder / SUMS).is_file():
        raise ValueError(f"{folder} holds no {SUMS}: it is no copy.")
    sums = {}
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(f"{SUMS} has a line that is no sum: {line[:80]!r}")
        sums[found[2]] = found[1]
    return sums


def first_breach(folder: Path, progress: Progress) -> str | None:
    """The first file, by its path, that is not what it was: missing, additional or altered; None where all are."""
    try:
        sums = read_sums(folder)
    except ValueError as error:
        return str(error)
    found = files_in(folder) - {SUMS}
    everything = sorted({*sums, *found})
    for done, name in enumerate(everything, 1):
        if name not in found:
            return f"missing: {name}"
        if name not in sums:
            return f"additional: {name}"
        path = folder / name
        if path.is_symlink() or digest(path) != sums[name]:
            return f"altered: {name}"
        progress("Proving", done, len(everything))
    return None


def first_dead_link(folder: Path, progress: Progress) -> str | None:
    """The first link between two files of a copy that leads nowhere; None where all lead somewhere."""
    found = files_in(folder)
    pages = sorted(name for name in found if name.endswith(".html"))
    for done, name in enumerate(pages, 1):
        for url in addresses((folder / name).read_text(encoding="utf-8")):
            if (target := target_of(name, url)) is not None and target not in found:
                return f"dead link: {name} leads to {url}"
        progress("Links", done, len(pages))
    return None


def addresses(page: str) -> list[str]:
    """Every address in a page, in its order."""
    found: list[str] = []
    markup.rewritten(page, lambda _tag, _attribute, url: found.append(url) or url)
    return found


def target_of(here: str, url: str) -> str | None:
    """The file that an address in a file of a copy leads to; None where it leads out of it, or to the page itself."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(urljoin(f"/{here}", parts.path)).lstrip("/")
    return f"{path}{PAGE}" if path.endswith("/") or not path else path

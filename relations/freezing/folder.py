"""The folder of a copy: filled beside its place and put there when it is whole."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .manifest import MANIFEST, SUMS, files_in, read_sums


class Refused(Exception):
    """There can be no copy, for a reason that is said in words."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder that takes the place of ``target`` if the block ends well, and of which nothing is left if not.

    Raises Refused, before anything is done, where ``target`` is neither missing nor empty nor an earlier copy.
    """
    target = target.resolve()
    _refuse_what_is_not_ours(target)
    new, old = (target.with_name(f".{target.name}.{secrets.token_hex(4)}") for _ in range(2))
    try:
        new.mkdir()
        yield new
        if target.exists():
            target.rename(old)
        new.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise
    finally:
        for rest in (new, old):
            shutil.rmtree(rest, ignore_errors=True)


def _refuse_what_is_not_ours(target: Path) -> None:
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent} to put it into.")
    if not target.exists():
        return
    if not target.is_dir():
        raise Refused(f"{target} is a file. Name a folder.")
    found = files_in(target)
    if not found and not any(target.iterdir()):
        return
    if not {SUMS, MANIFEST} <= found:
        raise Refused(f"{target} is not empty and holds no earlier copy. Name another folder, or empty this one.")
    try:
        known = {SUMS, *read_sums(target)}
    except ValueError as error:
        raise Refused(f"{error} Name another folder.") from error
    if foreign := found - known:
        raise Refused(f"{target / min(foreign)} is not part of the earlier copy and would be lost. Move it away first.")

"""Two texts word by word: what they share, and what only one of them has."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# A number keeps its separators, so that 5,525 and 5,526 differ as a whole.
TOKEN = re.compile(r"\w+(?:[.,'’\u00a0\u202f-]\w+)*|\s+|[^\w\s]")
# Beyond this many comparisons the two texts are shown one after the other: finding what moved would take seconds.
TOO_MUCH = 4_000_000

Piece = tuple[str, str, str]  # "same" or "other", what was there, what is there


@dataclass(frozen=True)
class Segment:
    """A run of words that both texts share, or that only one of them has."""

    kind: Literal["same", "removed", "added"]
    text: str


def words(old: str, new: str) -> tuple[Segment, ...]:
    """Two texts as one run of segments: the shared and added ones together are ``new``, the others ``old``."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) * len(after) > TOO_MUCH:
        return _segments([("other", old, new)])
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    pieces = [
        ("same" if tag == "equal" else "other", "".join(before[i:i_end]), "".join(after[j:j_end]))
        for tag, i, i_end, j, j_end in matcher.get_opcodes()
    ]
    return _segments(_readable(pieces))


def _readable(pieces: list[Piece]) -> list[Piece]:
    """Pieces in which a few shared words between longer changes belong to these: "two new words", not three pieces."""
    for most in (0, TOO_MUCH):  # spaces first, so that the words between them are seen together
        for index in range(1, len(pieces) - 1):
            kind, text, _same = pieces[index]
            around = min(_changed(pieces[index - 1]), _changed(pieces[index + 1]))
            if kind == "same" and _weight(text) <= min(most, around / 2):
                pieces[index] = ("other", text, text)
        pieces = _joined(pieces)
    return pieces


def _joined(pieces: list[Piece]) -> list[Piece]:
    """The same with pieces of one kind that meet put together."""
    found: list[Piece] = []
    for kind, was, now in pieces:
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + was, found[-1][2] + now)
        else:
            found.append((kind, was, now))
    return found


def _changed(piece: Piece) -> int:
    return max(_weight(piece[1]), _weight(piece[2])) if piece[0] == "other" else 0


def _weight(text: str) -> int:
    """How many words it has."""
    return len(text.split())


def _segments(pieces: Iterable[Piece]) -> tuple[Segment, ...]:
    """Pieces as segments, with what was removed before what was added wherever they meet."""
    found: list[Segment] = []
    removed = added = ""
    for kind, was, now in [*pieces, ("same", "", "")]:
        if kind == "other":
            removed, added = removed + was, added + now
            continue
        found += [Segment("removed", removed), Segment("added", added), Segment("same", was)]
        removed = added = ""
    return tuple(segment for segment in found if segment.text)


def runs(segments: Iterable[Segment]) -> list[tuple[str, str]]:
    """Each place where words differ: those that were there, and those that are there now. Spaces alone are none."""
    found = [["", ""]]
    for segment in segments:
        if segment.kind == "same":
            found.append(["", ""])
        else:
            found[-1][segment.kind == "added"] += segment.text
    pairs = [(old.strip(), new.strip()) for old, new in found]
    return [(old, new) for old, new in pairs if old != new]

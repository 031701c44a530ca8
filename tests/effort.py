"""How much the tests try.

A walk over everything is a sample, and what is slow is left out, unless the environment says otherwise:
``THOROUGH=1`` tries all of everything, as ``make check-all`` does; ``TURN=<number>`` adds the share of what is slow
whose turn it is, as CI does with a number that the commit chooses. The sample is the same on every run and leaves out
no kind of record, no route and no language; twelve turns leave out nothing but what only makes sense as a whole.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence

import pytest

THOROUGH = os.environ.get("THOROUGH", "") not in ("", "0")
TURN = os.environ.get("TURN", "")
TURNS = 12

# For a test that is about all of a walk, or takes minutes.
only_whole = pytest.mark.skipif(not THOROUGH, reason="whole: `make check-all` tries it")


def sample(items: Sequence, one_in: int, *, start: int = 0) -> Sequence:
    """Every n-th of the items, counted from ``start``; all of them where the tests are thorough."""
    return items if THOROUGH else items[start % one_in :: one_in]


def by_turns(items: Sequence, *, start: int = 0) -> Sequence:
    """One of the items, the next one at each turn; all of them where the tests are thorough."""
    return sample(items, len(items), start=start + int(TURN or 0))


def has_its_turn(name: str) -> bool:
    """Whether what is slow and called this is tried in this run."""
    return THOROUGH or (TURN != "" and zlib.crc32(name.encode()) % TURNS == int(TURN) % TURNS)

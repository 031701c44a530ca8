"""How much the tests try.

A walk over everything is a sample unless the environment says ``THOROUGH=1``, as CI does. The sample is the same on
every run and leaves out no kind of record, no route and no language.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

THOROUGH = os.environ.get("THOROUGH", "") not in ("", "0")


def sample(items: Sequence, one_in: int, *, start: int = 0) -> Sequence:
    """Every n-th of the items, counted from ``start``; all of them where the tests are thorough."""
    return items if THOROUGH else items[start % one_in :: one_in]

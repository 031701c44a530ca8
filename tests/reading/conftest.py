"""A visitor at the door: a clock, and a small world that is live."""

from __future__ import annotations

import pytest

from tests import cast


@pytest.fixture
def clock() -> cast.Clock:
    return cast.Clock()


@pytest.fixture
def live(db, clock) -> cast.World:
    """Norda and Suda as first published; the clock has moved to that moment."""
    return cast.live_world(clock)

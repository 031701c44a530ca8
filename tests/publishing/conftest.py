"""The writer and the editor at work: a clock that stands still, a small world, and the same world live."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from relations.models import Release
from relations.publishing.releases import add_to_release, create_release, schedule_release
from tests import cast
from tests.publishing.sets import HOUR, NOTE, reword


@pytest.fixture
def clock() -> cast.Clock:
    return cast.Clock()


@pytest.fixture
def world(db) -> cast.World:
    """Norda and Suda on the desk; nothing of them is public."""
    return cast.world()


@pytest.fixture
def live(db, clock) -> cast.World:
    """Norda and Suda as first published; the clock has moved to that moment."""
    return cast.live_world(clock)


@pytest.fixture
def editor(db) -> User:
    return cast.someone("editor")


@pytest.fixture
def summit(live, clock, editor) -> Release:
    """A release that is being prepared: the world's fact in new words, and a new one beside it."""
    reword(live.fact, "Reworded.")
    new = create_release("Summit", note=NOTE, by=editor)
    add_to_release(new, [live.fact, cast.a_fact(live, "rivers")], by=editor, clock=clock)
    return new


@pytest.fixture
def scheduled(summit, clock, editor) -> Release:
    """The same, scheduled in two hours."""
    schedule_release(summit, at=clock.now + 2 * HOUR, by=editor, clock=clock)
    summit.refresh_from_db()
    return summit

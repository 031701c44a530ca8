"""The clock of the site, in the hand of a test."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator

import pytest
import time_machine

from relations import reading
from relations.reading import clock as reading_clock

MIDDAY = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)

# Where a test moves no clock, it is this day, whenever and wherever it runs: "an hour ago" is never yesterday, and
# nothing falls due because years have passed. It is later than the day on which the first content went live.
DAY_OF_THE_TESTS = datetime.datetime(2026, 8, 5, 12, tzinfo=datetime.UTC)


class Clock:
    """A clock that stands still until a test moves it. Call it, as the verbs do, or read ``now``."""

    def __init__(self, now: datetime.datetime = MIDDAY) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        return self.now

    def advance(self, **by: float) -> datetime.datetime:
        """Moves on by so many ``seconds=``, ``hours=``, ``days=`` and returns the new present."""
        self.now += datetime.timedelta(**by)
        return self.now


@pytest.fixture(scope="session", autouse=True)
def day_of_the_tests() -> Iterator[time_machine.Traveller]:
    """Time passes as usual, from midday of the day of the tests on."""
    with time_machine.travel(DAY_OF_THE_TESTS, tick=True) as there:
        yield there


@pytest.fixture
def time_of_this_machine(day_of_the_tests: time_machine.Traveller) -> Iterator[None]:
    """The time as it really is, for a test that runs another process: that one knows nothing of the other day."""
    day_of_the_tests.move_to(time_machine.escape_hatch.datetime.datetime.now(datetime.UTC))
    time.time()  # only when it is first read does the clock go on
    yield
    day_of_the_tests.move_to(DAY_OF_THE_TESTS)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The site's clock, which stands still at midday of 2 March 2026 until a test moves it."""
    standing = Clock()
    monkeypatch.setattr(reading_clock, "now", standing)
    return standing


@pytest.fixture
def real(loaded_site: reading.Reader, clock: Clock) -> reading.Reader:
    """The first content pack, read on the day it went live: 6 July 2026."""
    clock.now = loaded_site.instant
    return loaded_site

"""A change that was not ready before its own instant is undone as if nobody had asked for it."""

from __future__ import annotations

import datetime

import pytest

from relations.documents import Text
from relations.models import Edition, Facet, Fact, Release
from relations.publishing import TooLate, current_generation, publish, schedule, unschedule, withdraw
from relations.publishing.lifecycle import COMMIT, MARGIN
from tests.cast import INSTANT, Clock

SECOND = datetime.timedelta(seconds=1)


class Jumping(Clock):
    """A clock that jumps ahead after it was asked some times: the database took its time."""

    def __init__(self, now: datetime.datetime, *, after: int, by: datetime.timedelta) -> None:
        super().__init__(now)
        self.asked, self.after, self.by = 0, after, by

    def __call__(self) -> datetime.datetime:
        self.asked += 1
        return self.now if self.asked <= self.after else self.now + self.by


def ledger() -> list:
    """Everything in the ledger that a change could have touched."""
    editions = Edition.objects.order_by("record_id", "live_from")
    return [
        list(editions.values_list("record_id", "number", "live_from", "live_until", "previous_digest")),
        Facet.objects.count(),
        Release.objects.count(),
        current_generation(),
    ]


@pytest.fixture
def reworded(live):
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="Reworded.")
    return live.fact


def test_publishing_is_undone(live, reworded, clock, editor):
    before = ledger()
    asked_last = 2  # for the draft and its problems, for "now"
    late = Jumping(clock.now, after=asked_last, by=10 * SECOND)
    with pytest.raises(TooLate, match="Nothing was changed; try again"):
        publish([reworded], by=editor, clock=late, release="Late")
    assert ledger() == before


def test_slow_preparation_is_no_reason_to_give_up(live, reworded, clock, editor):
    slow = Jumping(clock.now, after=1, by=10 * SECOND)
    [edition] = publish([reworded], by=editor, clock=slow)
    assert edition.live_from > clock.now + 10 * SECOND + MARGIN


def test_the_commit_itself_is_given_its_time(live, reworded, clock, editor):
    at = clock.now + 10 * SECOND
    for spare, late in ((COMMIT, True), (COMMIT + INSTANT, False)):
        slow = Jumping(clock.now, after=1, by=10 * SECOND - spare)
        if late:
            with pytest.raises(TooLate):
                schedule([reworded], at=at, by=editor, clock=slow)
        else:
            schedule([reworded], at=at, by=editor, clock=slow)


def test_scheduling_is_undone(live, reworded, clock, editor):
    before = ledger()
    late = Jumping(clock.now, after=1, by=10 * SECOND)
    with pytest.raises(TooLate):
        schedule([reworded], at=clock.now + 5 * SECOND, by=editor, clock=late)
    assert ledger() == before


def test_taking_back_is_undone(live, reworded, clock, editor):
    schedule([reworded], at=clock.now + 5 * SECOND, by=editor, clock=clock)
    before = ledger()
    with pytest.raises(TooLate):
        unschedule([reworded], by=editor, clock=Jumping(clock.now, after=1, by=10 * SECOND))
    assert ledger() == before


def test_withdrawing_is_undone(live, clock, editor):
    before = ledger()
    with pytest.raises(TooLate):
        withdraw(
            live.fact,
            reason=Text(en="Wrong.", fr="Faux."),
            by=editor,
            clock=Jumping(clock.now, after=1, by=10 * SECOND),
        )
    assert ledger() == before

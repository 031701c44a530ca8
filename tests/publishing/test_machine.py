"""Any order of edits, verbs and time: what the public read at an instant is what it reads for that instant for ever.

Hypothesis plays the editors of three records and the clock. Beside the site it keeps a timeline of its own, made of
nothing but what the verbs returned, and compares what is read with it. ``EXAMPLES=200`` looks harder.
"""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from relations import reading
from relations.documents import Text
from relations.models import Edition, Record
from relations.publishing import Refusal, current_generation, publish, schedule, unschedule, withdraw
from tests import cast
from tests.cast import INSTANT

pytestmark = pytest.mark.slow

SLUGS = ("one", "two", "three")
RECORDS = st.integers(0, 2)
SOME = st.lists(RECORDS, min_size=1, max_size=3, unique=True)
MOSTLY = st.sampled_from([True, True, True, False])
PENDING = st.sampled_from(["", "as_it_was", "instead"])  # what becomes of a change that is scheduled for later
REASON = Text(en="Wrong.", fr="Faux.")


@dataclass
class Expected:
    """What one record must read like: (from, slug, title or None where withdrawn), in order of time."""

    spans: list[tuple[datetime.datetime, str, str | None]] = field(default_factory=list)

    def at(self, instant: datetime.datetime) -> tuple[str, str | None] | None:
        past = [span for span in self.spans if span[0] <= instant]
        return past[-1][1:] if past else None

    def overtake(self, span: tuple[datetime.datetime, str, str | None], pending: str) -> None:
        """Another text from an instant on. What waits behind it stays, is taken back, or says the same already."""
        before = [each for each in self.spans if each[0] < span[0]]
        behind = [each for each in self.spans if each[0] > span[0]]
        if behind and behind[0][1:] == span[1:]:
            behind = behind[1:]
        elif pending == "instead":
            behind = []
        self.spans = [*before, span, *behind]

    def slugs_until(self, instant: datetime.datetime) -> set[str]:
        return {slug for start, slug, _ in self.spans if start <= instant}


class Editors(RuleBasedStateMachine):
    """Two facts and a source, and everything that can be done with them."""

    def __init__(self, world: cast.World, now: datetime.datetime) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = cast.Clock(now)
        self.editor = cast.someone("editor")
        self.relationship = world.relationship.pk
        self.records: list[Record] = [cast.a_fact(world, "one"), cast.a_fact(world, "two"), cast.a_source("one")]
        self.expected: dict[UUID, Expected] = {record.pk: Expected() for record in self.records}
        self.answers: dict[datetime.datetime, list] = {}
        self.edits = 0
        self.generation = current_generation()

    def teardown(self) -> None:
        """The end of the story: every answer ever given is asked for again."""
        try:
            for instant, answer in self.answers.items():
                assert self.read(instant) == answer
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # --- what the editors do ------------------------------------------------------------------------

    def edit(self, some: list[int]) -> None:
        for which in some:
            self.edits += 1
            title = "original_title" if which == 2 else "statement_en"
            self.save(which, **{title: f"Words {self.edits}"})

    @rule(which=RECORDS, slug=st.sampled_from(SLUGS))
    def rename(self, which: int, slug: str) -> None:
        record = self.records[which]
        if not type(record).objects.filter(slug=slug).exists():
            self.save(which, slug=slug)
            self.publish([which], edited=False)

    def save(self, which: int, **fields: str) -> None:
        record = self.records[which]
        type(record).objects.filter(pk=record.pk).update(**fields)
        record.refresh_from_db()

    @rule(some=SOME, edited=MOSTLY, pending=PENDING)
    def publish(self, some: list[int], edited: bool, pending: str = "") -> None:
        self.edit(some if edited else [])
        how = {"by": self.editor, "clock": self.clock, "pending": pending}
        self.attempt(lambda: publish(self.these(some), **how), pending)

    @rule(some=SOME, edited=MOSTLY, seconds=st.integers(1, 60), pending=PENDING)
    def schedule(self, some: list[int], edited: bool, seconds: int, pending: str) -> None:
        self.edit(some if edited else [])
        at = self.clock.now + datetime.timedelta(seconds=seconds)
        how = {"at": at, "by": self.editor, "clock": self.clock, "pending": pending}
        self.attempt(lambda: schedule(self.these(some), **how), pending)

    @rule(which=RECORDS)
    def withdraw(self, which: int) -> None:
        record = self.records[which]
        self.attempt(lambda: [withdraw(record, reason=REASON, by=self.editor, clock=self.clock)])

    @rule(some=SOME)
    def unschedule(self, some: list[int]) -> None:
        before = self.ledger()
        try:
            taken = unschedule(self.these(some), by=self.editor, clock=self.clock)
        except Refusal:
            assert self.ledger() == before
            return
        for edition in taken:
            assert edition.live_from > self.clock.now
            self.expected[edition.record_id].spans = [
                span for span in self.expected[edition.record_id].spans if span[0] != edition.live_from
            ]
        self.one_change()

    def these(self, some: list[int]) -> list[Record]:
        return [self.records[which] for which in some]

    def attempt(self, verb, pending: str = "") -> None:
        """Either all of it happened, a moment or more from now, or nothing at all."""
        before = self.ledger()
        try:
            editions = verb()
        except Refusal:
            assert self.ledger() == before
            return
        for edition in editions:
            assert edition.live_from > self.clock.now
            title = None if edition.is_tombstone else edition.title_en
            self.expected[edition.record_id].overtake((edition.live_from, edition.slug, title), pending)
        self.one_change()

    def one_change(self) -> None:
        self.generation += 1
        assert current_generation() == self.generation

    # --- time ---------------------------------------------------------------------------------------

    @rule(seconds=st.floats(0, 10))
    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)

    @precondition(lambda self: self.next_instant())
    @rule(short=st.booleans())
    def wait_for_the_next_change(self, short: bool) -> None:
        self.clock.now = max(self.clock.now, self.next_instant() - INSTANT * short)

    def next_instant(self) -> datetime.datetime | None:
        starts = [start for each in self.expected.values() for start, _, _ in each.spans]
        return min((start for start in starts if start > self.clock.now), default=None)

    # --- what the public reads ----------------------------------------------------------------------

    @rule(back=st.floats(0, 30))
    def look(self, back: float) -> None:
        instant = self.clock.now - datetime.timedelta(seconds=back)
        answer = self.read(instant)
        assert answer == self.foreseen(instant)
        assert self.answers.setdefault(instant, answer) == answer

    def read(self, instant: datetime.datetime) -> list:
        """What each address of each kind answers at this instant."""
        reader = reading.at(instant)
        return [
            self.answer(reader, kind, slug, relationship)
            for kind, relationship in (("fact", self.relationship), ("source", None))
            for slug in SLUGS
        ]

    @staticmethod
    def answer(reader: reading.Reader, kind: str, slug: str, relationship: UUID | None) -> tuple:
        try:
            return "here", reader.item(kind, slug, relationship=relationship).title.en
        except reading.Moved as moved:
            return "moved", moved.item.slug
        except reading.Withdrawn as withdrawn:
            return "withdrawn", withdrawn.item.reason.en
        except reading.NotPublished:
            return ("unknown",)

    def foreseen(self, instant: datetime.datetime) -> list[tuple]:
        """The same answers, from the timeline that the verbs' own words make."""
        answers = []
        for records in (self.records[:2], self.records[2:]):
            for slug in SLUGS:
                expected = [self.expected[record.pk] for record in records]
                owners = [each for each in expected if slug in each.slugs_until(instant)]
                assert len(owners) <= 1  # an address is never issued twice
                present = owners and owners[0].at(instant)
                if not present:
                    answers.append(("unknown",))
                elif present[1] is None:
                    answers.append(("withdrawn", REASON.en))
                else:
                    answers.append(("here", present[1]) if present[0] == slug else ("moved", present[0]))
        return answers

    # --- what always holds --------------------------------------------------------------------------

    @invariant()
    def the_ledger_is_in_order(self) -> None:
        for record in self.records:
            editions = list(Edition.objects.filter(record_id=record.pk).order_by("live_from"))
            starts = [each.live_from for each in editions]
            assert starts == [start for start, _, _ in self.expected[record.pk].spans]
            assert [each.number for each in editions] == list(range(1, len(editions) + 1))
            assert [each.live_until for each in editions] == [*starts[1:], None][: len(editions)]
            digests = [each.digest for each in editions]
            assert [each.previous_digest for each in editions] == ["", *digests[:-1]][: len(editions)]
            for each in editions:
                assert each.is_tombstone or sha256(each.document.encode()).hexdigest() == each.digest

    def ledger(self) -> list:
        editions = Edition.objects.order_by("pk")
        return [current_generation(), *editions.values_list("pk", "number", "live_from", "live_until")]


@pytest.mark.django_db
def test_the_past_never_changes_and_the_future_never_shows():
    clock = cast.Clock()
    world = cast.live_world(clock)
    run_state_machine_as_test(
        lambda: Editors(world, clock.now),
        settings=settings(
            max_examples=int(os.environ.get("EXAMPLES", "6")),
            stateful_step_count=25,
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Any order of saves, reviews and publications by anybody: no stage is skipped, and nothing unread goes live unmarked.

Hypothesis plays four people at one record. Beside the desk it keeps a log of its own: who wrote what, and who approved
which words. ``EXAMPLES=200`` looks harder.
"""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from relations import reading
from relations.models import Edition, Fact, Move, Stage
from relations.publishing import (
    MOVES,
    Refusal,
    approve,
    discard,
    publish,
    save_revision,
    schedule,
    send_back,
    submit,
    unschedule,
)
from tests import cast

pytestmark = pytest.mark.slow

PEOPLE = st.sampled_from(["editor", "manager", "colleague", "writer"])
AUTHOR = st.sampled_from(["editor", "manager", "writer", ""])  # who saves first; nobody
SOMEBODY = st.sampled_from(["writer", "editor", "manager"])
REASON = st.sampled_from(["", "It cannot wait."])
PENDING = st.sampled_from(["", "rebase", "as_it_was", "instead"])


@dataclass(frozen=True)
class Saved:
    """One text of the desk copy, and who wrote it; nobody where it only came back from the schedule."""

    words: str
    by: str | None


class Newsroom(RuleBasedStateMachine):
    """One fact, and everything that four people can do with it."""

    def __init__(self, world: cast.World, now: datetime.datetime) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = cast.Clock(now)
        self.relationship = world.relationship.pk
        fact = cast.a_fact(world, "pipelines", statement_en="Words 0")
        save_revision(fact, by=cast.someone("writer"))
        self.key = fact.pk
        self.log = [Saved("Words 0", "writer")]
        self.approval: tuple[str, str] | None = None  # words, and who approved them

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def fact(self) -> Fact:
        return Fact.objects.get(pk=self.key)

    def who(self, name: str) -> dict:
        return {"by": cast.someone(name), "clock": self.clock}

    # --- what people do -----------------------------------------------------------------------------------------------

    @rule(by=SOMEBODY)
    def save(self, by: str) -> None:
        words = f"Words {len(self.log)}"
        Fact.objects.filter(pk=self.key).update(statement_en=words)
        save_revision(self.fact, by=cast.someone(by))
        self.log.append(Saved(words, by))
        assert self.fact.stage == Stage.DRAFT

    def saved_by(self, author: str) -> bool:
        """Has somebody save other words, unless it is nobody."""
        if author:
            self.save(author)
        return bool(author)

    @rule(by=PEOPLE)
    def save_as_it_is(self, by: str) -> None:
        before = self.fact.stage
        save_revision(self.fact, by=cast.someone(by))
        assert self.fact.stage == before

    @rule(by=PEOPLE, author=AUTHOR)
    def submit(self, by: str, author: str) -> None:
        self.saved_by(author)
        self.attempt(lambda: submit([self.fact], **self.who(by)))

    @rule(by=PEOPLE, reason=REASON)
    def send_back(self, by: str, reason: str) -> None:
        self.attempt(lambda: send_back([self.fact], reason=reason, **self.who(by)))

    @rule(by=PEOPLE, author=AUTHOR)
    def approve(self, by: str, author: str) -> None:
        if self.saved_by(author):
            submit([self.fact], **self.who(author))
        authors = self.authors()
        if self.attempt(lambda: approve([self.fact], **self.who(by))):
            assert by not in authors
            self.approval = self.fact.statement_en, by

    @rule(by=SOMEBODY)
    def discard(self, by: str) -> None:
        if self.attempt(lambda: discard(self.fact, **self.who(by))):
            self.log.append(Saved(self.fact.statement_en, by))

    @rule(by=PEOPLE, author=AUTHOR, reason=REASON, pending=PENDING)
    def publish(self, by: str, author: str, reason: str, pending: str) -> None:
        self.saved_by(author)
        self.go_live(by, lambda how: publish([self.fact], **how), reason, pending)

    @rule(by=PEOPLE, author=AUTHOR, reason=REASON, pending=PENDING, seconds=st.integers(5, 60))
    def schedule(self, by: str, author: str, reason: str, pending: str, seconds: int) -> None:
        self.saved_by(author)
        at = self.clock.now + datetime.timedelta(seconds=seconds)
        self.go_live(by, lambda how: schedule([self.fact], at=at, **how), reason, pending)

    def go_live(self, by: str, verb, reason: str, pending: str) -> None:
        words, authors = self.fact.statement_en, self.authors()
        how = {**self.who(by), "reason": reason, "pending": pending, "choices": self.choices()}
        if not (editions := self.attempt(lambda: verb(how))):
            return
        assert editions[0].title_en == words
        approved = self.approval is not None and self.approval[0] == words
        move = Move.objects.filter(record_id=self.key, verb__in=["publish", "schedule"]).latest("pk")
        assert move.is_unreviewed == (by in authors and not approved)
        assert move.reason or not move.is_unreviewed
        if (left := self.fact.statement_en) != words:
            self.log.append(Saved(left, None))  # the desk carries on from what is scheduled

    @rule(by=PEOPLE)
    def unschedule(self, by: str) -> None:
        self.attempt(lambda: unschedule([self.fact], **self.who(by)))

    @rule(seconds=st.integers(1, 30))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    # --- what the log says --------------------------------------------------------------------------------------------

    def authors(self) -> set[str]:
        """Who wrote anything since the words that the public reads."""
        live, found = self.live_words(), set()
        for saved in reversed(self.log):
            if saved.words == live:
                break
            found |= {saved.by} - {None}
        return found

    def live_words(self) -> str | None:
        try:
            return reading.at(self.clock.now).item("fact", "pipelines", relationship=self.relationship).title.en
        except reading.NotPublished:
            return None

    def choices(self) -> dict[str, str]:
        """Where both change the words, the fix stays."""
        waiting = Edition.objects.filter(record_id=self.key, live_from__gt=self.clock.now)
        return {f"{edition.pk}:statement.en": "mine" for edition in waiting}

    def attempt(self, verb):
        """What the verb gives; None where it refuses, and then nothing has changed."""
        before = self.everything()
        try:
            return verb()
        except Refusal:
            assert self.everything() == before
            return None

    def everything(self) -> tuple:
        editions = Edition.objects.filter(record_id=self.key).order_by("pk").values_list("pk", "live_from", "number")
        return self.fact.stage, self.fact.desk_digest, Move.objects.count(), list(editions)

    # --- what always holds --------------------------------------------------------------------------------------------

    @invariant()
    def no_stage_was_skipped(self) -> None:
        stage = Stage.DRAFT
        for move in Move.objects.filter(record_id=self.key).order_by("pk"):
            assert move.stage_from in (stage, Stage.DRAFT)  # a save in between made it a draft
            assert move.stage_from in MOVES[Move.Verb(move.verb)].stages
            assert move.stage_to == (MOVES[Move.Verb(move.verb)].to or move.stage_from)
            stage = move.stage_to
        assert self.fact.stage in (stage, Stage.DRAFT)

    @invariant()
    def an_approved_text_is_the_one_that_was_approved(self) -> None:
        if self.fact.stage == Stage.APPROVED:
            assert self.approval is not None
            assert self.approval[0] == self.fact.statement_en


@pytest.mark.django_db
def test_nothing_unread_goes_live_unmarked():
    clock = cast.Clock()
    world = cast.live_world(clock)
    run_state_machine_as_test(
        lambda: Newsroom(world, clock.now),
        settings=settings(
            max_examples=int(os.environ.get("EXAMPLES", "6")),
            stateful_step_count=30,
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )

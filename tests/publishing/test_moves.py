"""Who may do what when: what the desk is told beforehand is what the verbs then do."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import transaction

from relations.documents import Text
from relations.models import Edition, Fact, Move, Stage
from relations.publishing import (
    MOVES,
    Erratum,
    NotAllowed,
    OwnWork,
    ReasonMissing,
    Refusal,
    SavedMeanwhile,
    WrongStage,
    approve,
    correct,
    discard,
    may,
    publish,
    rebase,
    save_revision,
    schedule,
    send_back,
    standing,
    submit,
    unschedule,
    why_not,
    withdraw,
)
from tests import cast
from tests.cast import Clock, World, put_live, someone

Verb = Move.Verb
HOUR = datetime.timedelta(hours=1)
REASON = Text(en="Wrong.", fr="Faux.")


def write(fact: Fact, by: str = "writer", words: str = "Reworded.") -> None:
    """Saves the desk copy in other words, as a form does."""
    Fact.objects.filter(pk=fact.pk).update(statement_en=words)
    save_revision(Fact.objects.get(pk=fact.pk), by=someone(by))


# ---- the situations a record can be in -------------------------------------------------------------------------------


def new(world: World, clock: Clock) -> Fact:
    fact = cast.a_fact(world, "pipelines")
    save_revision(fact, by=someone("writer"))
    return fact


def resting(world: World, clock: Clock) -> Fact:
    save_revision(world.fact, by=None)
    return world.fact


def changed(world: World, clock: Clock) -> Fact:
    write(resting(world, clock))
    return world.fact


def changed_by_editor(world: World, clock: Clock) -> Fact:
    write(resting(world, clock), by="editor")
    return world.fact


def changed_by_manager(world: World, clock: Clock) -> Fact:
    write(resting(world, clock), by="manager")
    return world.fact


def submitted(world: World, clock: Clock) -> Fact:
    submit([changed(world, clock)], by=someone("writer"), clock=clock)
    return world.fact


def submitted_by_editor(world: World, clock: Clock) -> Fact:
    submit([changed_by_editor(world, clock)], by=someone("editor"), clock=clock)
    return world.fact


def returned(world: World, clock: Clock) -> Fact:
    send_back([submitted(world, clock)], reason="Cite.", by=someone("colleague"), clock=clock)
    return world.fact


def approved(world: World, clock: Clock) -> Fact:
    approve([submitted(world, clock)], by=someone("colleague"), clock=clock)
    return world.fact


def approved_of_editor(world: World, clock: Clock) -> Fact:
    approve([submitted_by_editor(world, clock)], by=someone("colleague"), clock=clock)
    return world.fact


def scheduled(world: World, clock: Clock) -> Fact:
    schedule([changed(world, clock)], at=clock.now + HOUR, by=someone("editor"), clock=clock)
    return world.fact


def outdated(world: World, clock: Clock) -> Fact:
    """Scheduled, with a fix that went live since."""
    fact = scheduled(world, clock)
    discard(fact, by=someone("editor"), clock=clock)
    write(fact, by="writer", words="Fixed.")
    put_live(fact, clock=clock, pending="as_it_was")
    return fact


def withdrawn(world: World, clock: Clock) -> Fact:
    fact = resting(world, clock)
    clock.now = withdraw(fact, reason=REASON, by=someone("editor"), clock=clock).live_from
    return fact


SITUATIONS = [
    new, resting, changed, changed_by_editor, changed_by_manager, submitted, submitted_by_editor, returned,
    approved, approved_of_editor, scheduled, outdated, withdrawn,
]  # fmt: skip
PEOPLE = ["visitor", "writer", "editor", "colleague", "manager"]


# ---- the verbs, with all that they can be given ----------------------------------------------------------------------


def calls(fact: Fact, by, clock: Clock) -> dict[Verb, Callable]:
    """Every verb of this table as somebody would call it who did everything else right."""
    who = {"by": by, "clock": clock}
    number = max((each.number for each in standing(fact, at=clock.now).editions if not each.is_tombstone), default=1)
    live = standing(fact, at=clock.now).live
    erratum = Erratum(REASON, Text(en="Right.", fr="Juste."), 1, live.number if live else number)
    on_air = {"reason": "On air.", "pending": "as_it_was"}
    return {
        Verb.SUBMIT: lambda: submit([fact], **who),
        Verb.SEND_BACK: lambda: send_back([fact], reason="Cite.", **who),
        Verb.APPROVE: lambda: approve([fact], **who),
        Verb.PUBLISH: lambda: publish([fact], **who, **on_air),
        Verb.SCHEDULE: lambda: schedule([fact], at=clock.now + HOUR / 2, **who, **on_air),
        Verb.UNSCHEDULE: lambda: unschedule([fact], **who),
        Verb.REBASE: lambda: rebase(
            fact, choices={f"{each.pk}:statement.en": "mine" for each in standing(fact, at=clock.now).pending}, **who
        ),
        Verb.WITHDRAW: lambda: withdraw(fact, reason=REASON, **who),
        Verb.CORRECT: lambda: correct(fact, erratum=erratum, **who, **on_air),
        Verb.DISCARD: lambda: discard(fact, **who),
    }


# What depends on the text is not foretold: publishing or discarding what is as it is live.
TEXT = {(Verb.PUBLISH, resting), (Verb.SCHEDULE, resting), (Verb.CORRECT, resting), (Verb.DISCARD, resting)}


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.__name__)
def test_why_not_foretells_exactly_what_the_verbs_refuse(live, clock, situation):
    fact = Fact.objects.get(pk=situation(live, clock).pk)
    for name in PEOPLE:
        by = someone(name)
        for verb, call in calls(fact, by, clock).items():
            foretold = why_not(verb, fact, by, at=clock.now)
            said = outcome(call)
            if foretold is None and (verb, situation) in TEXT:
                assert said == said_of_unchanged(verb), (name, verb)
            else:
                assert said == foretold, (name, verb)


def outcome(call: Callable) -> str | None:
    """What a verb says, with everything it did undone."""
    try:
        with transaction.atomic():
            call()
            transaction.set_rollback(True)
    except Refusal as refusal:
        return str(refusal)
    return None


def said_of_unchanged(verb: Verb) -> str:
    if verb == Verb.DISCARD:
        return "The desk copy is exactly this text."
    return "“The border is long.” is already live exactly as it stands."


ALLOWED = {  # situation → verb → who may; the rest is refused
    "changed": {"submit": {"writer", "editor", "colleague", "manager"}, "publish": {"editor", "colleague", "manager"}},
    "changed_by_editor": {"approve": set(), "publish": {"colleague", "manager"}},
    "changed_by_manager": {"publish": {"editor", "colleague", "manager"}},  # the manager: with a reason
    "submitted": {"submit": set(), "approve": {"editor", "colleague", "manager"}},
    "submitted_by_editor": {"approve": {"colleague", "manager"}, "send_back": {"editor", "colleague", "manager"}},
    "returned": {"publish": set(), "correct": set(), "submit": {"writer", "editor", "colleague", "manager"}},
    "approved_of_editor": {"publish": {"editor", "colleague", "manager"}, "approve": set()},
    "scheduled": {"withdraw": set(), "unschedule": {"editor", "colleague", "manager"}, "rebase": set()},
    "outdated": {"rebase": {"editor", "colleague", "manager"}},
    "withdrawn": {"withdraw": set(), "correct": set(), "publish": {"editor", "colleague", "manager"}},
    "resting": {"submit": set(), "withdraw": {"editor", "colleague", "manager"}},
}


@pytest.mark.parametrize("name", ALLOWED)
def test_who_may_do_what_when(live, clock, name):
    fact = Fact.objects.get(pk=next(each for each in SITUATIONS if each.__name__ == name)(live, clock).pk)
    known = standing(fact, at=clock.now)
    for verb, expected in ALLOWED[name].items():
        able = {each for each in PEOPLE if why_not(verb, fact, someone(each), at=clock.now, known=known) is None}
        assert able == expected, verb


def test_the_table_has_a_row_for_every_verb():
    assert set(MOVES) == set(Verb)


def test_the_system_may_do_everything(live):
    assert all(may(verb, live.fact, None) for verb in Verb)


# ---- review ----------------------------------------------------------------------------------------------------------


def test_a_comment_is_due_when_something_is_returned(live, clock, editor):
    fact = submitted(live, clock)
    for reason in ("", "  \n"):
        with pytest.raises(ReasonMissing, match="Say why"):
            send_back([fact], reason=reason, by=editor, clock=clock)
    assert Fact.objects.get(pk=fact.pk).stage == Stage.SUBMITTED


def test_several_go_through_review_together_or_not_at_all(live, clock, editor):
    one, two = new(live, clock), cast.a_fact(live, "ferries")
    submit([one, two], by=someone("writer"), clock=clock)
    other = cast.a_fact(live, "bridges")
    with pytest.raises(WrongStage, match="was not submitted for review"):
        approve([one, other], by=editor, clock=clock)
    assert Move.objects.filter(verb="approve").count() == 0
    assert [each.record_id for each in approve([one, two], by=editor, clock=clock)] == [one.pk, two.pk]


def test_what_was_looked_at_is_what_is_approved(live, clock, editor):
    fact = submitted(live, clock)
    seen = {fact.pk: Fact.objects.get(pk=fact.pk).desk_digest}
    Fact.objects.filter(pk=fact.pk).update(statement_en="Smuggled in.")
    with pytest.raises(SavedMeanwhile):
        approve([fact], by=editor, clock=clock, seen=seen)
    assert Fact.objects.get(pk=fact.pk).stage == Stage.SUBMITTED


def test_an_approval_does_not_cover_what_came_past_the_forms(live, clock, editor):
    """A text that nobody saved is nobody's; whoever wrote the rest is still its author."""
    fact = approved_of_editor(live, clock)
    Fact.objects.filter(pk=fact.pk).update(statement_en="Smuggled in.")
    with pytest.raises(OwnWork):
        publish([fact], by=editor, clock=clock)


def test_the_authors_are_those_who_saved_since_it_was_public_last(live, clock, editor):
    fact = changed(live, clock)
    write(fact, by="manager", words="Again.")
    assert standing(fact, at=clock.now).authors == {someone("writer").pk, someone("manager").pk}
    put_live(fact, clock=clock)
    assert standing(fact, at=clock.now).authors == frozenset()
    write(fact, by="manager", words="And again.")
    assert standing(fact, at=clock.now).authors == {someone("manager").pk}


def test_the_authors_of_a_scheduled_text_stay_its_authors(live, clock):
    fact = scheduled(live, clock)
    assert standing(fact, at=clock.now).authors == {someone("writer").pk}
    assert standing(fact, at=clock.now + HOUR).authors == frozenset()


def test_what_came_back_to_the_live_text_has_no_authors(live, clock, editor):
    fact = changed(live, clock)
    discard(fact, by=editor, clock=clock)
    assert standing(fact, at=clock.now).authors == frozenset()


# ---- going live ------------------------------------------------------------------------------------------------------


def test_own_unreviewed_work_takes_a_right_and_a_reason_and_is_marked(live, clock):
    fact, manager = changed_by_manager(live, clock), someone("manager")
    with pytest.raises(ReasonMissing, match="Say why it cannot wait"):
        publish([fact], by=manager, clock=clock)
    publish([fact], by=manager, clock=clock, reason=" The minister is on air. ")
    move = Move.objects.get(record_id=fact.pk, verb="publish", made_by=manager)
    assert (move.is_unreviewed, move.reason, move.edition_number) == (True, "The minister is on air.", 2)


def test_a_superuser_gives_a_reason_too(live, clock):
    root = someone("root", is_superuser=True)
    write(live.fact, by="root")
    with pytest.raises(ReasonMissing):
        publish([live.fact], by=root, clock=clock)


def test_somebody_elses_work_is_reviewed_by_being_published(live, clock, editor):
    publish([changed(live, clock)], by=editor, clock=clock)
    move = Move.objects.get(record_id=live.fact.pk, verb="publish", edition_number=2)
    assert (move.is_unreviewed, move.stage_from, move.stage_to, move.made_at) == (False, "draft", "draft", clock.now)


def test_only_what_is_ones_own_is_marked_in_a_set(live, clock):
    fact, manager = changed_by_manager(live, clock), someone("manager")
    live.topic.name_en = "Frontier"
    live.topic.save()
    save_revision(live.topic, by=someone("writer"))
    publish([fact, live.topic], by=manager, clock=clock, reason="On air.")
    marked = Move.objects.filter(made_by=manager).values_list("kind", "is_unreviewed")
    assert dict(marked) == {"fact": True, "topic": False}


@pytest.mark.parametrize("name", ["visitor", "writer"])
def test_nobody_without_the_right_changes_what_the_public_sees(live, clock, name):
    fact, by = approved(live, clock), someone(name)
    before = Edition.objects.count()
    for verb in (Verb.PUBLISH, Verb.SCHEDULE, Verb.WITHDRAW, Verb.CORRECT):
        with pytest.raises(NotAllowed, match="You have no right to do this"):
            calls(fact, by, clock)[verb]()
    assert (Edition.objects.count(), Move.objects.filter(made_by=by).exclude(verb="submit").count()) == (before, 0)


def test_a_pack_is_loaded_with_one_move_for_each_record(world, clock):
    publish(world.records, by=None, clock=clock, release="First day")
    moves = Move.objects.values_list("verb", "made_by", "is_unreviewed", "release__name").distinct()
    assert list(moves) == [("publish", None, False, "First day")]
    assert Move.objects.count() == len(world.records)


def test_every_verb_that_changes_the_ledger_is_written_down(live, clock, editor):
    outdated(live, clock)
    rebase(live.fact, by=editor, clock=clock, choices={f"{_pending(live).pk}:statement.en": "mine"})
    verbs = Move.objects.filter(record_id=live.fact.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["publish", "schedule", "discard", "publish", "rebase"]


def _pending(live: World) -> Edition:
    return standing(live.fact, at=cast.MIDDAY + HOUR / 2).pending[0]

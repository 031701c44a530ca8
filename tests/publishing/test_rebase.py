"""A fix while a change is scheduled: the fix goes live now, and nobody forgets what becomes of the change."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from relations import reading
from relations.documents import Text, freeze, parse
from relations.models import Edition, Fact, Move, Release, Revision
from relations.publishing import (
    Conflict,
    NothingChanged,
    NotLive,
    NotReady,
    OlderBase,
    discard,
    publish,
    rebase,
    restore,
    save_revision,
    schedule,
    standing,
    unschedule,
)
from tests import cast
from tests.cast import INSTANT, put_live, someone

HOUR = datetime.timedelta(hours=1)
NOTE = Text(en="Renamed.", fr="Renommé.")


def write(fact: Fact, by: str = "writer", **fields) -> None:
    """Saves the desk copy in other words, as a form does."""
    if fields:
        Fact.objects.filter(pk=fact.pk).update(**fields)
    save_revision(Fact.objects.get(pk=fact.pk), by=someone(by))


@pytest.fixture
def scheduled(live, clock, editor) -> Edition:
    """New French words and another figure, embargoed for an hour; the desk is set back to what is live."""
    save_revision(live.fact, by=None)
    newest = live.fact.observations.get(position=1)
    newest.value = Decimal(6000)
    newest.save()
    write(live.fact, statement_fr="La frontière est bien longue.")
    at = clock.now + HOUR
    [edition] = schedule([live.fact], at=at, by=editor, clock=clock, note=NOTE, release="Summit")
    discard(live.fact, by=editor, clock=clock)
    return edition


def words(live, at) -> tuple[str, str, str]:
    """What readers find at an instant: both languages, and the newest figure."""
    document = reading.at(at).item("fact", "border-length", relationship=live.relationship.pk).document
    return document.statement.en, document.statement.fr, str(document.observations[1].value)


OLD = ("The border is long.", "La frontière est longue.", "5526.5")
FIXED = ("The border is very long.", *OLD[1:])
MERGED = ("The border is very long.", "La frontière est bien longue.", "6000")
SCHEDULED = ("The border is long.", *MERGED[1:])


def test_a_fix_is_refused_until_somebody_says_what_becomes_of_the_change(scheduled, live, clock, editor):
    write(live.fact, statement_en=FIXED[0])
    with pytest.raises(OlderBase, match="A change is scheduled for “The border is long") as refusal:
        publish([live.fact], by=editor, clock=clock)
    assert refusal.value.editions == [scheduled]
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 2


def test_brought_up_to_date_the_change_goes_live_with_the_fix_in_it(scheduled, live, clock):
    write(live.fact, statement_en=FIXED[0])
    [fix] = put_live(live.fact, clock=clock, pending="rebase")
    at = scheduled.live_from
    readers = [words(live, instant) for instant in (fix.live_from - INSTANT, fix.live_from, at - INSTANT, at)]
    assert readers == [OLD, FIXED, FIXED, MERGED]


def test_what_was_brought_up_to_date_stays_in_its_release_with_its_note(scheduled, live, clock):
    write(live.fact, statement_en=FIXED[0])
    put_live(live.fact, clock=clock, pending="rebase")
    merged = Edition.objects.get(record_id=live.fact.pk, number=3)
    assert (merged.release.name, merged.change_note_fr) == ("Summit", "Renommé.")
    assert merged.based_on_digest == merged.previous_digest == Edition.objects.get(number=2, kind="fact").digest
    assert not Edition.objects.filter(pk=scheduled.pk).exists()
    assert Release.objects.get(name="Summit").editions.count() == 1


def test_left_as_it_was_the_change_takes_the_fix_back_and_is_marked(scheduled, live, clock):
    write(live.fact, statement_en=FIXED[0])
    [fix] = put_live(live.fact, clock=clock, pending="as_it_was")
    assert [words(live, fix.live_from), words(live, scheduled.live_from)] == [FIXED, SCHEDULED]
    assert [each.pk for each in standing(live.fact, at=clock.now).outdated] == [scheduled.pk]
    assert Move.objects.get(verb="publish", record_id=live.fact.pk, edition_number=2).pending == "as_it_was"


def test_taken_back_the_fix_stays(scheduled, live, clock):
    write(live.fact, statement_en=FIXED[0])
    [fix] = put_live(live.fact, clock=clock, pending="instead")
    assert [words(live, fix.live_from), words(live, scheduled.live_from)] == [FIXED, FIXED]
    assert standing(live.fact, at=clock.now).pending == []


@pytest.mark.parametrize(("pending", "expected"), [("rebase", MERGED), ("as_it_was", SCHEDULED), ("instead", FIXED)])
def test_the_desk_carries_on_from_what_comes_last(scheduled, live, clock, pending, expected):
    write(live.fact, statement_en=FIXED[0])
    put_live(live.fact, clock=clock, pending=pending)
    fact = Fact.objects.get(pk=live.fact.pk)
    document = freeze(fact)
    assert (document.statement.en, document.statement.fr, str(document.observations[1].value)) == expected
    assert (fact.stage, fact.desk_digest) == ("draft", document.desk_digest)


def test_carrying_on_makes_nobody_an_author(scheduled, live, clock, editor):
    write(live.fact, statement_en=FIXED[0])
    put_live(live.fact, clock=clock, pending="rebase")
    assert Revision.objects.filter(record_id=live.fact.pk).latest("pk").origin == "rebase"
    assert standing(live.fact, at=clock.now).authors == frozenset()


def test_where_both_change_the_same_words_somebody_has_to_choose(scheduled, live, clock, editor):
    write(live.fact, statement_fr="La frontière est très longue.")
    with pytest.raises(Conflict, match="Choose which of them stay") as refusal:
        publish([live.fact], by=editor, clock=clock, pending="rebase")
    [proposal] = refusal.value.conflicts
    [clash] = proposal.conflicts
    assert (clash.base, clash.theirs, clash.mine) == (OLD[1], MERGED[1], "La frontière est très longue.")
    assert Edition.objects.filter(record_id=live.fact.pk).count() == 2
    put_live(live.fact, clock=clock, pending="rebase", choices={proposal.key(clash.path): "theirs"})
    assert words(live, scheduled.live_from) == (OLD[0], MERGED[1], "6000")


def test_the_other_choice_holds_as_well(scheduled, live, clock):
    write(live.fact, statement_fr="La frontière est très longue.")
    key = f"{scheduled.pk}:statement.fr"
    put_live(live.fact, clock=clock, pending="rebase", choices={key: "mine"})
    assert words(live, scheduled.live_from) == (OLD[0], "La frontière est très longue.", "6000")


def test_a_change_of_which_nothing_is_left_is_taken_out(live, clock, editor):
    write(live.fact, statement_en=FIXED[0])
    schedule([live.fact], at=clock.now + HOUR, by=editor, clock=clock)
    write(live.fact, statement_fr="Très longue.")
    put_live(live.fact, clock=clock, pending="rebase")
    assert standing(live.fact, at=clock.now).pending == []
    assert words(live, clock.now + 2 * HOUR) == (FIXED[0], "Très longue.", OLD[2])


def test_a_chain_of_changes_is_brought_up_to_date_link_by_link(scheduled, live, clock, editor):
    restore(live.fact, document=parse("fact", scheduled.document), by=someone("writer"), clock=clock)
    write(live.fact, slug="frontier")
    schedule([live.fact], at=clock.now + 2 * HOUR, by=editor, clock=clock)
    discard(live.fact, by=editor, clock=clock)
    write(live.fact, statement_en=FIXED[0])
    put_live(live.fact, clock=clock, pending="rebase")
    first, second = standing(live.fact, at=clock.now).pending
    assert (words(live, first.live_from), first.slug) == (MERGED, "border-length")
    assert (second.title_en, second.title_fr, second.slug) == (MERGED[0], MERGED[1], "frontier")
    assert standing(live.fact, at=clock.now).outdated == []


def test_what_was_left_as_it_was_can_be_brought_up_to_date_later(scheduled, live, clock, editor):
    write(live.fact, statement_en=FIXED[0])
    put_live(live.fact, clock=clock, pending="as_it_was")
    [edition] = rebase(live.fact, by=editor, clock=clock)
    assert words(live, scheduled.live_from) == MERGED
    move = Move.objects.get(verb="rebase")
    assert (move.made_by, move.edition_number, move.is_unreviewed) == (editor, 3, False)
    assert move.desk_digest == edition.desk_digest == Fact.objects.get(pk=live.fact.pk).desk_digest
    with pytest.raises(NothingChanged, match="is based on what is live"):
        rebase(live.fact, by=editor, clock=clock)


def test_later_edits_on_the_desk_survive_a_rebase(scheduled, live, clock, editor):
    write(live.fact, statement_en=FIXED[0])
    put_live(live.fact, clock=clock, pending="as_it_was")
    write(live.fact, statement_en="Work in progress.")
    rebase(live.fact, by=editor, clock=clock)
    assert Fact.objects.get(pk=live.fact.pk).statement_en == "Work in progress."


def test_an_unreviewed_fix_marks_what_it_is_brought_into(scheduled, live, clock):
    manager = someone("manager")
    write(live.fact, by="manager", statement_en=FIXED[0])
    how = {"by": manager, "clock": clock, "reason": "On air."}
    clock.now = publish([live.fact], pending="as_it_was", **how)[0].live_from
    rebase(live.fact, by=someone("editor"), clock=clock)
    assert Move.objects.get(verb="rebase").is_unreviewed


def test_a_merged_text_has_to_be_ready_as_well(live, clock, editor):
    """One change drops the first source, the other the second: together they would leave none."""
    almanac = cast.a_source("almanac")
    live.fact.sources.add(almanac)
    put_live(live.fact, almanac, clock=clock)
    live.fact.sources.set([live.source])
    write(live.fact)
    schedule([live.fact], at=clock.now + HOUR, by=editor, clock=clock)
    live.fact.sources.set([almanac])
    write(live.fact)
    with pytest.raises(NotReady, match="Name at least one source"):
        publish([live.fact], by=editor, clock=clock, pending="rebase")
    assert [each.number for each in standing(live.fact, at=clock.now).editions] == [1, 2, 3]


def test_taking_back_the_first_leaves_the_second_based_on_what_is_live(live, clock, editor):
    for hours, title in ((1, "One."), (2, "Two.")):
        write(live.fact, statement_en=title)
        schedule([live.fact], at=clock.now + hours * HOUR, by=editor, clock=clock)
    unschedule([live.fact], by=editor, clock=clock)
    assert standing(live.fact, at=clock.now).outdated == []
    with pytest.raises(NothingChanged):
        rebase(live.fact, by=editor, clock=clock)


def test_where_nothing_is_scheduled_there_is_nothing_to_rebase(live, clock, editor):
    with pytest.raises(NotLive, match="Nothing is scheduled"):
        rebase(live.fact, by=editor, clock=clock)


def test_what_the_desk_lost_does_not_keep_a_fix_back(live, clock, editor):
    """The scheduled text names a term that the desk has no more: the fix goes live, and stays on the desk."""
    write(live.fact, statement_en="Scheduled.")
    schedule([live.fact], at=clock.now + HOUR, by=editor, clock=clock)
    discard(live.fact, by=editor, clock=clock)
    write(live.fact, statement_fr="Corrigé.", slug="renamed")
    cast.a_fact(live, "border-length")  # took the address that the scheduled text would bring back
    put_live(live.fact, clock=clock, pending="as_it_was")
    assert Fact.objects.get(pk=live.fact.pk).statement_fr == "Corrigé."

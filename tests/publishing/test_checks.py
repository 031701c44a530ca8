"""Checked, still true: what answers a doubt, what does not, and what is refused."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from relations import reading
from relations.documents import Stale, Text
from relations.models import Check, Fact, Move, Observation
from relations.publishing import NotAllowed, NotLive, current_generation, save_revision, withdraw
from relations.publishing.checks import verify
from relations.publishing.refusals import CheckedLater, NotYet, UnknownSource, WrongOrder
from relations.reading.freshness import Freshness, freshness, overdue
from tests import cast
from tests.cast import INSTANT, put_live

TODAY = cast.MIDDAY.date()
DAY = datetime.timedelta(days=1)


def check(record, clock, **how) -> Check:
    """As the editor, today, against nothing but their own eyes."""
    given = {"checked_on": clock.now.date(), "by": None, "note": "Read again.", **how}
    made = verify(record, clock=clock, **given)
    clock.now = made.live_from
    return made


def fresh(record, clock) -> Freshness:
    reader = reading.at(clock.now)
    items = reader.items(reader.live(record.KIND).filter(record_id=record.pk))
    return freshness(reader, items)[record.pk]


def stale_titles(clock, *kinds: str) -> list[str]:
    return sorted(edition.title_en for edition in overdue(reading.at(clock.now), *kinds))


@pytest.fixture
def yearly(live, clock) -> Fact:
    """A figure for the year 2025 that a newer one follows every year: due from 2027 on."""
    Fact.objects.filter(pk=live.fact.pk).update(rhythm="yearly")
    put_live(live.fact, clock=clock)
    return live.fact


def test_a_check_is_public_from_its_instant_on_and_changes_no_text(live, clock, editor):
    before, generation = fresh(live.fact, clock), current_generation()
    made = verify(live.fact, checked_on=TODAY, source=live.source.pk, by=None, clock=clock)
    assert before == fresh(live.fact, clock) == Freshness()
    clock.now = made.live_from - INSTANT
    assert fresh(live.fact, clock).checked_on is None
    clock.now = made.live_from
    said = fresh(live.fact, clock)
    assert (said.checked_on, said.source.id, said.due_on) == (TODAY, live.source.pk, datetime.date(2028, 3, 2))
    assert current_generation() == generation + 1
    assert reading.at(clock.now).item("fact", "border-length", relationship=live.relationship.pk).number == 1


def test_it_is_written_down_who_checked(live, clock):
    person = cast.someone("root", is_superuser=True)
    check(live.fact, clock, by=person, note="Called the office.")
    move = Move.objects.get(record_id=live.fact.pk, verb="verify")
    assert (move.made_by, move.reason, move.edition_number) == (person, "Called the office.", 1)
    assert (move.stage_from, move.stage_to) == ("draft", "draft")


def test_a_figure_is_doubtful_from_the_day_on_which_a_newer_one_is_due(yearly, clock):
    clock.now = datetime.datetime(2026, 12, 31, 23, 59, tzinfo=datetime.UTC)
    assert fresh(yearly, clock) == Freshness(due_on=datetime.date(2026, 12, 31))
    clock.advance(minutes=1)
    assert fresh(yearly, clock).causes == (Stale.FIGURE,)
    assert stale_titles(clock, "fact", "meeting") == ["The border is long."]


def test_a_check_answers_that_and_promises_the_next(yearly, clock):
    clock.now = datetime.datetime(2027, 2, 1, 12, tzinfo=datetime.UTC)
    made = check(yearly, clock)
    assert (made.due_on, fresh(yearly, clock).causes) == (datetime.date(2028, 2, 1), ())
    clock.now = datetime.datetime(2028, 2, 1, 12, tzinfo=datetime.UTC)
    assert fresh(yearly, clock).causes == ()
    clock.advance(days=1)
    assert fresh(yearly, clock).causes == (Stale.CHECK,)


def test_who_looks_early_may_say_when_the_next_figure_really_comes(yearly, clock):
    clock.now = datetime.datetime(2026, 12, 20, 12, tzinfo=datetime.UTC)
    assert check(yearly, clock).due_on == datetime.date(2027, 1, 1)
    check(yearly, clock, due_on=datetime.date(2027, 6, 1))
    clock.now = datetime.datetime(2027, 6, 1, 12, tzinfo=datetime.UTC)
    assert fresh(yearly, clock).causes == ()
    clock.advance(days=1)
    assert fresh(yearly, clock).causes == (Stale.FIGURE, Stale.CHECK)


def test_neither_saving_nor_publishing_answers_a_check_that_is_due(live, clock):
    check(live.fact, clock, due_on=TODAY + DAY)
    clock.advance(days=2)
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="The border is very long.")
    save_revision(Fact.objects.get(pk=live.fact.pk), by=None)
    assert fresh(live.fact, clock).causes == (Stale.CHECK,)
    put_live(live.fact, clock=clock)
    assert fresh(live.fact, clock).causes == (Stale.CHECK,)
    check(live.fact, clock)
    assert fresh(live.fact, clock).causes == ()


def test_a_newer_figure_is_its_own_answer_and_what_was_hoped_for_is_none(yearly, live, clock):
    clock.now = datetime.datetime(2027, 2, 1, 12, tzinfo=datetime.UTC)
    day = {"as_of": datetime.date(2026, 1, 1), "value": Decimal(6000), "position": 2}
    target = cast.an_observation(live, yearly, **day, qualifier="target")
    put_live(yearly, clock=clock)
    assert fresh(yearly, clock).causes == (Stale.FIGURE,)
    Observation.objects.filter(pk=target.pk).update(qualifier="exact")
    put_live(yearly, clock=clock)
    assert fresh(yearly, clock).causes == ()


def test_a_meeting_is_doubtful_when_its_day_has_passed_and_nothing_tells_what_came_of_it(live, clock):
    new = cast.a_meeting(live, "summit", title_en="Summit", title_fr="Sommet", starts_on=TODAY + 3 * DAY)
    put_live(new, clock=clock)
    check(new, clock)
    clock.advance(days=3)
    assert stale_titles(clock, "meeting") == []
    clock.advance(days=1)
    assert stale_titles(clock, "meeting") == ["Summit"]
    assert fresh(new, clock).causes == (Stale.UPCOMING,)
    new.outcomes.create(text_en="Agreed.", text_fr="Convenu.")
    put_live(new, clock=clock)
    check(new, clock)
    assert stale_titles(clock, "meeting") == []


def test_an_official_is_doubtful_once_somebody_else_is_shown_in_the_post(live, clock):
    other = cast.an_official(live.one, live.source, "ben-reed")
    cast.a_term(other, live.post, live.source, held_from=TODAY + DAY)
    put_live(other, clock=clock)
    assert stale_titles(clock, "official") == []
    clock.advance(days=1)
    assert stale_titles(clock, "official") == ["Ana Holt"]
    check(live.official, clock)
    assert stale_titles(clock, "official") == []


def test_who_is_only_nominated_succeeds_nobody(live, clock):
    other = cast.an_official(live.one, live.source, "ben-reed")
    cast.a_term(other, live.post, live.source, held_from=TODAY, capacity="nominee")
    put_live(other, clock=clock)
    assert stale_titles(clock, "official") == []


def test_freshness_costs_one_query_for_one_and_for_many(live, clock, django_assert_num_queries):
    check(live.fact, clock)
    reader = reading.at(clock.now)
    for kinds in (["fact"], ["fact", "meeting", "official", "priority", "post"]):
        items = reader.items(reader.live(*kinds))
        with django_assert_num_queries(1):
            freshness(reader, items)


def test_the_reminder_of_the_desk_moves_on_and_the_text_does_not(live, clock):
    Fact.objects.filter(pk=live.fact.pk).update(review_by=TODAY, french_behind=["statement"])
    before = Fact.objects.get(pk=live.fact.pk)
    check(live.fact, clock)
    after = Fact.objects.get(pk=live.fact.pk)
    assert (after.review_by, after.french_behind) == (datetime.date(2028, 3, 2), ["statement"])
    assert (after.changed_at, after.desk_digest) == (before.changed_at, before.desk_digest)
    check(live.fact, clock, french_fits=True)
    assert Fact.objects.get(pk=live.fact.pk).french_behind == []


@pytest.mark.parametrize(
    ("refusal", "how"),
    [
        (NotYet, {"checked_on": TODAY + DAY}),
        (WrongOrder, {"due_on": TODAY}),
        (CheckedLater, {"checked_on": TODAY - 2 * DAY}),
        (UnknownSource, {"note": " "}),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_kept(live, clock, refusal, how):
    check(live.fact, clock, checked_on=TODAY - DAY)
    with pytest.raises(refusal):
        check(live.fact, clock, **how)
    assert Check.objects.count() == 1


def test_a_source_that_the_live_text_does_not_name_is_refused(live, clock):
    other = cast.a_source("bulletin")
    put_live(other, clock=clock)
    live.fact.sources.add(other)  # on the desk only
    with pytest.raises(UnknownSource):
        check(live.fact, clock, source=other.pk)
    put_live(live.fact, clock=clock)
    assert check(live.fact, clock, source=other.pk).source_id == other.pk


def test_what_is_not_on_the_site_cannot_be_checked(live, clock):
    draft = cast.a_fact(live, "draft", statement_en="Draft.", statement_fr="Brouillon.")
    with pytest.raises(NotLive):
        check(draft, clock)
    clock.now = withdraw(live.factsheet, reason=Text(en="No.", fr="Non."), by=None, clock=clock).live_from
    with pytest.raises(NotLive):
        check(live.factsheet, clock)


def test_it_takes_the_right_to_publish(live, clock):
    with pytest.raises(NotAllowed):
        check(live.fact, clock, by=cast.someone("writer"))
    assert not Check.objects.exists()

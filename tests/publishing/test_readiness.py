"""What keeps a record from going live, each problem in words that an editor can act on."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from relations import models
from relations.documents import Text
from relations.models import Record
from relations.publishing import NotReady, Problem, draft, problems, publish, schedule, withdraw
from tests import cast
from tests.cast import put_live


def found(record: Record, clock: cast.Clock) -> list[str]:
    """What keeps this one record from going live now, as the editor reads it."""
    return [str(problem) for problem in problems(draft([record], at=clock.now), at=clock.now)]


def change(row: Any, **fields: Any) -> Any:
    """Saves other values on the desk and returns the row."""
    type(row).objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def test_a_world_is_ready_together_and_not_alone(world, clock):
    assert problems(draft(world.records, at=clock.now), at=clock.now) == []
    assert found(world.topic, clock) == [
        "Border: It names “Norda and Suda” (relationship), which is not live and does not go live with it.",
        "Border: It names “The gazette of record” (source), which is not live and does not go live with it.",
        "Border: It names “Norda” (party), which is not live and does not go live with it.",
    ]


def test_the_refusal_holds_the_problems(live, clock, editor):
    change(live.fact, statement_fr="")
    with pytest.raises(NotReady) as refusal:
        publish([live.fact], by=editor, clock=clock)
    assert refusal.value.problems == [
        Problem("fact", live.fact.pk, "The border is long.", "statement", "The French text is missing.")
    ]


def test_french_is_missing(live, clock):
    change(live.fact, statement_fr=" ")
    assert found(live.fact, clock) == ["The border is long. – statement: The French text is missing."]


def test_english_is_missing_from_a_part(live, clock):
    change(live.commitment.assessments.get(), finding_en="")
    assert found(live.priority, clock) == [
        "Clean water – commitment 1, assessment 1, what it shows: The English text is missing."
    ]


def test_a_required_text_is_missing_in_both(live, clock):
    change(live.relationship, summary_en="", summary_fr="")
    assert found(live.relationship, clock) == [
        "Norda and Suda – state of play: The English and French text is missing."
    ]


def test_an_optional_text_may_be_missing_in_both(live, clock):
    change(live.relationship, tagline_en="", tagline_fr="")
    assert found(live.relationship, clock) == []


def test_a_record_names_no_source(live, clock):
    live.fact.sources.clear()
    assert found(live.fact, clock) == ["The border is long. – sources: Name at least one source."]


def test_a_part_names_no_source(live, clock):
    live.term.sources.clear()
    assert found(live.official, clock) == ["Ana Holt – term 1, sources: Name at least one source."]


def test_it_names_what_was_withdrawn(live, clock, editor):
    tombstone = withdraw(live.topic, reason=Text(en="Merged.", fr="Fusionné."), by=editor, clock=clock)
    clock.now = tombstone.live_from
    assert found(live.fact, clock) == [
        "The border is long.: It names “Border” (topic), which is not live and does not go live with it."
    ]


def test_it_names_what_is_scheduled_for_later_only(live, clock, editor):
    new = cast.a_topic(live, "water", name_en="Water")
    schedule([new], at=clock.now + datetime.timedelta(hours=1), by=editor, clock=clock)
    live.fact.topics.add(new)
    assert len(found(live.fact, clock)) == 1
    clock.advance(hours=1)
    assert found(live.fact, clock) == []


@pytest.mark.parametrize(
    ("starts_on", "precision", "until", "ready"),
    [
        ("2020-01-20", "day", None, True),
        ("2020-01-19", "day", None, False),
        ("2020-01-01", "month", None, True),
        ("2020-01-01", "year", None, True),
        ("2019-12-01", "month", None, False),
        ("2020-01-18", "day", "2020-01-21", True),
    ],
)
def test_a_participant_held_the_post_at_some_time_of_the_meeting(live, clock, starts_on, precision, until, ready):
    """The term runs from 20 January 2020."""
    change(live.meeting, starts_on=starts_on, starts_on_precision=precision, until=until)
    complaint = f"First call – participation 1: Ana Holt: the term named does not cover {starts_on[:7]}"
    assert [each[: len(complaint)] for each in found(live.meeting, clock)] == ([] if ready else [complaint])


def test_a_short_term_inside_the_year_that_is_all_we_know(live, clock):
    change(
        live.term,
        standing="ended",
        held_from="2020-03-01",
        held_from_precision="day",
        held_until="2020-05-01",
        held_until_precision="day",
    )
    change(live.meeting, starts_on="2020-01-01", starts_on_precision="year")
    assert problems(draft([live.meeting, live.official], at=clock.now), at=clock.now) == []


def test_a_speaker_did_not_hold_the_post_that_day(live, clock):
    change(live.statement, said_on="2019-06-01")
    assert found(live.statement, clock) == [
        "“Good neighbors.” – speaker’s term: Ana Holt: the term named does not cover 2019-06-01."
    ]


def test_a_term_is_on_the_desk_only(live, clock):
    models.Participation.objects.create(
        meeting=live.meeting, term=cast.a_term(live.official, live.post, live.source), position=1
    )
    assert found(live.meeting, clock) == [
        "First call – participation 2: Ana Holt: this term is not in the live text yet. Publish the official as well."
    ]


def test_a_commitment_is_on_the_desk_only(live, clock):
    models.Line.objects.create(
        section=live.factsheet.sections.get(), commitment=cast.a_commitment(live, live.priority, "pumps"), position=9
    )
    assert found(live.factsheet, clock) == [
        "Roadmap – section 1, line 4, commitment: "
        "This commitment is not in the live text yet. Publish its priority as well."
    ]


def test_something_unverified_says_why(live, clock):
    change(live.fact, verified=False)
    assert found(live.fact, clock) == [
        "The border is long. – note: It is marked as not verified. Say why in the note, in both languages."
    ]
    change(live.fact, note_en="Two sources differ.")
    assert found(live.fact, clock) == ["The border is long. – note: The French text is missing."]


@pytest.mark.parametrize(
    ("day", "time", "message"),
    [
        ("2021-03-14", "01:59", None),
        ("2021-03-14", "02:30", "The clocks skip this hour on that day in that time zone."),
        ("2021-11-07", "01:30", "The clocks show this hour twice on that day. Leave it out and explain in the note."),
        ("2021-11-07", "02:00", None),
    ],
)
def test_a_local_time_that_is_no_instant(live, clock, day, time, message):
    change(live.meeting, starts_on=day, start_time=time)
    assert found(live.meeting, clock) == ([f"First call – start time: {message}"] if message else [])


def test_the_end_and_the_time_of_issue_are_times_too(live, clock):
    change(live.meeting, starts_on="2021-03-13", until="2021-03-15", start_time="02:30", end_time="02:30")
    change(live.factsheet, issued_on="2021-03-14", issue_time="02:30")
    message = "The clocks skip this hour on that day in that time zone."
    assert found(live.meeting, clock) == [f"First call – end time: {message}"]
    assert found(live.factsheet, clock) == [f"Roadmap – time of issue: {message}"]


@pytest.mark.parametrize("zone", ["", "America", "Mars/Olympus"])
def test_a_time_zone_that_nobody_knows(live, clock, zone):
    change(live.meeting, start_time="12:00", timezone=zone)
    assert found(live.meeting, clock) == ["First call – time zone: This is not a time zone."]


@pytest.mark.parametrize("year", [1, 202, 2999, 9999])
def test_a_slip_of_the_keyboard_in_a_year(live, clock, year):
    change(live.meeting, starts_on=datetime.date(year, 12, 31))
    models.Participation.objects.all().delete()
    assert found(live.meeting, clock) == [f"First call – first day: The year {year} cannot be right."]


def test_an_address_that_another_record_once_had(live, clock):
    change(live.fact, slug="length")
    put_live(live.fact, clock=clock)
    newcomer = cast.a_fact(live, "border-length")
    assert found(newcomer, clock) == [
        "The border is long. – address: "
        "Another record once had this address, and old links still lead there. Choose another."
    ]


def test_an_address_of_another_kind_or_its_own_former_one(live, clock):
    change(live.fact, slug="length")
    put_live(live.fact, clock=clock)
    assert found(cast.a_topic(live, "border-length"), clock) == []
    assert found(change(live.fact, slug="border-length"), clock) == []

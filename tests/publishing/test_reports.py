"""Readers' reports by their verbs: one form is one report, and who may decide it, how, from when on."""

from __future__ import annotations

import datetime

import pytest

from relations.documents import Text
from relations.models import Report, Tries
from relations.publishing import NotAllowed, ReasonMissing, TooLate, WrongStage, current_generation, reports
from relations.publishing.reports import About, Words
from tests.cast import INSTANT, MIDDAY, live_world, someone
from tests.publishing.test_concurrency import at_once
from tests.readers import a_report

TOLD = Text(en="Both are right.", fr="Les deux sont justes.")


def send(text: str = "It is wrong.") -> int:
    how = {"about": About(), "language": "en", "form": "one showing", "network": "192.0.2.7", "at": MIDDAY}
    return reports.report(Words(text=text), **how)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_eight_times_at_once_is_one_report():
    numbers = at_once(*[send] * reports.AN_HOUR)
    assert set(numbers) == {Report.objects.get().pk}
    assert not any("192.0.2" in door for door in Tries.objects.values_list("door", flat=True))


@pytest.fixture
def report(db, clock) -> Report:
    return a_report(live_world(clock), made_at=clock.now, name="A. Reader", email="reader@example.org")


def decide(report: Report, clock, text: Text = TOLD, by: str = "editor") -> Report:
    return reports.decide(report, state="declined", text=text, by=someone(by), clock=clock)


def test_an_outcome_is_public_at_its_instant_and_not_before(report, clock):
    generation = current_generation()
    decided = decide(report, clock)
    assert decided.decided_at > clock.now
    for at, state, text in (
        (decided.decided_at - INSTANT, "open", Text(en="", fr="")),
        (decided.decided_at, "declined", TOLD),
    ):
        found = reports.outcome(report.pk, at=at)
        assert (found.state, found.text) == (state, text)
    assert reports.outcome(report.pk, at=report.made_at - INSTANT) is None
    assert current_generation() == generation + 1


def test_what_is_public_of_it_holds_nothing_of_the_reader(report, clock):
    decide(report, clock)
    shown = repr(reports.outcome(report.pk, at=clock.advance(seconds=2)))
    assert TOLD.en in shown
    assert [each for each in (report.text, report.name, report.email) if each in shown] == []


@pytest.mark.parametrize(
    ("how", "refusal"),
    [({"by": "writer"}, NotAllowed), ({"text": Text(en="Only English.", fr="")}, ReasonMissing)],
)
def test_what_is_refused_changes_nothing(report, clock, how, refusal):
    with pytest.raises(refusal):
        decide(report, clock, **how)
    assert Report.objects.get().state == "open"


def test_what_is_decided_stays_decided(report, clock):
    decide(report, clock)
    with pytest.raises(WrongStage):
        decide(report, clock, Text(en="No.", fr="Non."))
    assert Report.objects.get().outcome_en == TOLD.en


def test_a_decision_that_took_too_long_is_none(report, clock):
    moments = iter([clock.now, clock.now + datetime.timedelta(seconds=2)])
    with pytest.raises(TooLate):
        decide(report, lambda: next(moments))
    assert Report.objects.get().state == "open"

"""How a meeting is said: days, hours, status, who met whom, and which one is the latest."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.utils import translation

from relations.documents import Meeting, Ref, Text
from relations.documents.meeting import Outcome
from relations.models import PartialDate
from relations.rendering import meeting as page
from relations.rendering import meeting_lists as lists
from relations.rendering import meeting_words as words

TODAY = datetime.date(2026, 3, 2)


def day(iso, precision="day"):
    return PartialDate(date=datetime.date.fromisoformat(iso), precision=precision)


def a_meeting(iso="2021-02-26", precision="day", *, until=None, **fields):
    given = {
        "id": uuid.uuid4(),
        "slug": "talks",
        "relationship": Ref(kind="relationship", id=uuid.uuid4()),
        "title": Text(en="Talks", fr="Pourparlers"),
        "meeting_kind": "bilateral",
        "mode": "in_person",
        "timezone": "America/Toronto",
    }
    last = datetime.date.fromisoformat(until) if until else None
    return Meeting(starts_on=day(iso, precision), until=last, **{**given, **fields})


def an_item(meeting):
    return SimpleNamespace(document=meeting, slug=meeting.slug)


OUTCOME = (Outcome(id=uuid.uuid4(), text=Text(en="Agreed.", fr="Convenu.")),)


@pytest.mark.parametrize(
    ("meeting", "english", "french", "under_its_year"),
    [
        (a_meeting(), "26 February 2021", "26 février 2021", "26 February"),
        (a_meeting("2021-03-01"), "1 March 2021", "1er mars 2021", "1 March"),
        (a_meeting("2023-03-23", until="2023-03-25"), "23–24 March 2023", "23–24 mars 2023", "23–24 March"),
        (a_meeting("2023-03-30", until="2023-04-02"), "30 March – 1 April 2023", "30 mars – 1er avril 2023", None),
        (
            a_meeting("2023-12-31", until="2024-01-02"),
            "31 December 2023 – 1 January 2024",
            "31 décembre 2023 – 1er janvier 2024",
            "31 December 2023 – 1 January 2024",
        ),
        (a_meeting("2021-02-15", "month"), "February 2021", "février 2021", "February"),
        (a_meeting("2021-02-15", "year"), "2021", "2021", ""),
    ],
)
def test_days_keep_their_precision(meeting, english, french, under_its_year):
    with translation.override("en"):
        assert words.days(meeting) == english
        if under_its_year is not None:
            assert words.days(meeting, with_year=False) == under_its_year
    with translation.override("fr"):
        assert words.days(meeting) == french


def test_weekdays_are_said_only_where_the_day_is_known():
    with translation.override("en"):
        assert words.weekdays(a_meeting()) == "Friday"
        assert words.weekdays(a_meeting("2023-03-23", until="2023-03-25")) == "Thursday and Friday"
        assert words.weekdays(a_meeting("2023-03-20", until="2023-03-25")) == "Monday to Friday"
        assert words.weekdays(a_meeting("2021-02-15", "month")) == ""
    with translation.override("fr"):
        assert words.weekdays(a_meeting()) == "Vendredi"
        assert words.weekdays(a_meeting("2023-03-23", until="2023-03-25")).endswith("vendredi")


def test_the_calendar_date_never_shows_a_day_that_is_not_known():
    with translation.override("en"):
        assert words.calendar(a_meeting())["number"] == "26"
        assert words.calendar(a_meeting("2023-03-23", until="2023-03-25"))["rest"] == "to 24 March 2023"
        assert words.calendar(a_meeting("2023-03-30", until="2023-04-02"))["rest"] == "March to 1 April 2023"
        assert words.calendar(a_meeting("2021-02-15", "month")) == {
            "number": "",
            "rest": "February 2021",
            "datetime": "2021-02",
            "weekday": "Day not recorded",
        }


def test_hours_are_local_and_named_by_their_distance_from_utc():
    summer = a_meeting("2025-05-06", start_time=datetime.time(12, 10))
    winter = a_meeting("2025-01-06", start_time=datetime.time(12, 10), end_time=datetime.time(13))
    newfoundland = a_meeting("2025-01-06", start_time=datetime.time(9), timezone="America/St_Johns")
    with translation.override("en"):
        assert words.hours(a_meeting()) == "Hour not recorded"
        assert words.hours(summer) == "12:10 p.m. local time (UTC−4)"
        assert words.hours(winter) == "12:10 p.m. – 1:00 p.m. local time (UTC−5)"
        assert "UTC−3:30" in words.hours(newfoundland)


@pytest.mark.parametrize(
    ("meeting", "code", "label"),
    [
        (a_meeting(outcomes=OUTCOME), "passed", "Held"),
        (a_meeting(), "passed", "Day has passed"),
        (a_meeting("2026-03-03"), "confirmed", "Upcoming"),
        (a_meeting("2026-03-02"), "confirmed", "Today"),
        (a_meeting("2026-03-01", until="2026-03-04"), "confirmed", "Under way"),
        (a_meeting("2026-03-15", "month"), "confirmed", "Upcoming"),
        (a_meeting("2026-03-03", state="tentative"), "tentative", "Tentative"),
        (a_meeting("2021-03-03", state="cancelled"), "cancelled", "Cancelled"),
        (a_meeting("2026-03-03", state="postponed"), "postponed", "Postponed"),
    ],
)
def test_a_status_claims_no_more_than_is_known(meeting, code, label):
    with translation.override("en"):
        assert words.status(meeting, TODAY) == (code, label)


def test_a_meeting_is_over_when_its_last_possible_day_is():
    assert not words.is_over(a_meeting("2026-03-02"), TODAY)
    assert words.is_over(a_meeting("2026-03-01"), TODAY)
    assert not words.is_over(a_meeting("2026-03-01", until="2026-03-03"), TODAY)
    assert not words.is_over(a_meeting("2026-03-15", "month"), TODAY)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"place": Text(en="Ottawa")}, "Bilateral meeting, in person, Ottawa."),
        ({"place": Text(en="Washington, D.C.")}, "Bilateral meeting, in person, Washington, D.C."),
        ({"mode": "phone", "place": Text(en="By telephone")}, "Bilateral meeting, by telephone."),
        ({"mode": "unspecified", "place": Text(en="Not stated")}, "Bilateral meeting."),
        ({"mode": "virtual", "meeting_kind": "visit"}, "Visit, by video."),
    ],
)
def test_a_neutral_line_says_what_it_was(fields, said):
    with translation.override("en"):
        assert words.what(a_meeting(**fields)) == said


def test_names_are_listed_as_a_sentence_has_them():
    with translation.override("en"):
        assert words.listed(["A", "B", "C"]) == "A, B and C"
        assert words.listed(["A"]) == "A"
        assert words.listed([]) == ""
        assert words.sentence("Joseph R. Biden Jr.") == "Joseph R. Biden Jr."


def test_an_outcome_line_says_how_many_more_there_are():
    with translation.override("en"):
        assert page.outcome_line(a_meeting()) == ""
        assert page.outcome_line(a_meeting(outcomes=OUTCOME)) == "Agreed."
        assert page.outcome_line(a_meeting(outcomes=OUTCOME * 3)) == "Agreed. 2 more outcomes."


def test_the_latest_is_over_and_the_next_is_not():
    old, last = an_item(a_meeting("2025-01-01")), an_item(a_meeting("2026-03-01"))
    today, later = an_item(a_meeting("2026-03-02")), an_item(a_meeting("2026-04-01"))
    called_off = an_item(a_meeting("2026-03-02", state="cancelled", slug="a"))
    assert page.latest_and_next([later, old, called_off, today, last], TODAY) == (last, today)
    assert page.latest_and_next([], TODAY) == (None, None)


def test_a_year_alone_belongs_to_no_month():
    of = lists._months
    assert list(of(datetime.date(2021, 1, 1), datetime.date(2022, 1, 1))) == []
    assert list(of(datetime.date(2021, 2, 1), datetime.date(2021, 3, 1))) == [(2021, 2)]
    assert list(of(datetime.date(2021, 12, 31), datetime.date(2022, 1, 2))) == [(2021, 12), (2022, 1)]

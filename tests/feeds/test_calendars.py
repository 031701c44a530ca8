"""Meetings as iCalendar: what a client reads back is what the record says."""

import datetime

import pytest
from icalendar import Calendar

from relations.models import Meeting, Outcome
from relations.publishing import schedule
from tests import cast

pytestmark = pytest.mark.django_db

LIST = "/{}/norda-suda/meetings.ics"
ONE = "/{}/norda-suda/meetings/{}.ics"


@pytest.fixture
def world(clock):
    return cast.live_world(clock)


def events(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return Calendar.from_ical(response.content).walk("VEVENT")


def one(client, world, clock, **fields):
    """The entry of a meeting with these fields."""
    meeting = cast.a_meeting(world, "talks", **fields)
    cast.put_live(meeting, clock=clock)
    (event,) = events(client, ONE.format("en", "talks"))
    return event


def test_a_meeting_without_an_hour_takes_its_whole_day(client, world):
    (event,) = events(client, LIST.format("en"))
    assert event["DTSTART"].dt == datetime.date(2021, 2, 26)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["DTEND"].dt == datetime.date(2021, 2, 27)
    assert event["SUMMARY"] == "First call"
    assert event["STATUS"] == "CONFIRMED"
    assert event["UID"] == f"{world.meeting.id}@testserver"
    assert event["URL"] == "http://testserver/en/norda-suda/meetings/first-call/"
    assert event["DESCRIPTION"].endswith(event["URL"])
    assert event["CATEGORIES"].cats == ["Bilateral meeting", "By telephone"]


def test_each_language_has_its_own_words_and_the_same_entry(client, world):
    (english,), (french,) = (events(client, LIST.format(language)) for language in ("en", "fr"))
    assert french["SUMMARY"] == "Premier appel"
    assert french["SUMMARY"].params["LANGUAGE"] == "fr"
    assert french["UID"] == english["UID"]
    assert "/fr/" in french["URL"]


def test_several_days_end_where_the_next_day_begins(client, world, clock):
    event = one(client, world, clock, until=datetime.date(2021, 2, 28))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (datetime.date(2021, 2, 26), datetime.date(2021, 2, 28))


def test_an_hour_is_written_in_utc_and_no_end_is_invented(client, world, clock):
    event = one(client, world, clock, start_time=datetime.time(12, 10))
    assert event["DTSTART"].dt == datetime.datetime(2021, 2, 26, 17, 10, tzinfo=datetime.UTC)
    assert "DTEND" not in event


def test_a_known_end_is_written(client, world, clock):
    event = one(client, world, clock, start_time=datetime.time(12, 10), end_time=datetime.time(13))
    assert event["DTEND"].dt == datetime.datetime(2021, 2, 26, 18, tzinfo=datetime.UTC)


@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_meeting_without_a_day_is_in_no_calendar(client, world, clock, precision):
    cast.put_live(cast.a_meeting(world, "some-time", starts_on_precision=precision), clock=clock)
    assert len(events(client, LIST.format("en"))) == 1
    assert client.get(ONE.format("en", "some-time")).status_code == 404


@pytest.mark.parametrize(
    ("state", "status"), [("tentative", "TENTATIVE"), ("postponed", "TENTATIVE"), ("cancelled", "CANCELLED")]
)
def test_a_meeting_that_is_not_certain_says_so(client, world, clock, state, status):
    event = one(client, world, clock, state=state, state_reason_en="A strike.", state_reason_fr="Une grève.")
    assert event["STATUS"] == status
    assert ("A strike." in event["DESCRIPTION"]) is (state != "tentative")


def test_special_signs_and_long_words_come_back_as_they_were(client, world, clock):
    title = "Talks; on fish, boats & “borders” — été\\hiver " + "é" * 120
    event = one(client, world, clock, title_en=title, place_en="Ottawa, Ontario", place_fr="Ottawa")
    assert event["SUMMARY"] == title
    assert event["LOCATION"] == "Ottawa, Ontario"


def test_the_same_edition_gives_the_same_bytes_and_a_new_one_rises(client, world, clock):
    first = client.get(LIST.format("en")).content
    clock.advance(days=3)
    assert client.get(LIST.format("en")).content == first
    Outcome.objects.create(meeting=world.meeting, text_en="Agreed.", text_fr="Convenu.")
    cast.put_live(Meeting.objects.get(pk=world.meeting.pk), clock=clock)
    (before,), (after,) = Calendar.from_ical(first).walk("VEVENT"), events(client, LIST.format("en"))
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert after["DESCRIPTION"].startswith("Agreed.")


def test_the_calendar_has_what_the_list_has(client, world, clock):
    cast.put_live(cast.a_meeting(world, "in-person", mode="in_person"), clock=clock)
    assert len(events(client, LIST.format("en"))) == 2
    (event,) = events(client, LIST.format("en"), mode="in_person")
    assert "in-person" in event["URL"]
    assert events(client, LIST.format("en"), year="1999") == []
    assert len(events(client, LIST.format("en"), mode="by-pigeon", page="9")) == 2


def test_what_is_not_public_is_in_no_calendar(client, world, clock):
    soon = clock() + datetime.timedelta(days=1)
    schedule([cast.a_meeting(world, "secret-talks")], at=soon, by=cast.someone("editor"), clock=clock)
    assert len(events(client, LIST.format("en"))) == 1
    assert client.get(ONE.format("en", "secret-talks")).status_code == 404
    clock.now = soon
    assert len(events(client, LIST.format("en"))) == 2


def test_a_calendar_costs_few_queries(client, world, clock, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(ONE.format("en", "first-call"))
    with django_assert_max_num_queries(4):
        client.get(LIST.format("en"))

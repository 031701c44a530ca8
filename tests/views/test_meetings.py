"""The public pages of meetings: what is on them, what is kept from them, and what they cost."""

import datetime
import json
import re

import pytest

from relations.documents import Text
from relations.models import OtherParticipant, Readout
from relations.publishing import schedule, withdraw
from tests import cast
from tests.effort import sample

pytestmark = pytest.mark.django_db

MEETINGS = "/en/norda-suda/meetings/"
REAL = "/{}/united-states-canada/meetings/"
MOST_QUERIES = 6


@pytest.fixture
def world(clock):
    return cast.live_world(clock)


def html(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def listed(client, **query):
    """The addresses of the meetings that the list shows, in its order."""
    page = html(client, REAL.format("en"), **query)
    return re.findall(r'<h3><a href="/en/united-states-canada/meetings/([^"]+)/"', page)


# ---- one meeting


def test_a_meeting_shows_who_met_in_which_post_and_what_names_it(client, world):
    page = html(client, MEETINGS + "first-call/")
    assert "<h1>First call</h1>" in page
    assert 'datetime="2021-02-26"' in page
    assert "Ana Holt" in page
    assert "Premier" in page
    assert "Good neighbors." in page  # the statement made there
    assert "/en/norda-suda/priorities/clean-water/#pipes" in page  # the commitment made there
    assert "Hour not recorded" in page
    assert "None in the record" in page  # the side that sent nobody stays
    assert "/en/norda-suda/meetings/first-call.ics" in page


def test_the_french_page_speaks_french_of_what_editors_wrote(client, world):
    page = html(client, "/fr/norda-suda/meetings/first-call/")
    assert "Premier appel" in page
    assert "Premier ministre" in page
    assert "First call" not in page


def test_a_post_agrees_with_whoever_held_it(client, real):
    page = html(client, REAL.format("fr") + "niagara-2025-11-12/")
    assert "Ministre des Affaires étrangères" in page
    assert "Secrétaire d’État" in page


def test_each_side_shows_its_own_readout_and_a_side_without_one_stays_empty(client, world, clock):
    meeting = cast.a_meeting(world, "talks")
    Readout.objects.create(
        meeting=meeting, party=world.other, source=world.source, summary_en="Suda is pleased.", summary_fr="Ravi."
    )
    cast.put_live(meeting, clock=clock)
    page = html(client, MEETINGS + "talks/")
    one, other = page.split('id="h-read"')[1].split('class="counter__b"')
    assert "The gazette of record" in one  # no readout, but an official page that speaks for this side
    assert "Suda is pleased." in other


def test_others_present_stand_with_their_side_or_apart(client, world, clock):
    meeting = cast.a_meeting(world, "talks")
    OtherParticipant.objects.create(meeting=meeting, name_en="Ola Suda", name_fr="Ola Suda", party=world.other)
    OtherParticipant.objects.create(meeting=meeting, name_en="Ines Far", name_fr="Ines Far", position=1)
    cast.put_live(meeting, clock=clock)
    sides, apart = html(client, MEETINGS + "talks/").split('id="h-del"')[1].split("Others present")
    assert "Ola Suda" in sides
    assert "Ines Far" in apart


def test_before_and_after_are_the_nearest_meetings(client, world, clock):
    days = {"older": 1, "just-before": 25, "same-day": 26, "just-after": 27}
    rows = [
        cast.a_meeting(world, slug, title_en=slug, starts_on=datetime.date(2021, 2, day)) for slug, day in days.items()
    ]
    cast.put_live(*rows, clock=clock)
    sequence = html(client, MEETINGS + "first-call/").split('id="h-seq"')[1].split("</section>")[0]
    assert re.findall(r"meetings/([a-z-]+)/", sequence) == ["just-before", "same-day"]
    last = html(client, MEETINGS + "just-after/").split('id="h-seq"')[1]
    assert "No later meeting in the record" in last


def test_a_meeting_tells_machines_what_it_is(client, real):
    page = html(client, REAL.format("en") + "kananaskis-2025-06-16/")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["@type"] == "Event"
    assert data["startDate"] == "2025-06-16T09:00:00-06:00"
    assert data["eventAttendanceMode"].endswith("OfflineEventAttendanceMode")
    assert data["location"]["name"] == "Kananaskis, Alberta"
    assert {person["name"] for person in data["attendee"]} >= {"Mark Carney"}
    assert 'property="og:title"' in page


def test_what_is_not_verified_says_so_at_the_top(client, real):
    page = html(client, REAL.format("en") + "usmca-review-2026-07-01/")
    assert page.index("Not everything here is verified.") < page.index('id="h-glance"')


def test_unknown_embargoed_and_withdrawn(client, world, clock):
    soon = clock() + datetime.timedelta(hours=1)
    secret = cast.a_meeting(world, "secret", title_en="Secret talks", starts_on=datetime.date(2021, 2, 27))
    schedule([secret], at=soon, by=cast.someone("editor"), clock=clock)
    addresses = [MEETINGS, MEETINGS + "first-call/", MEETINGS + "2021-02/"]
    assert client.get(MEETINGS + "secret/").status_code == client.get(MEETINGS + "nothing/").status_code == 404
    assert not any("Secret talks" in html(client, address) for address in addresses)
    clock.now = soon
    assert all("Secret talks" in html(client, address) for address in addresses)
    reason = Text(en="It never took place.", fr="Elle n’a pas eu lieu.")
    gone = withdraw(secret, reason=reason, by=cast.someone("editor"), clock=clock)
    clock.now = gone.live_from
    response = client.get(MEETINGS + "secret/")
    assert response.status_code == 410
    assert "It never took place." in response.content.decode()
    assert not any("Secret talks" in html(client, address) for address in addresses)


def test_every_meeting_of_the_pack_has_its_page_in_both_languages(client, real):
    slugs = list(real.live("meeting").values_list("slug", flat=True))
    assert len(slugs) == 22
    for turn, language in enumerate(("en", "fr")):
        for slug in sample(slugs, 4, start=turn):
            assert client.get(f"{REAL.format(language)}{slug}/").status_code == 200


# ---- the list


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 22),
        ({"mode": "phone"}, 4),
        ({"mode": ["phone", "virtual"]}, 7),
        ({"mode": "phone", "year": "2021"}, 2),
        ({"kind": "visit"}, 3),
        ({"topic": "energy"}, 2),
        ({"participant": "melanie-joly"}, 3),
        ({"priority": "climate", "year": "2021"}, 6),
        ({"when": "past"}, 22),
        ({"when": "upcoming"}, 0),
        ({"from": "2023-03-24", "to": "2023-03-24"}, 1),
        ({"from": "2023-03-25", "to": "2023-12-31"}, 0),
        ({"q": "norad"}, 3),
    ],
)
def test_filters_leave_what_they_say(client, real, query, number):
    page = html(client, REAL.format("en"), **query)
    shown = listed(client, **query)
    assert len(shown) == number
    assert f"{number} meeting" in page
    if query and number:
        assert "Remove filter:" in page


def test_the_newest_meeting_is_first_unless_asked_otherwise(client, real):
    newest, oldest = listed(client), listed(client, sort="oldest")
    assert newest[0] == "usmca-review-2026-07-01"
    assert oldest == newest[::-1]


def test_a_meeting_of_tomorrow_is_upcoming(client, world, clock):
    tomorrow = clock().date() + datetime.timedelta(days=1)
    cast.put_live(cast.a_meeting(world, "soon", title_en="Soon", starts_on=tomorrow), clock=clock)
    page = html(client, MEETINGS, when="upcoming")
    assert "Soon" in page
    assert "First call" not in page
    assert "Upcoming</span>" in page
    clock.advance(days=2)
    assert "Soon" in html(client, MEETINGS, when="past")


@pytest.mark.parametrize(
    "query", ["mode=pigeon", "year=soon", "from=x", "sort=up", "page=-3", "when=ever", "topic=%00", "to=2021-02-30"]
)
def test_a_bad_value_is_named_and_costs_no_more(client, real, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(f"{REAL.format('en')}?{query}").status_code == 200


def test_the_list_leads_to_the_same_meetings_as_a_calendar_and_a_month(client, real):
    page = html(client, REAL.format("en"), mode="phone", nonsense="1")
    assert "/en/united-states-canada/meetings.ics?mode=phone&quot;" not in page
    assert 'href="/en/united-states-canada/meetings.ics?mode=phone"' in page
    assert 'href="/en/united-states-canada/meetings/2026-02/"' in page


# ---- the month


def test_a_month_is_a_table_with_its_meetings_and_the_way_to_the_next_ones(client, real):
    page = html(client, REAL.format("en") + "2021-02/")
    table, after = page.split("</table>")
    assert '<table class="month">' in table
    assert table.count('class="month__on"') == 3
    assert "meetings/2021-01/" in after
    assert "meetings/2021-11/" in after  # the next month that has one
    assert "3 meetings in the record." in page


def test_a_meeting_of_several_days_is_on_each(client, real):
    table = html(client, REAL.format("en") + "2023-03/").split("</table>")[0]
    assert table.count("meetings/ottawa-2023-03-24/") == 2


def test_a_meeting_without_a_day_is_listed_under_its_month_but_on_no_day(client, world, clock):
    rows = [
        cast.a_meeting(world, "sometime", title_en="Some time", starts_on_precision="month"),
        cast.a_meeting(world, "that-year", title_en="That year", starts_on_precision="year"),
    ]
    cast.put_live(*rows, clock=clock)
    table, after = html(client, MEETINGS + "2021-02/").split("</table>")
    assert "Some time" not in table
    assert "Some time" in after
    assert "That year" not in after


@pytest.mark.parametrize("month", ["0000-01", "1999-12", "2031-01", "9999-12"])
def test_there_is_no_endless_calendar(client, real, month):
    assert client.get(f"{REAL.format('en')}{month}/").status_code == 404


def test_an_empty_month_is_a_page_that_search_engines_leave_out(client, real):
    page = html(client, REAL.format("fr") + "2024-02/")
    assert "noindex" in page
    assert "Février 2024</caption>" in page


# ---- what it costs


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["", "?mode=phone&year=2021&participant=ana-holt", "first-call/", "2021-02/"])
def test_the_cost_does_not_grow_with_the_record(client, world, clock, language, path, django_assert_num_queries):
    address = f"/{language}/norda-suda/meetings/{path}"
    client.get(address)
    with django_assert_num_queries(_cost(path)):
        client.get(address)
    _grow(world, clock)
    with django_assert_num_queries(_cost(path)):
        client.get(address)


def _cost(path):
    return 5 if path == "2021-02/" else MOST_QUERIES


def _grow(world, clock):
    """Two meetings, statements and people more, all of them named by or near the first call."""
    rows = []
    for number in (1, 2):
        official = cast.an_official(world.other, world.source, f"person-{number}")
        post = cast.a_post(world.other, world.source, f"post-{number}")
        term = cast.a_term(official, post, world.source)
        meeting = cast.a_meeting(world, f"talks-{number}", part_of=world.meeting)
        meeting.participants.update(term=term)
        statement = cast.a_statement(world, f"words-{number}", speaker=term, meeting=world.meeting)
        rows += [official, post, meeting, statement]
    cast.put_live(*rows, clock=clock)

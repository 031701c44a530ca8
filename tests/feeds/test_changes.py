"""The feed of changes, as a feed reader reads it."""

import datetime
import html
import re

import feedparser
import pytest

from relations.documents import Text
from relations.models import PartialDate
from relations.publishing import Erratum, correct, schedule, withdraw
from relations.publishing.handover import HandOver, hand_over
from tests import cast

pytestmark = pytest.mark.django_db

FEED = "/en/norda-suda/changes.atom"


@pytest.fixture
def world(clock):
    return cast.live_world(clock)


def read(client, address=FEED):
    feed = feedparser.parse(client.get(address).content)
    assert not feed.bozo
    return feed


def titles(client):
    return [entry.title for entry in read(client).entries]


def test_it_is_sound_atom_with_an_author_and_its_own_address(client, world):
    feed = read(client).feed
    assert feed.author == "Bilateral Record"
    assert feed.id == f"http://testserver{FEED}"


def test_an_entry_leads_to_the_page_and_keeps_its_id(client, world, clock):
    entry = next(each for each in read(client).entries if each.title == world.fact.statement_en)
    assert entry.link == f"http://testserver/en/norda-suda/facts/{world.fact.slug}/"
    assert entry.id == f"tag:testserver,{clock.now:%Y-%m-%d}:fact/{world.fact.pk}/1"


def test_a_new_edition_stands_first_with_its_note(client, world, clock):
    clock.advance(days=1)
    world.fact.statement_en = "The border is longer than was thought."
    world.fact.save()
    cast.put_live(world.fact, clock=clock, note=Text(en="Measured again.", fr="Mesurée de nouveau."))
    first = read(client).entries[0]
    assert (first.title, first.summary) == ("The border is longer than was thought.", "Measured again.")


def test_a_withdrawal_is_a_change_and_gives_its_reason(client, world, clock):
    tombstone = withdraw(world.fact, reason=Text(en="Counted twice.", fr="Compté deux fois."), by=None, clock=clock)
    clock.now = tombstone.live_from
    first = read(client).entries[0]
    assert (first.title, first.summary) == (f"Withdrawn: {world.fact.statement_en}", "Counted twice.")


def test_a_change_of_an_official_of_one_of_the_countries_is_in_it(client, world, clock):
    abroad = cast.a_party("terra", world.source, iso2="XC", iso3="XCC")
    newcomers = [
        cast.an_official(world.one, world.source, "ben-reed"),
        cast.an_official(abroad, world.source, "cy-orr"),
    ]
    clock.advance(days=1)
    cast.put_live(abroad, *newcomers, clock=clock)
    first, second = read(client).entries[:2]
    assert (first.title, first.link) == ("Ben Reed", "http://testserver/en/officials/ben-reed/")
    assert second.published < first.published


def test_what_is_scheduled_is_not_in_it_before_its_instant(client, world, clock):
    coming = cast.a_fact(world, "embargoed", statement_en="A thing of tomorrow.")
    at = clock.now.replace(year=clock.now.year + 1)
    schedule([coming], at=at, by=cast.someone("editor"), clock=clock)
    clock.now = at - cast.INSTANT
    assert "A thing of tomorrow." not in titles(client)
    clock.now = at
    assert titles(client)[0] == "A thing of tomorrow."


def test_an_unknown_relationship_has_no_feed(client, world):
    assert client.get("/en/nowhere/changes.atom").status_code == 404


# --- between two days -------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(world, clock):
    """On the next day the fact was reworded as a correction, and a day later the statement withdrawn."""
    clock.advance(days=1)
    world.fact.statement_en = "The border is longer than was thought."
    world.fact.save()
    wrong, right = Text(en="Called long.", fr="Dite longue."), Text(en="It is longer.", fr="Elle est plus longue.")
    correct(world.fact, erratum=Erratum(wrong, right, 1, 1), by=None, clock=clock)
    clock.advance(days=1)
    withdraw(world.statement, reason=Text(en="Misheard.", fr="Mal entendu."), by=None, clock=clock)
    clock.advance(hours=1)
    return world


def test_the_report_of_two_days_is_atom_with_the_words_of_the_page(client, changed):
    asked = "?since=2026-03-02&until=2026-03-04"
    feed = read(client, f"{FEED}{asked}")
    page = client.get(f"/en/norda-suda/changes/{asked}").content.decode()
    assert [entry.title for entry in feed.entries] == [
        "“Good neighbors.”",
        "Correction: It is longer.",
        "The border is longer than was thought.",
    ]
    words = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert [entry.summary for entry in feed.entries if entry.summary not in words] == []
    assert feed.feed.subtitle in page
    assert f'href="{FEED}?since=2026-03-02&amp;until=2026-03-04"' in page
    assert len({entry.id for entry in feed.entries}) == 3


def test_it_has_the_filters_of_the_page(client, changed):
    feed = read(client, f"{FEED}?since=2026-03-02&kind=statement")
    assert [(entry.title, entry.summary) for entry in feed.entries] == [("“Good neighbors.”", "Withdrawn: Misheard.")]


def test_a_post_that_changed_hands_is_an_entry(client, world, clock):
    clock.advance(days=1)
    newcomer = cast.an_official(world.one, world.source, "ben-reed")
    days = [PartialDate(date=datetime.date(2026, 3, day), precision="day") for day in (2, 3)]
    plan = HandOver(world.post, world.source, world.term, days[0], newcomer, days[1])
    hand_over(plan, by=None, clock=clock, then=lambda records: cast.put_live(*records, clock=clock))
    (entry,) = read(client, f"{FEED}?since=2026-03-02").entries
    assert (entry.title, entry.summary) == ("Premier", "Ben Reed follows Ana Holt (from 3 March 2026)")
    assert entry.link == "http://testserver/en/norda-suda/officials/"


@pytest.mark.parametrize("kind", ["", "&kind=fact", "&kind=statement", "&kind=post"])
def test_page_feed_and_data_count_alike(client, changed, kind):
    asked = f"?since=2026-03-02{kind}"
    data = client.get(f"/en/norda-suda/changes.json{asked}").json()
    entries = read(client, f"{FEED}{asked}").entries
    assert len(entries) == len(data["changes"]) + len(data["corrections"])
    assert re.search(rf"\b{len(entries)} changes?<", client.get(f"/en/norda-suda/changes/{asked}").content.decode())


@pytest.mark.parametrize("asked", ["since=soon", "until=2030-01-01", "since=2026-03-04&until=2026-03-03"])
def test_days_that_are_none_are_named(client, changed, asked):
    response = client.get(f"{FEED}?{asked}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().partition(":")[0] in asked


def test_it_can_be_read_as_it_stood(client, changed):
    feed = read(client, "/en/@2026-03-03/norda-suda/changes.atom?since=2026-03-02")
    assert [entry.title for entry in feed.entries] == [
        "Correction: It is longer.",
        "The border is longer than was thought.",
    ]

"""The whole site as it stood at the end of a day."""

from __future__ import annotations

import datetime
import re

import pytest

from relations.documents import Text
from relations.publishing import schedule, withdraw
from tests import cast

HOME = "norda-suda"
DAY_ONE, DAY_TWO = "2026-03-02", "2026-03-03"
CHANGED = "The border is short."


@pytest.fixture
def world(db, clock):
    """Live on the first day; on the second its fact says something else."""
    world = cast.live_world(clock)
    clock.advance(days=1)
    world.fact.statement_en = CHANGED
    world.fact.save()
    cast.put_live(world.fact, clock=clock, note=Text(en="Changed.", fr="Modifié."))
    clock.advance(hours=1)
    return world


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("path", ["facts/", "facts/border-length/", "facts.json", "facts.csv", "?", "changes.atom"])
def test_a_page_says_what_it_said_at_the_end_of_that_day(client, world, path):
    before = text(client.get(f"/en/@{DAY_ONE}/{HOME}/{path}"))
    after = text(client.get(f"/en/@{DAY_TWO}/{HOME}/{path}"))
    assert "The border is " in before
    assert CHANGED not in before
    assert CHANGED in after


def test_search_finds_what_could_be_found_then(client, world):
    assert "border-length" not in text(client.get(f"/en/@{DAY_ONE}/search/?q=short"))
    assert "border-length" in text(client.get(f"/en/@{DAY_TWO}/search/?q=short"))


def test_todays_address_does_not_show_tonights_embargo(client, world, clock):
    tonight = clock() + datetime.timedelta(hours=3)
    schedule([cast.a_fact(world, "tonight", statement_en="Embargoed.")], at=tonight, by=None, clock=clock)
    assert "Embargoed." not in text(client.get(f"/en/@{DAY_TWO}/{HOME}/facts/"))
    clock.now = tonight
    assert "Embargoed." in text(client.get(f"/en/@{DAY_TWO}/{HOME}/facts/"))


def test_what_went_live_at_midnight_belongs_to_the_next_day(client, world, clock):
    midnight = datetime.datetime(2026, 3, 4, 5, tzinfo=datetime.UTC)  # in Toronto
    schedule([cast.a_fact(world, "midnight", statement_en="At midnight.")], at=midnight, by=None, clock=clock)
    clock.now = midnight + datetime.timedelta(hours=2)
    assert "At midnight." not in text(client.get(f"/en/@{DAY_TWO}/{HOME}/facts/"))
    assert "At midnight." in text(client.get(f"/en/@2026-03-04/{HOME}/facts/"))


def test_a_withdrawn_page_can_still_be_read_on_the_days_before(client, world, clock):
    withdraw(world.fact, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock)
    clock.advance(days=1)
    assert client.get(f"/en/{HOME}/facts/border-length/").status_code == 410
    assert client.get(f"/en/@{DAY_ONE}/{HOME}/facts/border-length/").status_code == 200


@pytest.mark.parametrize("path", ["", "facts/", "facts/border-length/", "meetings/", "officials/", "priorities/"])
def test_every_link_stays_inside_the_day(client, world, path):
    page = text(client.get(f"/en/@{DAY_ONE}/{HOME}/{path}"))
    banner = page[page.index('class="travel"') : page.index("<main")]
    addresses = set(re.findall(r'(?:href|action)="(/[^"]*)"', page.replace(banner, "")))
    outside = {each for each in addresses if not each.startswith((f"/en/@{DAY_ONE}/", f"/fr/@{DAY_ONE}/", "/static/"))}
    assert f"/en/@{DAY_ONE}/{HOME}/meetings/" in addresses
    assert {each.partition("?")[0] for each in outside} == {"/en/report/"}  # an error is reported in the present


def test_the_banner_says_what_is_shown_and_leads_back(client, world):
    page = text(client.get(f"/en/@{DAY_ONE}/{HOME}/facts/?topic=border"))
    assert "This site as it stood on" in page
    assert f'href="/en/{HOME}/facts/?topic=border"' in page
    assert '<input type="hidden" name="path" value="norda-suda/facts/">' in page


def test_no_search_engine_keeps_it(client, world):
    response = client.get(f"/en/@{DAY_ONE}/{HOME}/facts.json")
    assert response["X-Robots-Tag"] == "noindex"
    assert 'rel="canonical"' not in text(client.get(f"/en/@{DAY_ONE}/{HOME}/facts/"))


@pytest.mark.parametrize(("day", "words"), [("2026-02-01", "did not exist"), ("2026-03-09", "has not come yet")])
def test_a_day_with_nothing_to_read_is_explained(client, world, day, words):
    response = client.get(f"/en/@{day}/{HOME}/facts/")
    assert response.status_code == 404
    assert words in text(response)


def test_what_was_so_on_a_day_without_pages_is_one_link_away(client, world):
    page = text(client.get(f"/en/@2020-06-01/{HOME}/facts/"))
    assert f'href="/en/{HOME}/?on=2020-06-01"' in page
    assert "Norda and Suda on 1 June 2020" in page
    assert f'href="/en/{HOME}/facts/"' in page
    assert "?on=" not in text(client.get(f"/en/@2026-03-09/{HOME}/facts/"))  # what is so then, nobody can know
    assert "?on=" not in text(client.get(f"/en/@1066-10-14/{HOME}/"))


def test_a_page_that_was_not_there_yet_is_explained_and_says_nothing_of_today(client, world, clock):
    cast.put_live(cast.a_fact(world, "ports"), clock=clock)
    schedule([cast.a_fact(world, "tonight")], at=clock() + datetime.timedelta(hours=1), by=None, clock=clock)

    def explained(slug: str) -> str:
        response = client.get(f"/en/@{DAY_ONE}/{HOME}/facts/{slug}/")
        assert response.status_code == 404
        return text(response).replace(slug, "…")

    assert "There was no page at this address on 2 March 2026." in explained("ports")
    assert explained("ports") == explained("tonight") == explained("never")


@pytest.mark.parametrize("path", ["nonsense/", f"{HOME}/facts/never/", "nothing/at/all/"])
def test_who_finds_nothing_stays_in_the_day(client, world, path):
    response = client.get(f"/en/@{DAY_ONE}/{path}")
    page = text(response)
    assert response.status_code == 404
    assert "This site as it stood on" in page
    assert f'href="/en/@{DAY_ONE}/search/"' in page
    assert f'href="/fr/@{DAY_ONE}/{path}"' in page
    assert f'href="/en/{path}"' in page  # the way back
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("stamp", ["2026-02-30", "9999-12-31", "0001-01-01", "yesterday", "2026-3-2", "", "%00"])
def test_junk_for_a_day_is_no_page(client, world, stamp):
    assert client.get(f"/en/@{stamp}/{HOME}/facts/").status_code == 404


def test_an_address_that_never_was_is_not_there_on_any_day(client, world):
    assert client.get(f"/en/@{DAY_ONE}/{HOME}/nothing/at/all/").status_code == 404
    assert client.get(f"/en/@{DAY_ONE}/@{DAY_TWO}/{HOME}/").status_code == 404


def test_a_missing_slash_is_added(client, world):
    response = client.get(f"/en/@{DAY_ONE}/{HOME}/facts")
    assert (response.status_code, response["Location"]) == (302, f"/en/@{DAY_ONE}/{HOME}/facts/")


def test_the_form_leads_to_the_same_page_on_another_day(client, world):
    response = client.get("/en/at/", {"day": DAY_TWO, "path": f"{HOME}/facts/"})
    assert response["Location"] == f"/en/@{DAY_TWO}/{HOME}/facts/"
    assert client.get("/en/at/", {"day": "", "path": "//evil.example/"})["Location"] == "/en/evil.example/"


def test_the_present_is_as_it_was_before(client, world):
    """Nothing of a moment stays behind in the thread that showed it."""
    client.get(f"/en/@{DAY_ONE}/{HOME}/facts/")
    page = text(client.get(f"/en/{HOME}/facts/"))
    assert f'href="/en/{HOME}/meetings/"' in page
    assert "@2026" not in page


def test_a_day_costs_at_most_two_queries_more_than_today(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as today:
        client.get(f"/en/{HOME}/facts/")
    with django_assert_max_num_queries(len(today.captured_queries) + 2):
        client.get(f"/en/@{DAY_ONE}/{HOME}/facts/")

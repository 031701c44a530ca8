"""The pages about the site, and what is shown when there is nothing to show."""

import pytest
from django.db import OperationalError

from relations.documents import Text
from relations.publishing import schedule, withdraw
from relations.reading import Reader
from relations.rendering.addresses import EDITORIAL
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", EDITORIAL)
def test_every_page_about_the_site_is_there_in_both_languages(client, clock, name):
    english, french = (client.get(f"/{code}/{name}/") for code in ("en", "fr"))
    assert (english.status_code, french.status_code) == (200, 200)
    assert english.content != french.content


def test_the_contact_is_shown_where_it_is_set(client, clock, settings):
    settings.CONTACT_EMAIL = "desk@record.example"
    assert "desk@record.example" in client.get("/en/about/").content.decode()


def test_robots_are_told_where_the_map_is(client):
    assert "Sitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").content.decode()


def test_what_never_was_and_what_is_not_yet_public_look_the_same(client, clock):
    world = cast.live_world(clock)
    coming = cast.a_fact(world, "embargoed")
    at = clock.now.replace(year=clock.now.year + 1)
    schedule([coming], at=at, by=cast.someone("editor"), clock=clock)
    hidden = client.get("/en/norda-suda/facts/embargoed/")
    unknown = client.get("/en/norda-suda/facts/unwritten/")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content.replace(b"embargoed", b"") == unknown.content.replace(b"unwritten", b"")
    clock.now = at
    assert client.get("/en/norda-suda/facts/embargoed/").status_code == 200


def test_a_withdrawn_page_gives_its_reason_in_the_language_of_the_reader(client, clock):
    world = cast.live_world(clock)
    tombstone = withdraw(world.fact, reason=Text(en="Counted twice.", fr="Compté deux fois."), by=None, clock=clock)
    clock.now = tombstone.live_from
    french = client.get(f"/fr/norda-suda/facts/{world.fact.slug}/")
    assert french.status_code == 410
    assert "Compté deux fois." in french.content.decode()
    assert "Counted twice." not in french.content.decode()


def test_a_former_address_leads_to_the_present_one(client, clock):
    world = cast.live_world(clock)
    old = world.fact.slug
    world.fact.slug = "frontier-length"
    world.fact.save()
    cast.put_live(world.fact, clock=clock)
    response = client.get(f"/en/norda-suda/facts/{old}/?x=1")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/norda-suda/facts/frontier-length/?x=1")


def test_pages_are_read_and_not_written_to(client, clock):
    cast.live_world(clock)
    assert client.post("/en/norda-suda/").status_code == 405


def test_while_the_database_is_away_the_answer_is_try_again_soon(client, clock, monkeypatch):
    def away(*args, **how):
        raise OperationalError("gone")

    monkeypatch.setattr(Reader, "relationship", away)
    response = client.get("/en/norda-suda/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "gone" not in response.content.decode()


def test_a_failure_shows_a_page_that_needs_no_database(client, clock, monkeypatch):
    def broken(*args, **how):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Reader, "relationship", broken)
    client.raise_request_exception = False
    response = client.get("/en/norda-suda/")
    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()

"""Datetime negotiation: what a memento client (RFC 7089) meets."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils.http import http_date, parse_http_date

from relations.documents import Text
from relations.publishing import redact, schedule
from tests import cast

FACTS = "norda-suda/facts/"
FACT = f"{FACTS}border-length/"
PUBLIC = "http://testserver"


@pytest.fixture
def world(db, clock):
    """Live on 2 March 2026, changed on the 4th and twice on the 6th; a visitor comes on the 8th."""
    world = cast.live_world(clock)
    world.changed = [clock()]
    for days in (2, 2, 0):
        clock.advance(days=days, hours=1)
        world.fact.statement_en = f"Changed at {clock()}."
        world.fact.save()
        cast.put_live(world.fact, clock=clock, note=Text(en="Changed.", fr="Modifié."))
        world.changed.append(clock())
    clock.now = datetime.datetime(2026, 3, 8, 12, tzinfo=datetime.UTC)
    return world


def links(text: str) -> dict[str, str]:
    """Each relation of a Link header or a TimeMap with its address; those of one link share it."""
    found = {}
    for url, relations in re.findall(r'<([^>]*)>; rel="([^"]*)"', text):
        for relation in relations.split():
            found.setdefault(relation, url)
    return found


def asked(client, path: str, when: datetime.datetime):
    return client.get(f"/en/{path}", headers={"Accept-Datetime": http_date(when.timestamp())})


def test_every_page_names_its_timegate_and_its_timemap(client, world):
    for path in ("", "norda-suda/", FACTS, FACT, "search/?q=border", "sources/", "norda-suda/facts.json"):
        response = client.get(f"/en/{path}", follow=True)
        found = links(response["Link"])
        assert found["timegate"] == found["original"]
        assert found["timemap"].startswith(f"{PUBLIC}/en/timemap/")
        assert "Accept-Datetime" in response["Vary"]


@pytest.mark.parametrize(
    ("day", "hour", "leads_to"),
    [
        (1, 0, "2026-03-02"),  # before the first: the first
        (3, 12, "2026-03-02"),
        (4, 23, "2026-03-04"),
        (6, 14, "2026-03-04"),  # between the two changes of the 6th: that day's page would show too much
        (7, 0, "2026-03-06"),
        (30, 0, "2026-03-06"),  # in the future: the last
    ],
)
def test_a_page_leads_to_what_could_be_read_at_an_instant(client, world, day, hour, leads_to):
    response = asked(client, FACT, datetime.datetime(2026, 3, day, hour, 30, tzinfo=datetime.UTC))
    assert response.status_code == 302
    assert response["Location"] == f"{PUBLIC}/en/@{leads_to}/{FACT}"
    assert "Accept-Datetime" in response["Vary"]
    assert "Memento-Datetime" not in response


def test_filters_go_along(client, world):
    response = asked(client, f"{FACTS}?topic=border", world.changed[0] + datetime.timedelta(hours=1))
    assert response["Location"] == f"{PUBLIC}/en/@2026-03-02/{FACTS}?topic=border"


def test_a_memento_says_when_it_was_and_what_stands_around_it(client, world):
    response = client.get(f"/en/@2026-03-05/{FACT}")
    assert parse_http_date(response["Memento-Datetime"]) == int(world.changed[1].timestamp())
    found = links(response["Link"])
    assert found["original"] == found["timegate"] == f"{PUBLIC}/en/{FACT}"
    assert found["first"] == found["prev"] == f"{PUBLIC}/en/@2026-03-02/{FACT}"
    assert found["next"] == found["last"] == f"{PUBLIC}/en/@2026-03-06/{FACT}"


def test_the_first_has_none_before_it_and_the_last_none_after(client, world):
    assert "prev" not in links(client.get(f"/en/@2026-03-02/{FACT}")["Link"])
    assert "next" not in links(client.get(f"/en/@2026-03-07/{FACT}")["Link"])


@pytest.mark.parametrize("day", ["", "@2026-03-07/"])
def test_an_edition_is_a_memento_of_its_records_page(client, world, day):
    edition = f"{PUBLIC}/en/{FACT}editions"
    response = client.get(f"/en/{day}{FACT}editions/2/")
    assert parse_http_date(response["Memento-Datetime"]) == int(world.changed[1].timestamp())
    found = links(response["Link"])
    assert found["original"] == found["timegate"] == f"{PUBLIC}/en/{FACT}"
    assert found["timemap"] == f"{PUBLIC}/en/timemap/{FACT}"
    assert found["first"] == found["prev"] == f"{edition}/1/"
    assert (found["next"], found["last"]) == (f"{edition}/3/", f"{edition}/4/")
    assert f'<{edition}/2/>; rel="memento"; datetime="{response["Memento-Datetime"]}"' in response["Link"]


def test_an_edition_does_not_name_later_ones_on_a_day_before_them(client, world):
    found = links(client.get(f"/en/@2026-03-05/{FACT}editions/2/")["Link"])
    assert found["last"] == f"{PUBLIC}/en/{FACT}editions/2/"
    assert "next" not in found


def test_nor_does_it_name_one_that_the_law_took_away(client, world, clock):
    reason = Text(en="By order of a court.", fr="Par ordre d’un tribunal.")
    redact(world.fact, editions=[1], reason=reason, by=None, clock=clock)
    clock.advance(seconds=2)
    assert links(client.get(f"/en/{FACT}editions/2/")["Link"])["first"] == f"{PUBLIC}/en/{FACT}editions/2/"


def test_an_edition_never_changes_so_it_leads_to_no_other_time(client, world):
    response = asked(client, f"{FACT}editions/2/", world.changed[0])
    assert response.status_code == 200
    assert "Accept-Datetime" not in response.get("Vary", "")


def test_the_timemap_lists_every_memento_and_each_can_be_read(client, world):
    response = client.get(f"/en/timemap/{FACT}")
    assert response["Content-Type"] == "application/link-format"
    text = response.content.decode()
    mementos = re.findall(r'<([^>]*)>; rel="(?:first |last )*memento"; datetime="([^"]*)"', text)
    assert [url.split("@")[1][:10] for url, _when in mementos] == ["2026-03-02", "2026-03-04", "2026-03-06"]
    for url, when in mementos:
        assert client.get(url.removeprefix(PUBLIC))["Memento-Datetime"] == when


def test_a_page_has_no_memento_from_before_it_was_there(client, world, clock):
    cast.put_live(cast.a_fact(world, "late"), clock=clock)
    text = client.get(f"/en/timemap/{FACTS}late/").content.decode()
    assert text.count("memento") == 1
    assert asked(client, f"{FACTS}late/", world.changed[0])["Location"].endswith(f"/en/@2026-03-08/{FACTS}late/")


def test_what_is_not_public_yet_has_no_past_either(client, world, clock):
    schedule([cast.a_fact(world, "tonight")], at=clock() + datetime.timedelta(hours=1), by=None, clock=clock)
    for slug in ("tonight", "never-was"):
        assert client.get(f"/en/timemap/{FACTS}{slug}/").status_code == 404
        assert asked(client, f"{FACTS}{slug}/", clock()).status_code == 404


def test_a_date_that_is_none_is_a_bad_request(client, world):
    for junk in ("yesterday", "2026-03-02", ""):
        assert client.get(f"/en/{FACT}", headers={"Accept-Datetime": junk}).status_code == 400


def test_a_page_of_the_present_pays_no_query_for_its_past(client, world, django_assert_num_queries):
    with django_assert_num_queries(5):
        client.get(f"/en/{FACTS}")
    with django_assert_num_queries(7):
        client.get(f"/en/@2026-03-05/{FACTS}")

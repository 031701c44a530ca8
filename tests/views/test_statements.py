"""The public pages of statements: exact words, in the language in which they were said."""

import json
import re

import pytest

from relations.models import CoSpeaker
from tests import cast

pytestmark = pytest.mark.django_db

STATEMENTS = "/{}/norda-suda/statements/"
REAL = "/{}/united-states-canada/statements/"
MOST_QUERIES = 6


@pytest.fixture
def world(clock):
    return cast.live_world(clock)


def html(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_statement_shows_its_words_speaker_day_and_meeting(client, world):
    page = html(client, STATEMENTS.format("en") + "good-neighbors/")
    assert "“Good neighbors.”" in page
    assert "Ana Holt" in page
    assert "Premier" in page
    assert 'datetime="2021-02-26"' in page
    assert "/en/norda-suda/meetings/first-call/" in page
    assert "The gazette of record" in page


def test_words_of_the_other_language_are_marked_and_the_translation_is_signed(client, world):
    page = html(client, STATEMENTS.format("fr") + "good-neighbors/")
    assert '<blockquote lang="en"><p>“Good neighbors.”' in page
    own = page.split('class="quote__own"')[1].split("</div>")[0]
    assert "De bons voisins." in own
    assert own.count("<p>") == 2  # the words, and whose translation they are


def test_words_said_in_this_language_need_no_translation(client, world):
    page = html(client, STATEMENTS.format("en") + "good-neighbors/")
    assert "quote__own" not in page
    assert "De bons voisins." not in page


def test_words_said_in_both_languages_are_shown_in_the_reader_s(client, world, clock):
    cast.put_live(cast.a_statement(world, "joint", basis_fr="original"), clock=clock)
    page = html(client, STATEMENTS.format("fr") + "joint/")
    assert "De bons voisins." in page
    assert "quote__own" not in page


def test_words_said_in_a_third_language_are_shown_in_the_reader_s(client, world, clock):
    statement = cast.a_statement(world, "abroad", original_language="de", basis_en="our_translation")
    cast.put_live(statement, clock=clock)
    page = html(client, STATEMENTS.format("en") + "abroad/")
    assert "“Good neighbors.”" in page
    assert "Our translation" in page
    assert "German" in page


def test_everyone_who_spoke_is_named(client, world, clock):
    official = cast.an_official(world.other, world.source, "bo-berg")
    post = cast.a_post(world.other, world.source, "chancellor", name_en="Chancellor", name_fr="Chancelier")
    statement = cast.a_statement(world, "together")
    CoSpeaker.objects.create(statement=statement, term=cast.a_term(official, post, world.source))
    cast.put_live(official, post, statement, clock=clock)
    page = html(client, STATEMENTS.format("en") + "together/")
    assert "Ana Holt" in page
    assert "Bo Berg, Chancellor" in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["@type"] == "Quotation"
    assert [person["name"] for person in data["spokenByCharacter"]] == ["Ana Holt", "Bo Berg"]


def test_every_statement_of_the_pack_has_its_page_in_both_languages(client, real):
    slugs = list(real.live("statement").values_list("slug", flat=True))
    assert len(slugs) == 9
    for language in ("en", "fr"):
        for slug in slugs:
            assert client.get(f"{REAL.format(language)}{slug}/").status_code == 200
    assert client.get(f"{REAL.format('en')}nobody-said-this/").status_code == 404


@pytest.mark.parametrize(
    ("query", "number"),
    [({}, 9), ({"speaker": "antony-blinken"}, 2), ({"year": "2021"}, 5), ({"q": "tariffs"}, 1), ({"year": "1999"}, 0)],
)
def test_filters_leave_what_they_say(client, real, query, number):
    page = html(client, REAL.format("en"), **query)
    assert page.count("<blockquote") == number
    assert f"{number} statement" in page


@pytest.mark.parametrize("query", ["speaker=nobody", "year=x", "from=%00", "sort=up", "page=99"])
def test_a_bad_value_is_named_and_costs_no_more(client, real, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(f"{REAL.format('en')}?{query}").status_code == 200


@pytest.mark.parametrize(("path", "cost"), [("", 6), ("?speaker=ana-holt&year=2021", 6), ("good-neighbors/", 4)])
def test_the_cost_does_not_grow_with_the_record(client, world, clock, path, cost, django_assert_num_queries):
    address = STATEMENTS.format("fr") + path
    with django_assert_num_queries(cost):
        client.get(address)
    for number in (1, 2):
        official = cast.an_official(world.other, world.source, f"person-{number}")
        term = cast.a_term(official, world.post, world.source)
        cast.put_live(official, cast.a_statement(world, f"words-{number}", speaker=term), clock=clock)
    with django_assert_num_queries(cost):
        client.get(address)

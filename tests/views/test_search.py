"""Search across all kinds."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests import cast
from tests.effort import sample
from tests.filters.queries import EVIL_QUERIES, EVIL_VALUES


@pytest.fixture
def world(db, clock):
    return cast.live_world(clock)


def search(client, query: str, language: str = "en") -> str:
    return client.get(f"/{language}/search/?{query}").content.decode()


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("border long", "/en/norda-suda/facts/border-length/"),
        ("clean water", "/en/norda-suda/priorities/clean-water/"),
        ("PIPES", "/en/norda-suda/priorities/clean-water/"),
        ("first call", "/en/norda-suda/meetings/first-call/"),
        ("holt", "/en/officials/ana-holt/"),
        ("neighbors", "/en/norda-suda/statements/good-neighbors/"),
        ("roadmap", "/en/norda-suda/fact-sheets/roadmap/"),
        ("gazette", "/en/sources/gazette/"),
    ],
)
def test_every_kind_is_found(client, world, words, address):
    assert f'href="{address}"' in search(client, f"q={words}")


def test_each_language_is_searched_in_its_own_words(client, world):
    assert "/fr/norda-suda/facts/border-length/" in search(client, "q=frontiere+LONGUE", "fr")
    assert "/fr/norda-suda/facts/border-length/" not in search(client, "q=border+long", "fr")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_number_is_found_however_it_is_written(client, world, clock, language):
    fact = cast.a_fact(world, "trade", statement_en="Some 5,525 a day.", statement_fr="Quelque 5\u202f525 par jour.")
    cast.an_observation(world, fact, value="1234567.5")
    cast.put_live(fact, clock=clock)
    for written in ("5525", "5,525", "5 525", "5\u00a0525", "1234567.5", "1,234,567.5", "1 234 567,5"):
        assert "/norda-suda/facts/trade/" in search(client, f"q={quote(written)}", language), written


def test_words_are_marked_in_titles_and_where_else_they_stand(client, world):
    assert "Lay <mark>pipes</mark>." in search(client, "q=pipes")
    assert "The <mark>border</mark> is <mark>long</mark>." in search(client, "q=border+long")


def test_kinds_are_links_with_their_numbers(client, world):
    page = search(client, "q=gazette")
    assert 'href="/en/search/?q=gazette&amp;kind=source">Sources</a> <span class="n">1</span>' in page
    only = search(client, "q=e+r&kind=source")
    assert 'href="/en/search/?q=e+r&amp;kind=source" aria-current="page"' in only
    assert "/en/officials/ana-holt/" not in only


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("q=a", "Type at least two letters or digits."),
        ("q=" + "a" * 201, "200"),
        ("q=nothingofthekind", "Nothing in the record holds “nothingofthekind”."),
        ("q=border&kind=zebra", "2 results"),
    ],
)
def test_what_cannot_be_searched_is_said(client, world, query, message):
    assert message in search(client, query)


def test_an_empty_search_asks_for_words_and_asks_the_database_for_nothing(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):  # the frame's
        assert "results" not in search(client, "q=++")


def test_a_search_costs_little_and_is_not_indexed(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert 'content="noindex"' in search(client, "q=border")


def test_odd_query_strings_are_answered(client, world):
    for query in sample([*EVIL_QUERIES, *(f"q={value}&kind={value}&page={value}" for value in EVIL_VALUES)], 3):
        assert client.get(f"/en/search/?{query}").status_code == 200, query


def test_a_draft_is_not_found(client, world):
    cast.a_fact(world, "secret", statement_en="Zanzibar.", statement_fr="Zanzibar.")
    assert "/facts/secret/" not in search(client, "q=zanzibar")

"""The pages of sources: the list, and one with everything that rests on it."""

from __future__ import annotations

import pytest

from tests import cast


@pytest.fixture
def world(db, clock):
    return cast.live_world(clock)


def text(response) -> str:
    return response.content.decode()


def test_the_list_costs_as_much_with_three_sources_as_with_one(client, world, clock, django_assert_num_queries):
    with django_assert_num_queries(5):
        assert "1 source" in text(client.get("/en/sources/"))
    more = [cast.a_source(name, original_title=f"<b>{name}</b>") for name in ("second", "third")]
    cast.put_live(*more, clock=clock)
    with django_assert_num_queries(5):
        page = text(client.get("/en/sources/?sort=title"))
    assert "3 sources" in page
    assert "&lt;b&gt;second&lt;/b&gt;" in page


def test_a_source_shows_its_title_in_its_own_language(client, world, clock):
    cast.put_live(cast.a_source("journal", original_title="Le journal", language="fr"), clock=clock)
    page = text(client.get("/en/sources/journal/"))
    assert '<h1 lang="fr">Le journal</h1>' in page
    assert '<a class="ext cite__url" href="https://example.org/journal" rel="noreferrer external">' in page
    assert "Nothing in the record at present." in page


def test_a_source_leads_to_everything_that_rests_on_it(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page = text(client.get("/en/sources/gazette/"))
    for address in (
        "/en/norda-suda/facts/border-length/",
        "/en/norda-suda/meetings/first-call/",
        "/en/norda-suda/priorities/clean-water/",
        "/en/norda-suda/statements/good-neighbors/",
        "/en/norda-suda/fact-sheets/roadmap/",
        "/en/officials/ana-holt/",
        "/en/norda-suda/topics/border/",
    ):
        assert f'href="{address}"' in page, address
    assert "Premier" in page  # a post has no page of its own


def test_an_unknown_source_is_not_found(client, world):
    assert client.get("/en/sources/never-was/").status_code == 404

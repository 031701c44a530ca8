"""What every list says about itself, whatever it lists."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests import cast
from tests.site.html import Page, parse

FACTS = "/en/norda-suda/facts/"


@pytest.fixture
def world(db, clock):
    """A list of facts that has a second page."""
    world = cast.live_world(clock)
    cast.put_live(*(cast.a_fact(world, f"fact-{number}") for number in range(20)), clock=clock)
    return world


def read(client, query: str) -> tuple[Page, str]:
    markup = client.get(f"{FACTS}?{query}").content.decode()
    return parse(markup), markup


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("", ""),
        ("page=1", ""),
        ("page=2", "?page=2"),
        ("page=999", "?page=2"),
        ("topic=border&page=2&from=&utm_source=letter", "?topic=border&page=2"),
        ("sort=newest&by=norda&topic=border", "?topic=border&by=norda&sort=newest"),
        ("topic=nothing-of-the-kind", ""),
        ("on=2022-01-01&page=2", "?page=2"),
    ],
)
def test_a_list_is_canonical_with_its_page_and_filters_and_nothing_else(client, world, asked, named):
    page, _markup = read(client, asked)
    assert page.canonical == f"{settings.PUBLIC_URL}{FACTS}{named}"
    assert page.alternates["fr"] == f"{settings.PUBLIC_URL}/fr/norda-suda/facts/{named}"


@pytest.mark.parametrize(
    ("asked", "indexed"),
    [("page=2", True), ("topic=border", True), ("topic=border&page=2", False), ("q=border", False), ("from=x", False)],
)
def test_an_index_may_keep_every_page_and_the_first_of_one_facet(client, world, asked, indexed):
    _page, markup = read(client, asked)
    assert ('content="noindex"' not in markup) is indexed

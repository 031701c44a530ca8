"""The door, all relationships, and the home of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.documents import Text
from relations.publishing import withdraw
from tests import cast

pytestmark = pytest.mark.django_db

HOME = "/{}/united-states-canada/"


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_door_offers_both_languages_and_sends_nobody_away(client):
    page = html(client, "/")
    assert '<a href="/en/" hreflang="en">Continue in English</a>' in page
    assert '<a href="/fr/" hreflang="fr">Continuer en français</a>' in page


def test_one_relationship_alone_is_gone_straight_to(client, clock):
    cast.live_world(clock)
    assert client.get("/fr/").headers["Location"] == "/fr/norda-suda/"


def test_two_relationships_are_listed(client, two_relationships, clock):
    clock.now = two_relationships.instant
    page = html(client, "/en/")
    assert 'href="/en/united-states-canada/"' in page
    assert 'href="/en/norland-sudria/"' in page


def test_an_empty_site_says_that_nothing_was_published(client, clock):
    assert "Nothing has been published yet." in html(client, "/en/")


def test_the_home_shows_the_relationship_at_a_glance(client, real):
    page = html(client, HOME.format("en"))
    assert "<h1>United States and Canada</h1>" in page
    assert "“Canada is one of our closest allies, and I look forward" in page
    assert '<span class="num">5,525</span> <span class="unit">miles</span>' in page
    assert "Joint review of the North American trade agreement" in page
    assert "Combating COVID-19" in page
    assert "Mark Carney" in page
    assert "The United States and Canada: Neighbors, Friends, and Allies" in page


def test_the_home_in_french_has_its_own_words(client, real):
    page = html(client, HOME.format("fr"))
    assert "<h1>États-Unis et Canada</h1>" in page
    assert '<span class="num">5\u202f525</span> <span class="unit">milles</span>' in page
    assert "Ministre des Affaires étrangères du Canada" in page


def test_a_key_figure_says_who_states_it_and_not_who_states_the_fact(client, real):
    page = html(client, HOME.format("en"))
    border = page.split("of land border, the longest in the world</span></a>")[1].split("</li>")[0]
    assert "United States" in border
    assert "Canada" not in border


def test_the_map_has_its_labels_in_the_language_of_the_page(client, real):
    assert ">États-Unis</text>" in html(client, HOME.format("fr"))
    assert ">United States</text>" in html(client, HOME.format("en"))


def test_a_withdrawn_quotation_leaves_the_home(client, clock):
    world = cast.live_world(clock)
    before = html(client, "/en/norda-suda/")
    assert world.statement.quote_en in before

    tombstone = withdraw(world.statement, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock)
    clock.now = tombstone.live_from
    assert world.statement.quote_en not in html(client, "/en/norda-suda/")


def test_the_home_costs_six_queries_with_one_of_each_and_with_dozens(client, clock, real):
    with CaptureQueriesContext(connection) as dozens:
        html(client, HOME.format("en"))
    assert len(dozens) == 6


def test_the_home_of_a_small_world_costs_no_more(client, clock):
    cast.live_world(clock)
    with CaptureQueriesContext(connection) as one:
        html(client, "/en/norda-suda/")
    assert len(one) <= 6

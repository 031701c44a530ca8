"""The page of a topic gathers what belongs to it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast

pytestmark = pytest.mark.django_db


def test_it_shows_its_facts_and_leaves_those_of_others(client, clock):
    world = cast.live_world(clock)
    other = cast.a_fact(world, "elsewhere", statement_en="Something of no topic.")
    other.topics.clear()
    cast.put_live(other, clock=clock)
    page = client.get(f"/en/norda-suda/topics/{world.topic.slug}/").content.decode()
    assert world.fact.statement_en in page
    assert "Something of no topic." not in page


def test_it_leads_to_the_filtered_lists(client, loaded_site, clock):
    clock.now = loaded_site.instant
    page = client.get("/en/united-states-canada/topics/border/").content.decode()
    assert 'href="/en/united-states-canada/facts/?topic=border"' in page
    assert 'href="/en/united-states-canada/meetings/?topic=border"' in page


def test_it_costs_at_most_six_queries(client, loaded_site, clock):
    clock.now = loaded_site.instant
    with CaptureQueriesContext(connection) as queries:
        client.get("/fr/united-states-canada/topics/economy-trade/")
    assert len(queries) == 5

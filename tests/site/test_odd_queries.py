"""Whatever is written behind the question mark: no failure, and no more work than for the page itself."""

import functools
import itertools

import pytest

from relations.filters.base import ListFilter
from tests.cast import live_world
from tests.effort import THOROUGH, sample
from tests.site.addresses import Address, addresses, on_a_past_day, sampled
from tests.site.evil import PARAMETERS, queries
from tests.site.visitor import counted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOW_MANY = 1500 if THOROUGH else 150
SEED = 20210226
# What answers to a query string gets most of them; the others get every fourth.
LISTS = {"facts", "meetings", "officials", "priorities", "statements", "sources", "search", "factsheets"}


@pytest.fixture
def everywhere(clock) -> list[Address]:
    """The public addresses of a small world, some of them as the site stood at the end of a day."""
    found = sampled(addresses({record.KIND: record.slug for record in live_world(clock).records}))
    return [*found, *sample(on_a_past_day(found, clock.now.date()), 8)]


def test_no_odd_query_string_fails_or_costs_more_than_the_page_itself(everywhere):
    usual = functools.cache(lambda address: counted(address.path)[1])
    rest = [each for each in everywhere if each.route not in LISTS]
    lists, others = itertools.cycle([each for each in everywhere if each.route in LISTS]), itertools.cycle(rest)
    failures, costly, tried = [], [], set()
    for number, query in enumerate(queries(max(HOW_MANY, 4 * len(rest)), seed=SEED)):
        address = next(others if number % 4 == 0 else lists)
        tried.add(address)
        response, asked = counted(f"{address.path}?{query}")
        if response.status_code >= 500:
            failures.append(f"{address.path}?{query[:80]}")
        if asked > usual(address) + 1:
            costly.append(f"{asked} instead of {usual(address)}: {address.path}?{query[:80]}")
    assert set(everywhere) - tried == set()
    assert failures == []
    assert costly == []


def test_every_filter_of_every_list_is_among_the_parameters():
    known = {name for each in _kinds_of(ListFilter) for name in each.get_filters()}
    assert {"topic", "sort", "on"} <= known
    assert known - set(PARAMETERS) == set()


def _kinds_of(parent: type) -> list[type]:
    return [found for each in parent.__subclasses__() for found in (each, *_kinds_of(each))]

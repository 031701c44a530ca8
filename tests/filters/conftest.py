"""A small world with six facts, and the filter of its facts as a query string asks for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.http import QueryDict

from relations.filters.fact import FactFilter
from relations.reading import at
from relations.rendering.site import Site
from tests import cast


@pytest.fixture
def clock() -> cast.Clock:
    return cast.Clock()


@pytest.fixture
def world(db: None, clock: cast.Clock) -> cast.World:
    """The cast, and five more facts, so that each facet has something to tell apart:

    ===============  ==============  =========  =========  ==================
    fact             topics          stated by  figure     dated
    ===============  ==============  =========  =========  ==================
    border-length    border          Norda      with       2021 and 2025
    crossings        border          Suda       with       February 2021
    trade            trade           Norda      without    26 February 2021
    shared-waters    border, trade   both       without    26 February 2021
    rumor            trade           neither    without    26 February 2021
    undated          border          neither    without    never
    ===============  ==============  =========  =========  ==================
    """
    world = cast.world()
    trade = cast.a_topic(world, "trade", name_en="Trade", name_fr="Commerce", position=1)
    suda = cast.a_source("suda-gazette")
    suda.speaks_for.set([world.other])
    news = cast.a_source("news", source_kind="news")
    undated = cast.a_source("undated-news", source_kind="news", published=None, published_precision="")
    rows = []
    for slug, statement, topics, sources in [
        ("crossings", "Many people cross.", [world.topic], [suda]),
        ("trade", "Trade is brisk at the border.", [trade], [world.source]),
        ("shared-waters", "Waters are shared.", [world.topic, trade], [world.source, suda]),
        ("rumor", "Québec trades, they say: 50% more.", [trade], [news]),
        ("undated", "Nobody knows when.", [world.topic], [undated]),
    ]:
        fact = cast.a_fact(world, slug, figures=False, statement_en=statement, statement_fr=f"fr: {statement}")
        fact.topics.set(topics)
        fact.sources.set(sources)
        rows.append(fact)
    month = {"as_of": datetime.date(2021, 2, 1), "as_of_precision": "month", "source": suda}
    cast.an_observation(world, rows[0], value=120, **month)
    cast.put_live(*world.records, trade, suda, news, undated, *rows, clock=clock)
    return world


@pytest.fixture
def asked(world: cast.World, clock: cast.Clock) -> Callable[[str], FactFilter]:
    """The filter of facts for a query string, on the page of the list."""

    def ask(query: str = "") -> FactFilter:
        reader = at(clock.now)
        site = Site(reader, "/en/norda-suda/facts/", relationship_item=reader.relationship("norda-suda"))
        return FactFilter(QueryDict(query), site)

    return ask

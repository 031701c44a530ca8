"""The pages of officials, asked for as a browser does."""

import datetime
import re

import pytest

from relations import models
from relations.documents import Text
from relations.publishing import withdraw
from tests import cast

pytestmark = pytest.mark.django_db
LIST = "/en/norda-suda/officials/"
MOST = 6


@pytest.fixture
def world() -> cast.World:
    return cast.world()


def text(response) -> str:
    return response.content.decode()


def names(response) -> list[str]:
    """The officials of the list, not of the counterparts above it."""
    return re.findall(r'<h3><a href="/\w\w/officials/[^"]+">(.*?)</a></h3>', text(response))


def someone(world: cast.World, slug: str, post: models.Post, **fields) -> models.Official:
    official = cast.an_official(post.party, world.source, slug)
    cast.a_term(official, post, world.source, **fields)
    return official


@pytest.fixture
def cabinet(world, clock) -> cast.World:
    """Norda and Suda with three more people in two more posts, one of them long ago."""
    defense = cast.a_post(world.other, world.source, "defense", role="defense", name_en="Minister of Defense")
    envoy = cast.a_post(
        world.other, world.source, "envoy", role="ambassador", accredited_to=world.one, name_en="Ambassador"
    )
    past = {
        "standing": "ended",
        "held_from": datetime.date(2010, 1, 1),
        "held_until": datetime.date(2012, 1, 1),
        "held_until_precision": "day",
    }
    people = [
        someone(world, "bo-guard", defense),
        someone(world, "cy-before", defense, **past),
        someone(world, "di-letters", envoy, held_from=datetime.date(2022, 1, 1)),
    ]
    cast.put_live(*world.records, defense, envoy, *people, clock=clock)
    return world


def test_the_list_costs_as_many_queries_with_one_row_as_with_four(world, clock, client, django_assert_num_queries):
    cast.put_live(*world.records, clock=clock)
    with django_assert_num_queries(MOST):
        assert client.get(LIST).status_code == 200
    post = cast.a_post(world.other, world.source, "defense", role="defense")
    cast.put_live(post, *(someone(world, f"some-{n}", post) for n in range(3)), clock=clock)
    with django_assert_num_queries(MOST):
        response = client.get(LIST)
    assert len(names(response)) == 4


@pytest.mark.parametrize(
    "query", ["?on=2021-02-26&role=defense&party=suda&q=minister&sort=post", "?party=x&role=x&on=x&sort=x&page=x&q="]
)
def test_no_query_string_costs_more(cabinet, client, django_assert_num_queries, query):
    with django_assert_num_queries(MOST):
        assert client.get(LIST + query).status_code == 200


def test_a_profile_costs_the_same_whatever_it_names(world, clock, client, django_assert_num_queries):
    loner = cast.an_official(world.other, world.source, "lone-wolf")
    cast.put_live(*world.records, loner, clock=clock)
    for slug in ("ana-holt", "lone-wolf"):
        with django_assert_num_queries(MOST):
            assert client.get(f"/en/officials/{slug}/").status_code == 200


def test_everyone_is_listed_past_holders_too(cabinet, client):
    assert names(client.get(LIST)) == ["Ana Holt", "Bo Guard", "Cy Before", "Di Letters"]


def test_envoys_to_others_are_not(world, clock, client):
    third = cast.a_party("estia", world.source, iso2="XC", iso3="XCC")
    envoy = cast.a_post(world.one, world.source, "to-estia", role="ambassador", accredited_to=third)
    cast.put_live(*world.records, third, envoy, someone(world, "far-away", envoy), clock=clock)
    response = client.get(LIST)
    assert names(response) == ["Ana Holt"]
    assert "Far Away" not in text(response)


# Whom each query string leaves, in one test: publishing takes longer than reading.
FOUND = {
    "?party=norda": ["Ana Holt"],
    "?party=norda&party=suda": ["Ana Holt", "Bo Guard", "Cy Before", "Di Letters"],
    "?role=defense": ["Bo Guard", "Cy Before"],
    "?role=defense&role=ambassador": ["Bo Guard", "Cy Before", "Di Letters"],
    "?on=2011-06-01": ["Cy Before"],
    "?on=2011-12-31": ["Cy Before"],
    "?on=2012-01-01": [],
    "?on=2021-02-26": ["Ana Holt", "Bo Guard"],
    "?on=2021-02-26&role=defense": ["Bo Guard"],
    "?q=holt": ["Ana Holt"],
    "?q=minister": ["Bo Guard", "Cy Before"],
    "?q=minister+guard": ["Bo Guard"],
    "?sort=newest": ["Di Letters", "Ana Holt", "Bo Guard", "Cy Before"],
    "?sort=post": ["Ana Holt", "Bo Guard", "Cy Before", "Di Letters"],
}


def test_filters(cabinet, client):
    found = {query: [re.sub("</?mark>", "", name) for name in names(client.get(LIST + query))] for query in FOUND}
    assert found == FOUND


def test_a_kind_of_post_and_a_day_mean_that_post_on_that_day(world, clock, client):
    defense = cast.a_post(world.one, world.source, "defense", role="defense")
    mover = someone(
        world,
        "ed-mover",
        defense,
        standing="ended",
        held_from=datetime.date(2010, 1, 1),
        held_until=datetime.date(2012, 1, 1),
        held_until_precision="day",
    )
    deputy = cast.a_post(world.one, world.source, "deputy", role="deputy")
    cast.a_term(mover, deputy, world.source, held_from=datetime.date(2015, 1, 1))
    cast.put_live(*world.records, defense, deputy, mover, clock=clock)
    assert names(client.get(LIST + "?role=defense")) == ["Ed Mover"]
    assert names(client.get(LIST + "?role=defense&on=2020-01-01")) == []
    assert names(client.get(LIST + "?role=deputy&on=2020-01-01")) == ["Ed Mover"]
    body = text(client.get(LIST + "?on=2020-01-01"))
    assert 'value="deputy"' in body
    assert 'value="defense"' not in body, "nobody held it on that day, so it is no option then"


def test_counts_ignore_the_choice_of_their_own_facet(cabinet, client):
    listed = client.get(LIST + "?party=norda").context["listed"]
    counted = {facet["name"]: {one["value"]: one["count"] for one in facet["options"]} for facet in listed.facets()}
    assert counted["party"] == {"norda": 1, "suda": 3}
    assert counted["role"] == {"head_of_government": 1, "defense": 0, "ambassador": 0}


def test_a_day_is_shown_by_the_counterparts_and_named(cabinet, client):
    body = text(client.get(LIST + "?on=2011-06-01"))
    assert '<strong>The relationship on <time datetime="2011-06-01">1 June 2011</time>.</strong>' in body
    counterparts = body[: body.index('class="wrap browse"')]
    assert "Cy Before" in counterparts
    assert "Not recorded on this day" in counterparts
    assert "The relationship on" not in text(client.get(LIST))


def test_a_day_that_has_not_come_is_left_out_with_a_reason(cabinet, client):
    response = client.get(LIST + "?on=2026-03-03")
    assert response.status_code == 200
    assert "The record ends today" in text(response)
    assert 'value="2026-03-03"' in text(response), "what was typed is kept"
    assert len(names(response)) == 4


def test_narrowing_leads_to_the_results_below_the_counterparts(cabinet, client):
    response = client.get(LIST + "?party=suda")
    assert response.context["filters"]["action"] == f"{LIST}#h-res"
    assert response.context["chips"][0]["remove_url"] == f"{LIST}#h-res"


def test_search_words_are_marked_and_cannot_break_out(cabinet, client):
    body = text(client.get(LIST, {"q": "guard"}))
    assert "Bo <mark>Guard</mark>" in body
    body = text(client.get(LIST, {"q": "<script>alert(1)"}))
    assert "<script>alert" not in body


def test_an_empty_relationship_says_so(clock, client):
    source = cast.a_source()
    one, other = cast.a_party("norda", source), cast.a_party("suda", source, iso2="XB", iso3="XBB")
    cast.put_live(source, one, other, cast.a_relationship(one, other, source), clock=clock)
    body = text(client.get(LIST))
    assert "No post is in the record yet." in body
    assert "Nothing in the record fits." in body


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_profile_in_both_languages(cabinet, client, language):
    body = text(client.get(f"/{language}/officials/ana-holt/"))
    assert "<h1>Ana Holt</h1>" in body
    assert ("Premier ministre" in body) is (language == "fr")
    assert f'href="/{language}/norda-suda/officials/" aria-current="true"' in body


def test_unknown_and_withdrawn(cabinet, client, clock):
    assert client.get("/en/officials/nobody/").status_code == 404
    gone = models.Official.objects.get(slug="cy-before")
    withdraw(gone, by=cast.someone("editor"), clock=clock, reason=Text(en="Wrong.", fr="Faux."))
    clock.advance(hours=1)
    assert client.get("/en/officials/cy-before/").status_code == 410
    assert "Cy Before" not in text(client.get(LIST))

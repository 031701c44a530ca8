"""The pages of priorities, asked for as a browser does. Every number of the list is a number of commitments."""

import datetime
import re

import pytest

from relations import models
from tests import cast

pytestmark = pytest.mark.django_db
LIST = "/en/norda-suda/priorities/"
MOST = 6


@pytest.fixture
def world() -> cast.World:
    return cast.world()


@pytest.fixture
def plans(world, clock) -> cast.World:
    """Two priorities: clean water with pipes (Norda, in progress) and wells (both, met); and roads without a status."""
    wells = cast.a_commitment(
        world, world.priority, "wells", statement_en="Dig wells.", statement_fr="Creuser.", position=1
    )
    wells.made_by.set([world.one, world.other])
    wells.assessments.update(status="met")
    roads = cast.a_priority(
        world,
        "roads",
        name_en="Roads",
        name_fr="Routes",
        framework_en="The Big Plan",
        framework_fr="Le grand plan",
        position=1,
    )
    models.Commitment.objects.filter(priority=roads).update(
        slug="tar", statement_en="Lay tar.", statement_fr="Goudronner."
    )
    models.Assessment.objects.filter(commitment__priority=roads).delete()
    topic = cast.a_topic(world, "transport", name_en="Transport", name_fr="Transports")
    roads.topics.set([topic])
    cast.put_live(*world.records, topic, roads, clock=clock)
    return world


def text(response) -> str:
    return response.content.decode()


def slugs(response) -> list[str]:
    """The commitments of the list, in its order."""
    return re.findall(r'<p class="row__t"><a href="[^"]*#([^"]+)">', text(response))


def counted(response) -> dict[str, dict[str, int]]:
    listed = response.context["listed"]
    return {facet["name"]: {one["value"]: one["count"] for one in facet["options"]} for facet in listed.facets()}


def test_the_list_costs_the_same_with_one_row_and_with_three(world, clock, client, django_assert_max_num_queries):
    cast.put_live(*world.records, clock=clock)
    with django_assert_max_num_queries(MOST) as one:
        assert client.get(LIST).status_code == 200
    cast.put_live(*(cast.a_priority(world, f"more-{n}") for n in range(2)), clock=clock)
    with django_assert_max_num_queries(MOST) as three:
        assert len(slugs(client.get(LIST))) == 3
    with django_assert_max_num_queries(MOST) as odd:
        assert client.get(LIST + "?topic=x&status=x&by=x&framework=x&q=&page=x").status_code == 200
    assert len(one) == len(three) == len(odd)


def test_a_page_costs_the_same_with_one_commitment_and_with_three(world, clock, client, django_assert_num_queries):
    bare = cast.a_priority(world, "bare")
    bare.commitments.all().delete()
    cast.a_commitment(world, world.priority, "second")
    cast.a_commitment(world, world.priority, "third")
    cast.put_live(*world.records, bare, clock=clock)
    for slug in ("clean-water", "bare"):
        with django_assert_num_queries(MOST):
            assert client.get(f"{LIST}{slug}/").status_code == 200


# What each query string leaves, in one test: publishing takes longer than reading.
FOUND = {
    "": ["pipes", "wells", "tar"],
    "?status=met": ["wells"],
    "?status=met&status=in_progress": ["pipes", "wells"],
    "?status=not_assessed": ["tar"],
    "?by=suda": ["wells"],
    "?by=norda&status=in_progress": ["pipes"],
    "?by=suda&status=in_progress": [],  # one commitment has the one, another the other: none has both
    "?topic=transport": ["tar"],
    "?framework=the-big-plan": ["tar"],
    "?q=wells": ["wells"],
    "?q=water": ["pipes", "wells"],  # said of the priority as a whole
    "?q=water+wells": ["wells"],
    "?q=WELLS": ["wells"],
}


def test_filters_choose_commitments(plans, client):
    assert {query: slugs(client.get(LIST + query)) for query in FOUND} == FOUND


def test_the_heading_counts_commitments_and_priorities(plans, client):
    assert "3 commitments in 2 priorities" in text(client.get(LIST))
    assert "1 commitment of 3 in 1 priority" in text(client.get(LIST + "?status=met"))


def test_counts_are_of_commitments_and_ignore_the_choice_of_their_own_facet(plans, client):
    found = counted(client.get(LIST + "?status=met"))
    assert found["status"] == {"met": 1, "in_progress": 1, "not_assessed": 1}
    assert found["by"] == {"norda": 1, "suda": 1}
    assert found["topic"] == {"border": 1, "transport": 0}
    assert found["framework"] == {"the-big-plan": 0}


def test_chips_and_the_sentence_say_the_choice(plans, client):
    response = client.get(LIST + "?by=suda&status=met")
    assert [chip["label"] for chip in response.context["chips"]] == ["Met", "Suda"]
    assert response.context["chips"][0]["remove_url"] == f"{LIST}?by=suda"
    assert "promised by Suda" in response.context["sentence"]


def test_a_bad_value_is_named_and_the_rest_holds(plans, client):
    response = client.get(LIST + "?status=best&by=suda")
    assert response.status_code == 200
    assert slugs(response) == ["wells"]
    assert "“best” is not in this list" in text(response)


def test_a_priority_without_commitments_stays_until_something_is_asked_for(world, clock, client):
    bare = cast.a_priority(world, "bare", name_en="Bare", name_fr="Nue")
    bare.commitments.all().delete()
    cast.put_live(*world.records, bare, clock=clock)
    assert "Bare" in text(client.get(LIST))
    assert "Bare" not in text(client.get(LIST + "?status=met"))


def test_exports_have_the_priorities_of_the_page(plans, client):
    listed = client.get(LIST + "?by=suda&status=in_progress").context["listed"]
    assert list(listed.qs) == []
    listed = client.get(LIST + "?status=met").context["listed"]
    assert [edition.slug for edition in listed.qs] == ["clean-water"]


def test_a_commitment_has_an_address_on_its_page(plans, client):
    body = text(client.get(f"{LIST}clean-water/"))
    assert '<li class="row commit" id="pipes">' in body
    assert 'href="#pipes"' in body
    assert "Half of the pipes are laid." in body


def test_a_deadline_that_passed_is_a_plain_statement(plans, client, clock):
    models.Commitment.objects.filter(slug="pipes").update(due_on=datetime.date(2023, 4, 24), due_on_precision="day")
    cast.put_live(plans.priority, clock=clock)
    assert "This date has passed." in text(client.get(f"{LIST}clean-water/"))
    assert "(this date has passed)" in text(client.get(LIST))


def test_a_page_in_french_has_only_french_words(plans, client):
    body = text(client.get("/fr/norda-suda/priorities/clean-water/"))
    assert "<h1>Eau propre</h1>" in body
    assert "Poser des tuyaux." in body
    assert "Lay pipes." not in body


def test_an_unknown_priority_is_not_found(plans, client):
    assert client.get(f"{LIST}nothing/").status_code == 404

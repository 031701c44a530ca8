"""How a commitment is said: status, evidence, who promised it, whether its day has passed."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from relations import reading
from relations.models import PartialDate, PublicStatus
from relations.rendering.commitment import _due
from relations.rendering.links import Links
from relations.rendering.priority import STATUSES, detail, legend, row, tally
from relations.rendering.site import Site
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> cast.Clock:
    return cast.Clock()


@pytest.fixture
def world() -> cast.World:
    return cast.world()


def page(world: cast.World, clock: cast.Clock, *more) -> SimpleNamespace:
    """Publishes the world and renders its priority."""
    cast.put_live(*world.records, *more, clock=clock)
    reader = reading.at(clock.now)
    site = Site(reader, "/en/norda-suda/priorities/clean-water/", relationship_item=reader.relationships[0])
    item = reader.item("priority", "clean-water", relationship=world.relationship.id)
    _template, context = detail(site, item)
    return SimpleNamespace(site=site, item=item, first=context["commitments"][0], **context)


def test_the_key_says_all_nine_words():
    assert {one["status"] for one in legend()} == set(PublicStatus.values)
    assert {str(label) for label in STATUSES.values()} == {str(label) for label in PublicStatus.labels}
    assert all(one["meaning"] for one in legend())


def test_a_tally_leaves_out_what_none_has_and_begins_with_what_was_met(world, clock):
    met = cast.a_commitment(world, world.priority, "met")
    cast.a_commitment(world, world.priority, "silent").assessments.all().delete()
    met.assessments.update(status="met")
    assert [(one["status"], one["count"]) for one in page(world, clock).tally] == [
        ("met", 1),
        ("in_progress", 1),
        ("not_assessed", 1),
    ]
    assert tally([]) == []


def test_a_row_needs_nothing_resolved(world, clock, django_assert_num_queries):
    shown = page(world, clock)
    links = Links(shown.site.reader, shown.site.reader.resolve([]))
    with django_assert_num_queries(0):
        found = row(shown.site, shown.item, links)
    assert (found["title"], found["url"]) == ("Clean water", "/en/norda-suda/priorities/clean-water/")
    assert [one["status"] for one in found["tally"]] == ["in_progress"]
    [commitment] = found["commitments"]
    assert commitment["url"] == "/en/norda-suda/priorities/clean-water/#pipes"
    assert [side.side for side in commitment["made_by"]] == ["a"]


def test_a_status_has_its_date_as_far_as_it_is_known(world, clock):
    first = page(world, clock).first
    assert (first["status"], str(first["status_label"])) == ("in_progress", "In progress")
    assert (first["as_of"], first["as_of_datetime"]) == ("as of 2022", "2022")


def test_dates_in_french_agree_with_what_is_known(world, clock):
    with translation.override("fr"):
        assert "2022" in page(world, clock).first["as_of"]


def test_further_evidence_leaves_the_status_and_stands_in_the_history(world, clock):
    cast.an_assessment(
        world,
        world.commitment,
        status="",
        as_of=None,
        as_of_precision="",
        evidence_on=datetime.date(2023, 5, 1),
        finding_en="More pipes.",
        finding_fr="Encore des tuyaux.",
    )
    shown = page(world, clock)
    assert shown.first["status"] == "in_progress"
    assert [(one["finding"], one["status"]) for one in shown.first["evidence"]] == [
        ("More pipes.", ""),
        ("Half of the pipes are laid.", "in_progress"),
    ]
    assert [(one["datetime"], one["slug"]) for one in shown.log] == [("2023-05-01", "pipes"), ("2022", "pipes")]


@pytest.mark.parametrize(
    ("due", "precision", "status", "passed"),
    [
        ("2026-03-01", "day", "in_progress", True),
        ("2026-03-02", "day", "in_progress", False),  # the day of the reading
        ("2026-03-01", "month", "in_progress", False),
        ("2025-01-01", "year", "not_started", True),
        ("2020-01-01", "day", "met", False),
        ("2020-01-01", "day", "withdrawn", False),
        ("2020-01-01", "day", "partly_met", True),
    ],
)
def test_a_day_that_has_passed_is_said_only_while_more_is_expected(due, precision, status, passed):
    date = PartialDate(date=datetime.date.fromisoformat(due), precision=precision)
    commitment = SimpleNamespace(due_on=date, status=status)
    assert _due(commitment, datetime.date(2026, 3, 2))["passed"] is passed


def test_without_a_due_day_nothing_is_said_of_one(world, clock):
    assert page(world, clock).first["due"] is None


def test_a_commitment_says_where_it_was_made_and_rests_on_its_sources(world, clock):
    first = page(world, clock).first
    assert first["made_at"].url == "/en/norda-suda/meetings/first-call/"
    assert [source["title"] for source in first["sources"]] == ["The gazette of record"]
    assert first["evidence"][0]["source"]["url"] == "/en/sources/gazette/"


def test_a_third_party_is_named_without_a_side(world, clock):
    third = cast.a_party("estia", world.source, iso2="XC", iso3="XCC")
    world.commitment.made_by.add(third)
    first = page(world, clock, third).first
    assert [link.title for link in first["made_by_others"]] == ["Estia"]
    assert [side.name for side in first["made_by"]] == ["Norda"]


def test_meetings_facts_and_fact_sheets_stand_beside_it(world, clock):
    shown = page(world, clock)
    assert [one["title"] for one in shown.meetings] == ["First call"]
    assert [one["text"] for one in shown.facts] == ["The border is long."]
    assert [link.title for link in shown.factsheets] == ["Roadmap"]
    assert shown.facts_url == "/en/norda-suda/facts/?topic=border"
    assert [link.title for link in shown.topics] == ["Border"]


def test_a_priority_for_machines(world, clock):
    data = page(world, clock).site.json_ld_data
    [entry] = data["mainEntity"]["itemListElement"]
    assert (entry["item"]["@type"], entry["item"]["name"]) == ("Action", "Lay pipes.")
    assert [agent["name"] for agent in entry["item"]["agent"]] == ["Norda"]

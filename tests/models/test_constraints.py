"""Truth that one row can tell is kept by the database, whoever writes it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from relations import models
from tests import cast

DAY = datetime.date(2021, 3, 1)
NEXT = datetime.date(2021, 3, 2)


@pytest.mark.parametrize(("start", "until"), [(DAY, DAY), (NEXT, DAY)])
def test_a_period_ends_after_it_starts(world, refuses, start, until):
    dates = {"held_from": start, "held_until": until}
    precision = {"held_from_precision": "day", "held_until_precision": "day"}
    vacancy = models.Vacancy(post=world.post, source=world.source, held_from=DAY, held_from_precision="day")
    vacancy.save()
    assert refuses(world.term, "term_held_from_before_held_until", standing="ended", **dates, **precision)
    assert refuses(vacancy, "vacancy_held_from_before_held_until", **dates, **precision)
    assert refuses(world.meeting, "meeting_starts_on_before_until", starts_on=start, until=until)


def test_a_period_may_be_one_day_or_open_at_either_end(world):
    terms = models.Term.objects.filter(pk=world.term.pk)
    ended = {"standing": "ended", "held_from_precision": "day", "held_until_precision": "day"}
    assert terms.update(held_from=DAY, held_until=NEXT, **ended) == 1
    assert terms.update(held_from=None, held_until=NEXT, **ended | {"held_from_precision": ""}) == 1
    assert terms.update(held_from=DAY, held_until=None, **ended | {"held_until_precision": ""}) == 1


def test_a_current_term_has_no_end(world, refuses):
    assert refuses(world.term, "term_current_has_no_end", held_until=NEXT, held_until_precision="day")


# The row, the date column, and whether it may be empty.
PAIRED = [
    ("term", "held_from", True),
    ("term", "held_until", True),
    ("meeting", "starts_on", False),
    ("statement", "said_on", False),
    ("factsheet", "issued_on", False),
    ("source", "published", True),
    ("commitment", "made_on", True),
    ("commitment", "due_on", True),
]


@pytest.mark.parametrize(("row", "name", "optional"), PAIRED)
def test_a_date_has_its_precision_and_a_precision_its_date(world, refuses, row, name, optional):
    row = getattr(world, row)
    constraint = f"{type(row).__name__.lower()}_{name}_has_precision"
    standing = {"standing": "ended"} if isinstance(row, models.Term) else {}
    assert refuses(row, constraint, **{name: datetime.date(2022, 1, 1), f"{name}_precision": ""}, **standing)
    assert refuses(row, constraint, **{name: datetime.date(2022, 1, 1), f"{name}_precision": "week"}, **standing)
    if optional:
        assert refuses(row, constraint, **{name: None, f"{name}_precision": "day"}, **standing)


def test_every_date_with_a_precision_is_in_the_database_s_care():
    """Walks all models: where two columns belong together, a constraint says so."""
    missing = []
    for model in [*models.RECORDS, *_parts()]:
        names = {field.name for field in model._meta.concrete_fields}
        constraints = {constraint.name for constraint in model._meta.constraints}
        for name in names:
            kept = f"{model._meta.model_name}_{name}_has_precision" in constraints
            if f"{name}_precision" in names and not kept:
                missing.append(f"{model.__name__}.{name}: add paired({name!r}, ...) to its constraints")
    assert missing == []


def _parts():
    return [model for model in models.Part.__subclasses__() if not model._meta.abstract]


@pytest.mark.parametrize("kind", ["fact", "meeting", "topic", "priority", "statement", "factsheet"])
def test_an_address_is_unique_in_a_relationship_and_kind(world, refuses, kind):
    row = getattr(world, kind)
    other_row = getattr(cast, {"fact": "a_fact", "meeting": "a_meeting"}.get(kind, f"a_{kind}"))(world, "another")
    assert refuses(other_row, f"{kind}_slug_once", slug=row.slug)


def test_an_address_may_be_the_same_in_another_relationship_or_kind(world):
    other = cast.a_relationship(world.other, world.one, world.source)
    fact = cast.a_fact(world, "shared")
    assert models.Topic.objects.filter(pk=world.topic.pk).update(slug="shared") == 1
    moved = models.Fact.objects.create(relationship=other, slug=fact.slug, statement_en="x", statement_fr="x")
    assert moved.slug == "shared"


def test_what_all_relationships_share_has_one_address_on_the_site(world, refuses):
    assert refuses(world.other, "party_slug_once", slug=world.one.slug)
    assert refuses(cast.a_source("bulletin"), "source_slug_once", slug=world.source.slug)
    assert refuses(cast.a_post(world.one, world.source, "envoy"), "post_slug_once", slug=world.post.slug)
    official = cast.an_official(world.one, world.source, "bo-ferr")
    assert refuses(official, "official_slug_once", slug=world.official.slug)
    relationship = cast.a_relationship(world.other, world.one, world.source)
    assert refuses(relationship, "relationship_slug_once", slug=world.relationship.slug)


def test_a_relationship_has_two_different_parties(world, refuses):
    assert refuses(world.relationship, "relationship_of_two_parties", party_b=world.one)


def test_an_observation_has_one_value(world, refuses):
    row = world.fact.observations.first()
    assert refuses(row, "observation_one_value", value=None)
    assert refuses(row, "observation_one_value", value_date=DAY, value_date_precision="day")
    assert refuses(row, "observation_one_value", value=None, value_max=Decimal(2), value_date=DAY,
                   value_date_precision="day")  # fmt: skip


@pytest.mark.parametrize("upper", ["5525", "5524", "-1"])
def test_a_range_is_in_order(world, refuses, upper):
    assert refuses(world.fact.observations.first(), "observation_range_in_order", value_max=Decimal(upper))


def test_a_status_has_its_evidence(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        world.commitment.assessments.update(source=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Assessment.objects.create(commitment=world.commitment, finding_en="x", finding_fr="x")


def test_evidence_cannot_be_taken_away_from_under_a_status(world):
    evidence = cast.a_source("report")
    world.commitment.assessments.update(source=evidence)
    with pytest.raises(ProtectedError):
        evidence.delete()


def test_a_status_has_its_date_and_a_date_its_status(world, refuses):
    row = world.commitment.assessments.get()
    assert refuses(row, "assessment_status_has_date", as_of=None, as_of_precision="")
    assert refuses(row, "assessment_status_has_date", status="")
    assert world.commitment.assessments.update(status="", as_of=None, as_of_precision="") == 1


def test_a_line_points_at_exactly_one_record(world, refuses):
    line = world.factsheet.sections.get().lines.first()
    assert refuses(line, "line_one_target", statement=None)
    assert refuses(line, "line_one_target", fact=world.fact)


def test_a_term_takes_part_once(world, refuses):
    again = models.Participation.objects.create(
        meeting=world.meeting, term=cast.a_term(world.official, world.post, world.source)
    )
    assert refuses(again, "participation_once", term=world.term)


def test_parts_that_have_an_anchor_have_it_alone(world, refuses):
    commitment = cast.a_commitment(world, world.priority, "pumps")
    section = models.Section.objects.create(factsheet=world.factsheet, slug="more", heading_en="More")
    dates = [
        models.KeyDate.objects.create(
            relationship=world.relationship, slug=slug, date=DAY, date_precision="day", label_en=slug
        )
        for slug in ("first", "second")
    ]
    assert refuses(commitment, "commitment_slug_once", slug="pipes")
    assert refuses(section, "section_slug_once", slug="all")
    assert refuses(dates[1], "keydate_slug_once", slug="first")


def test_a_fact_is_a_key_figure_once(world, refuses):
    figure = models.KeyFigure.objects.create(relationship=world.relationship, fact=cast.a_fact(world, "trade"))
    assert refuses(figure, "keyfigure_once", fact=world.fact)

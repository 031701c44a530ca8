"""What forms refuse before the database has to, and what each noun promises."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import models as db

from relations import models
from relations.models.content import RESERVED_SLUGS
from tests import cast


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_words_of_the_site_s_own_addresses_are_no_slugs(slug):
    with pytest.raises(ValidationError, match="is used by the site itself"):
        models.Topic._meta.get_field("slug").run_validators(slug)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America", "../etc/passwd", "", "x\x00"])
def test_a_time_zone_is_one_that_is_known(zone):
    with pytest.raises(ValidationError):
        models.meeting.refuse_unknown_zone(zone)
    assert models.meeting.refuse_unknown_zone("America/St_Johns") is None


@pytest.mark.parametrize("days", ["2021-01-01", ["yesterday"], [1], None, {"day": 1}])
def test_attested_days_are_a_list_of_days(days):
    with pytest.raises(ValidationError, match="YYYY-MM-DD"):
        models.official.refuse_bad_days(days)
    assert models.official.refuse_bad_days(["2021-01-01"]) is None


@pytest.mark.django_db
def test_a_figure_keeps_every_digit_or_is_refused():
    world = cast.world()
    row = world.fact.observations.first()
    row.value = Decimal("123456789.123456")
    row.full_clean()
    row.save()
    row.refresh_from_db()
    assert row.value == Decimal("123456789.123456")
    row.value = Decimal("1234567890.123456")
    with pytest.raises(ValidationError, match="At most 15 digits"):
        row.full_clean()


@pytest.mark.parametrize("model", models.RECORDS, ids=lambda model: model.KIND)
def test_every_noun_says_what_it_is(model):
    assert model.__doc__ != f"{model.__name__}({', '.join(field.name for field in model._meta.concrete_fields)})"
    assert models.BY_KIND[model.KIND] is model
    assert model._meta.verbose_name != model._meta.verbose_name_plural
    assert model._meta.ordering == []  # lists say their own order, ending in the key


def test_texts_come_in_pairs():
    """Walks all models: a column in English has its French beside it."""
    alone = []
    for model in [*models.RECORDS, *models.Part.__subclasses__(), models.Unit]:
        names = {field.name for field in model._meta.get_fields() if isinstance(field, db.Field)}
        pairs = {"_en": "_fr", "_fr": "_en"}
        for name in names:
            twin = name[:-3] + pairs.get(name[-3:], name[-3:])
            if twin not in names:
                alone.append(f"{model.__name__}.{name} has no {twin} beside it")
    assert alone == []

"""A desk of a thousand records answers with as few questions as one of ten: at most fifteen for each list and form."""

from __future__ import annotations

import uuid

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import AutoField, Model, UUIDField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.models import AgendaItem, OtherParticipant, Outcome, Presence, Readout, Record, Session
from relations.publishing import save_revision
from tests import cast
from tests.admin.conftest import signed_in
from tests.admin.rights import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST = 15


@pytest.fixture
def world():
    """Live, with a meeting of parts of every kind: no form has more to read."""
    clock = cast.Clock()
    world = cast.live_world(clock)
    meeting = {"meeting": world.meeting}
    text = {"text_en": "Water", "text_fr": "Eau"}
    OtherParticipant.objects.create(**meeting, name_en="Elders", name_fr="Les aînés", party=world.one)
    AgendaItem.objects.create(**meeting, **text, priority=world.priority)
    Outcome.objects.create(**meeting, **text)
    Readout.objects.create(**meeting, party=world.one, source=world.source)
    Session.objects.create(**meeting, title_en="Morning", title_fr="Matin").sources.set([world.source])
    save_revision(world.meeting, by=cast.someone("writer"))
    cast.put_live(world.meeting, clock=clock)
    return world


def example(model: type[Model], world: cast.World) -> Model:
    """The row whose form is opened, and which is copied; made where the small world has none."""
    name = model._meta.model_name
    if found := getattr(world, name, None):
        return found
    return model._base_manager.order_by("pk").first() or SAMPLES[name](world)


def copies(row: Model, number: int) -> None:
    """So many rows more, like this one but for what must differ; parts of another record than this one's."""
    model = type(row)
    same = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    if parent := getattr(admin.site.get_model_admin(model), "parent", ""):
        whole = getattr(row, parent)
        same[f"{parent}_id"] = type(whole).objects.exclude(pk=whole.pk).latest("pk").pk
    model._base_manager.bulk_create(model(**{**same, **_of_its_own(model)}) for _each in range(number))


def _of_its_own(model: type[Model]) -> dict[str, object]:
    """Values that no other row has, for whatever may not be there twice."""
    own = {}
    for field in model._meta.concrete_fields:
        if field.name == "record_id" or (field.primary_key and isinstance(field, UUIDField)):
            own[field.attname] = uuid.uuid4()
        elif isinstance(field, AutoField):
            own[field.attname] = None
        elif field.unique or field.name in ("slug", "code"):
            own[field.attname] = uuid.uuid4().hex[: field.max_length]
        elif field.name in ("iso2", "iso3"):
            own[field.attname] = ""
    return own


def asked(client, address: str) -> int:
    """What it costs to open this page for the first time."""
    Presence.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def test_lists_and_forms_stay_within_fifteen_queries_at_ten_and_at_a_thousand_records(world):
    client = signed_in("manager")
    rows = {model: example(model, world) for model in admin.site._registry}
    addresses = {}
    for model, row in rows.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        addresses[f"{name} list"] = reverse(f"admin:{name}_changelist")
        addresses[f"{name} form"] = reverse(f"admin:{name}_change", args=[row.pk])
    client.get(reverse("admin:index"))  # content types are asked for once
    costs = []
    for number in (10, 990):
        for row in sorted(rows.values(), key=lambda row: not isinstance(row, Record)):  # wholes before their parts
            copies(row, number)
        costs.append({what: asked(client, address) for what, address in addresses.items()})
    assert {what: cost for what, cost in costs[1].items() if cost > MOST} == {}
    assert {what: (costs[0][what], cost) for what, cost in costs[1].items() if cost > costs[0][what]} == {}

"""The people of the desk, and how they fill in a form."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relations.documents import Text
from relations.models import Edition, Fact, Record, Release
from relations.publishing import save_revision
from relations.publishing.releases import add_to_release, create_release, schedule_release
from relations.reading import clock
from tests import cast

person = cast.someone


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(cast.someone(name))
    return client


@pytest.fixture
def writer(db: None) -> Client:
    return signed_in("writer")


@pytest.fixture
def editor(db: None) -> Client:
    return signed_in("editor")


@pytest.fixture
def colleague(db: None) -> Client:
    """Another editor."""
    return signed_in("colleague")


@pytest.fixture
def manager(db: None) -> Client:
    return signed_in("manager")


@pytest.fixture
def visitor(db: None) -> Client:
    return signed_in("visitor")


@pytest.fixture
def world(db: None) -> cast.World:
    """One of every noun, nothing published."""
    return cast.world()


@pytest.fixture
def live(db: None) -> cast.World:
    """One of every noun, all of it live for an hour."""
    standing = cast.Clock(clock.now() - datetime.timedelta(hours=1))

    def build() -> cast.World:
        new = cast.world()
        for record in new.records:  # as if each had been saved in its form
            save_revision(record, by=None)
        cast.put_live(*new.records, clock=standing)
        return new

    return cast.remembered("of the desk", standing, build)


@pytest.fixture
def changed(live, writer) -> Fact:
    """The live fact, which a writer has changed on the desk since."""
    Fact.objects.filter(pk=live.fact.pk).update(statement_en="The border is longer.")
    live.fact.refresh_from_db()
    save_revision(live.fact, by=person("writer"))
    live.fact.refresh_from_db()
    return live.fact


@pytest.fixture
def summit(changed, live) -> Release:
    """A release that is being prepared, of that change and a new fact."""
    release = create_release("Summit", note=Text(en="For the summit.", fr="Pour le sommet."), by=None)
    add_to_release(release, [changed, cast.a_fact(live, "rivers")], by=None, clock=clock.now)
    return release


@pytest.fixture
def released(summit) -> Release:
    """The same, live for half an hour."""
    hour_ago = cast.Clock(clock.now() - datetime.timedelta(minutes=30))
    schedule_release(summit, at=hour_ago.now + datetime.timedelta(minutes=1), by=None, clock=hour_ago)
    return summit


@pytest.fixture
def queries() -> Callable[[Client, str], int]:
    """How many queries a page costs."""

    def count(client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        assert response.status_code == 200, url
        return len(captured)

    return count


def url(record: Record | Any, verb: str = "change") -> str:
    """Where something is done to a record."""
    return f"/admin/relations/{record._meta.model_name}/{record.pk}/{verb}/"


def filled_in(response: HttpResponse, **changes: Any) -> dict[str, Any]:
    """What a browser would send if someone opened this form, changed these fields and saved."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, (list, tuple)):
                data[bound.html_name] = [str(getattr(each, "pk", each)) for each in value]
            elif value is True:
                data[bound.html_name] = "on"
            elif value is not None and value is not False and value != "":
                data[bound.html_name] = str(value)
    if "version" in response.context:
        data["version"] = response.context["version"]
    return {**data, **changes}


def save(client: Client, record: Any, **changes: Any) -> HttpResponse:
    """Opens the form of a record, changes these fields, presses Save."""
    return client.post(url(record), filled_in(client.get(url(record)), **changes))


def publish(client: Client, record: Record, button: str = "_now", **given: Any) -> HttpResponse:
    """Opens the Publish page of a record, fills in what is given, presses a button."""
    seen = client.get(url(record, "publish")).context["seen"]
    return client.post(url(record, "publish"), {"seen": seen, button: "1", **given})


def backdate(record: Record, *starts: datetime.datetime) -> None:
    """Lets a record's editions have gone live at these earlier instants, from the first on; others keep theirs."""
    before = None
    for edition, start in zip(Edition.objects.filter(record_id=record.pk).order_by("number"), starts, strict=False):
        if before:  # makes room first: no two ever cover the same instant
            before.live_until = start
            before.save(update_fields=["live_until"])
        edition.live_from = start
        edition.save(update_fields=["live_from"])
        before = edition

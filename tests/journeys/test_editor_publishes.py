"""A writer changes a figure and a name, an editor publishes and withdraws it; a reader sees each when it is due."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Clock, World, live_world, someone
from tests.journeys.forms import values

pytestmark = pytest.mark.django_db

MOMENT = datetime.timedelta(seconds=2)  # "now" lies a moment ahead, so that nothing is read half-written
FACT = "/norda-suda/facts/border-length/"


class Colleague:
    """Somebody at the desk, who fills in forms as they come and presses buttons."""

    def __init__(self, name: str) -> None:
        self.client = Client()
        self.client.force_login(someone(name))

    def fields(self, address: str) -> dict[str, str]:
        """What the page's form would send if nothing was touched."""
        response = self.client.get(address)
        assert response.status_code == 200, address
        return values(response.content.decode())

    def sends(self, address: str, **changes: str) -> str:
        """Opens the page, changes some fields, sends it, and returns the page that follows."""
        response = self.client.post(address, {**self.fields(address), **changes}, follow=True)
        assert response.status_code == 200
        return response.content.decode()


@pytest.fixture
def world(clock: Clock) -> World:
    """The small world, live."""
    return live_world(clock)


@pytest.fixture
def writer(world: World) -> Colleague:
    return Colleague("writer")


@pytest.fixture
def editor(world: World) -> Colleague:
    return Colleague("editor")


def page(address: str, language: str = "en") -> str:
    """What a reader gets."""
    return Client().get(f"/{language}{address}").content.decode()


def change(world: World) -> str:
    return reverse("admin:relations_fact_change", args=[world.fact.pk])


def verb(world: World, name: str) -> str:
    return reverse(f"admin:relations_fact_{name}", args=[world.fact.pk])


def changes_the_figure(writer: Colleague, world: World, figure: str) -> None:
    """Writes another figure into the newest observation and saves."""
    newest = world.fact.observations.get(position=1)
    fields = writer.fields(change(world))
    row = next(name for name, value in fields.items() if name.endswith("-id") and value == str(newest.pk))
    writer.sends(change(world), **{row.removesuffix("-id") + "-value": figure})
    newest.refresh_from_db()
    assert str(newest.value).startswith(figure)


def publishes(editor: Colleague, world: World, clock: Clock) -> None:
    note = {"note_en": "Measured again.", "note_fr": "Mesuré de nouveau."}
    assert "is live as edition" in editor.sends(verb(world, "publish"), **note, _now="1")


def test_a_saved_figure_stays_on_the_desk_until_it_is_published(writer, editor, world, clock):
    before = page(FACT)
    changes_the_figure(writer, world, "7777")
    clock.now += MOMENT
    assert page(FACT) == before
    publishes(editor, world, clock)
    assert page(FACT) == before
    clock.now += MOMENT
    assert "7,777" in page(FACT)
    assert re.search("7\\s?777", page(FACT, "fr"))


def test_a_change_without_a_note_is_not_published(writer, editor, world, clock):
    changes_the_figure(writer, world, "7777")
    assert "is live as edition" not in editor.sends(verb(world, "publish"), note_en="", note_fr="", _now="1")
    clock.now += MOMENT
    assert "7,777" not in page(FACT)


def test_what_changed_is_in_the_feed_with_its_note(writer, editor, world, clock):
    changes_the_figure(writer, world, "7777")
    publishes(editor, world, clock)
    clock.now += MOMENT
    assert "Measured again." in page("/norda-suda/changes.atom")
    assert "Mesuré de nouveau." in page("/norda-suda/changes.atom", "fr")


def test_the_address_of_before_leads_to_a_renamed_record(writer, editor, world, clock):
    writer.sends(change(world), slug="length-of-border")
    publishes(editor, world, clock)
    clock.now += MOMENT
    response = Client().get(f"/en{FACT}?from=feed")
    assert response.status_code == 301
    assert response["Location"] == "/en/norda-suda/facts/length-of-border/?from=feed"
    assert Client().get(response["Location"]).status_code == 200


@pytest.mark.parametrize(("language", "reason"), [("en", "Counted twice."), ("fr", "Compté deux fois.")])
def test_a_withdrawn_record_leaves_its_reason_in_the_language_of_the_reader(editor, world, clock, language, reason):
    editor.sends(verb(world, "withdraw"), reason_en="Counted twice.", reason_fr="Compté deux fois.")
    assert Client().get(f"/{language}{FACT}").status_code == 200
    clock.now += MOMENT
    response = Client().get(f"/{language}{FACT}")
    assert response.status_code == 410
    other = {"en": "Compté deux fois.", "fr": "Counted twice."}[language]
    assert reason in response.content.decode()
    assert other not in response.content.decode()
    assert FACT not in page("/norda-suda/facts/", language)

"""Eight people at once in the real admin: nobody's words are lost, and a press of Publish counts once."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from relations.models import Edition, Fact
from relations.publishing import save_revision
from tests import cast
from tests.admin.conftest import person
from tests.journeys.forms import values

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EIGHT = range(8)
TRIES = 60


@pytest.fixture
def world():
    """Live for an hour by the real clock, which threads ask."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database that is in memory")
    world = cast.live_world(cast.Clock(timezone.now() - datetime.timedelta(hours=1)))
    save_revision(world.fact, by=None)
    return world


def together(act: Callable[[int], object]) -> list[object]:
    """Does this as each of eight at the same moment, on connections of their own; what each returned or raised."""
    start = threading.Barrier(len(EIGHT))
    results: list[object] = [None] * len(EIGHT)

    def run(number: int) -> None:
        try:
            start.wait(timeout=20)
            results[number] = act(number)
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in EIGHT]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


def desk(name: str, group: str) -> Client:
    user = person(group) if name == group else cast.someone(name)
    user.groups.set(person(group).groups.all())
    client = Client()
    client.force_login(user)
    return client


def test_eight_writers_of_one_text_lose_no_word(world):
    form = f"/admin/relations/fact/{world.fact.pk}/change/"
    desks = [desk(f"writer-{number}", "writer") for number in EIGHT]

    def adds_a_word(number: int) -> int:
        """Opens the form, adds a word, saves; whoever was overtaken opens it anew and adds it again."""
        for attempt in range(1, TRIES):
            opened = values(desks[number].get(form).content.decode())
            opened["note_en"] = f"{opened['note_en']} word{number}".strip()
            opened["note_fr"] = f"{opened['note_fr']} mot{number}".strip()
            if desks[number].post(form, {**opened, "_save": "1"}).status_code == 302:
                return attempt
        raise AssertionError("never got through")

    results = together(adds_a_word)
    assert [each for each in results if isinstance(each, Exception)] == []
    saved = Fact.objects.get(pk=world.fact.pk)
    assert sorted(saved.note_en.split()) == [f"word{number}" for number in EIGHT]
    assert sorted(saved.note_fr.split()) == [f"mot{number}" for number in EIGHT]


def test_eight_presses_of_publish_make_one_edition(world):
    world.fact.statement_en = "The border is very long."
    world.fact.save()
    save_revision(world.fact, by=cast.someone("writer"))
    before = Edition.objects.filter(record_id=world.fact.pk).count()
    page = f"/admin/relations/fact/{world.fact.pk}/publish/"
    desks = [desk(f"editor-{number}", "editor") for number in EIGHT]
    opened = [values(each.get(page).content.decode()) for each in desks]

    def presses(number: int) -> int:
        note = {"note_en": "Longer.", "note_fr": "Plus longue."}
        return desks[number].post(page, {**opened[number], **note, "_now": "1"}).status_code

    results = together(presses)
    assert [each for each in results if isinstance(each, Exception)] == []
    assert Edition.objects.filter(record_id=world.fact.pk).count() == before + 1
    assert results.count(302) == 1

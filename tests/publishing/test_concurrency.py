"""Two editors at once, on real connections: whoever comes first, nothing overlaps and nothing is lost."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.utils import timezone

from relations.documents import Text
from relations.models import Edition, Fact, Generation
from relations.publishing import Refusal, current_generation, publish, save_revision, schedule, withdraw
from relations.publishing.previews import Subject, rehearse
from relations.reading import at
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
REASON = Text(en="Wrong.", fr="Faux.")


@pytest.fixture
def world():
    """Live for an hour by the real clock, which threads ask."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database that is in memory")
    return cast.live_world(cast.Clock(timezone.now() - datetime.timedelta(hours=1)))


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Runs these at the same moment, each on a connection of its own; gives what each returned or raised."""
    start = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            results[index] = act()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def published(results: list[object]) -> int:
    """How many got through; the others were refused by name, and in no other way."""
    refused = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(error, Refusal) for error in refused), refused
    return len(results) - len(refused)


def in_order(record: Fact) -> int:
    """Checks the ledger of a record, and gives the number of its editions."""
    editions = list(Edition.objects.filter(record_id=record.pk).order_by("live_from"))
    assert [each.number for each in editions] == list(range(1, len(editions) + 1))
    assert [each.live_until for each in editions] == [*(each.live_from for each in editions[1:]), None]
    assert [each.previous_digest for each in editions] == ["", *(each.digest for each in editions[:-1])]
    return len(editions)


def reword(fact: Fact, words: str) -> None:
    Fact.objects.filter(pk=fact.pk).update(statement_en=words)


def test_two_publish_the_same_change(world):
    reword(world.fact, "Reworded.")
    before = current_generation()
    results = at_once(*[lambda: publish([world.fact], by=None, clock=timezone.now)] * 4)
    assert (published(results), in_order(world.fact), current_generation()) == (1, 2, before + 1)


def test_one_schedules_while_another_publishes(world):
    reword(world.fact, "Reworded.")
    later = timezone.now() + datetime.timedelta(hours=1)
    results = at_once(
        lambda: publish([world.fact], by=None, clock=timezone.now),
        lambda: schedule([world.fact], at=later, by=None, clock=timezone.now),
    )
    # Published last, what was scheduled is moved forward: one edition. Scheduled last, it changes nothing: refused.
    assert published(results) >= 1
    assert in_order(world.fact) == 2


def test_one_withdraws_while_another_publishes(world):
    reword(world.fact, "Reworded.")
    results = at_once(
        lambda: publish([world.fact], by=None, clock=timezone.now),
        lambda: withdraw(world.fact, reason=REASON, by=None, clock=timezone.now),
    )
    assert in_order(world.fact) == 1 + published(results)


def test_two_sets_with_a_record_in_common_and_in_another_order(world):
    for record in (world.fact, world.topic, world.priority):
        type(record).objects.filter(pk=record.pk).update(slug=f"{record.slug}-2")
    results = at_once(
        lambda: publish([world.fact, world.topic], by=None, clock=timezone.now),
        lambda: publish([world.topic, world.priority], by=None, clock=timezone.now),
    )
    assert published(results) == 1
    assert in_order(world.topic) == 2


def test_every_change_moves_the_generation(world):
    for record in (world.fact, world.topic, world.priority, world.meeting):
        type(record).objects.filter(pk=record.pk).update(slug=f"{record.slug}-2")
    before = current_generation()
    acts = [
        lambda record=record: publish([record], by=None, clock=timezone.now)
        for record in (world.fact, world.topic, world.priority, world.meeting)
    ]
    assert published(at_once(*acts)) == 4
    assert current_generation() == before + 4


def test_the_very_first_two_changes_find_one_generation(world):
    Generation.objects.all().delete()
    for record in (world.fact, world.topic):
        type(record).objects.filter(pk=record.pk).update(slug=f"{record.slug}-2")
    acts = [
        lambda record=record: publish([record], by=None, clock=timezone.now) for record in (world.fact, world.topic)
    ]
    assert (published(at_once(*acts)), current_generation()) == (2, 2)


def test_what_is_published_is_what_was_saved_and_never_half_of_it(world):
    """A writer saves twenty times while an editor publishes; each edition is one of the saves."""

    def save() -> None:
        for number in range(20):
            fact = Fact.objects.get(pk=world.fact.pk)
            fact.statement_en, fact.statement_fr = f"Words {number}", f"Mots {number}"
            fact.save()
            save_revision(fact, by=None)

    results = at_once(save, *[lambda: publish([world.fact], by=None, clock=timezone.now)] * 2)
    published(results)
    in_order(world.fact)
    titles = Edition.objects.filter(record_id=world.fact.pk, number__gt=1).values_list("title_en", "title_fr")
    assert all(en.removeprefix("Words") == fr.removeprefix("Mots") for en, fr in titles if en.startswith("Words"))


def test_editors_save_while_a_preview_is_being_read(world):
    """However long a page of a preview takes, and whatever it shows: nobody waits for it."""
    reword(world.fact, "As previewed.")
    subject, saved = Subject("fact", world.fact.pk), threading.Event()

    def looks() -> str:
        with rehearse(subject, now=timezone.now(), alone=False) as rehearsal:
            assert saved.wait(timeout=10)
            return at(rehearsal.instant).item("fact", world.fact.slug, relationship=world.relationship.pk).title.en

    def saves() -> None:
        reword(world.fact, "Saved meanwhile.")
        save_revision(Fact.objects.get(pk=world.fact.pk), by=None)
        saved.set()

    assert at_once(looks, saves)[0] in {"As previewed.", "Saved meanwhile."}
    assert at_once(saves, *[looks] * 3)[0] is None
    assert Edition.objects.filter(record_id=world.fact.pk).count() == 1

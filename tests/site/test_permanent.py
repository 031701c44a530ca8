"""The permanent address of an edition: whatever happens later, it says the same, and has the same digest."""

from __future__ import annotations

import re

import pytest

from relations.documents import LIFTS, Text
from relations.models import Edition, Record
from relations.publishing import withdraw
from relations.rendering.addresses import WITHOUT_PAGE
from tests import cast
from tests.cast import Clock, World
from tests.site.addresses import addresses
from tests.site.test_as_it_stood import TITLES
from tests.site.visitor import get

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = 50
# The frame alone may change: how many editions there are by now, and where the newest is.
FRAME = re.compile(r'<div class="travel" role="region" aria-label="Edition of this view">.*?</div></div>', re.DOTALL)


@pytest.fixture
def world(clock: Clock) -> World:
    return cast.live_world(clock)


@pytest.fixture
def permanent(world: World, clock: Clock) -> dict[str, str]:
    """Address → the whole page but for its frame, of the first edition of every kind of record, a while after."""
    clock.advance(minutes=1)
    slugs = {record.KIND: record.slug for record in world.records}
    found = [each.path for each in addresses(slugs, languages=["en"]) if each.route.endswith("_edition")]
    return {path: page(path) for path in found if "media" not in path}


def page(path: str) -> str:
    response = get(path)
    assert response.status_code == 200, path
    return FRAME.sub("", response.content.decode())


def digests() -> dict[tuple, str]:
    return {(each.record_id, each.number): each.digest for each in Edition.objects.all()}


def edit(record: Record, words: str, clock: Clock) -> None:
    """Publishes the record in other words, and goes on."""
    for field in TITLES[record.KIND]:
        setattr(record, field, words)
    record.save()
    cast.put_live(record, clock=clock, note=Text(en="Reworded.", fr="Reformulé."))
    clock.advance(hours=1)


def test_it_says_the_same_after_fifty_editions(world, permanent, clock):
    before = digests()
    kept = [record for record in world.records if record.KIND in TITLES]
    for number in range(LATER):
        edit(world.fact, f"Edition {number} of the fact.", clock)
        edit(kept[number % len(kept)], f"Words {number}.", clock)
    assert Edition.objects.filter(record_id=world.fact.pk).count() > LATER
    assert {path for path, said in permanent.items() if page(path) != said} == set()
    assert before.items() <= digests().items()


def test_it_says_the_same_after_a_rename_a_withdrawal_and_a_lift_of_its_schema(world, permanent, clock, monkeypatch):
    before = digests()
    for record in [each for each in reversed(world.records) if each.KIND not in {*WITHOUT_PAGE, "relationship"}]:
        record.refresh_from_db()
        record.slug = f"{record.slug}-renamed"
        edit(record, "Renamed.", clock)
    for record in (world.factsheet, world.statement, world.meeting, world.priority, world.fact, world.topic):
        withdraw(record, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock)
        clock.advance(hours=1)
    lift(monkeypatch)
    assert {path for path, said in permanent.items() if page(path) != said} == set()
    assert before.items() <= digests().items()


def test_a_lift_is_seen_on_the_page_and_leaves_the_digest(world, permanent, clock, monkeypatch):
    """The negative of the test before: what a lift changes is really shown."""
    lift(monkeypatch, statement={"en": "Lifted.", "fr": "Relevé."})
    [path] = [path for path in permanent if "/facts/" in path]
    shown = get(path).content.decode()
    assert "Lifted." in shown
    assert Edition.objects.get(record_id=world.fact.pk, number=1).digest in shown


def lift(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    """As if facts had been given another schema since: stored documents of version 1 are lifted when they are read."""
    monkeypatch.setitem(LIFTS, ("fact", 1), lambda data: {**data, **changes, "schema_version": 2})

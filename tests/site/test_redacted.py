"""What was redacted is nowhere, on no day and behind no door; what stood beside it on that day still stands."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from relations.documents import Text, parse
from relations.models import Edition, Record, Revision
from relations.publishing import Erratum, correct, publish, redact, restore, save_revision
from relations.reading import chain
from tests import cast
from tests.cast import Clock, World, live_world, someone
from tests.site.addresses import addresses, sampled
from tests.site.shadow import mark, marks
from tests.site.test_secrets import own_slugs
from tests.site.visitor import get, whole

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REASON = Text(en="By order of a court.", fr="Par ordre d’un tribunal.")
MARK = Text(en="zq0000mark", fr="zq0000mark")
# Sets of records that are redacted together, by their names in the world: each leaves others beside them.
SETS = {
    "everything": (
        "one", "other", "source", "post", "official", "relationship", "topic", "fact", "meeting", "priority",
        "statement", "factsheet",
    ),
    "words and people": ("fact", "statement", "official", "topic"),
    "days and places": ("meeting", "priority", "factsheet", "post", "source", "one"),
}  # fmt: skip


@pytest.fixture
def world(clock: Clock) -> World:
    """The small world, live; the clock is on its second day."""
    world = live_world(clock)
    clock.advance(days=1)
    return world


def fresh(records: list[Record]) -> list[Record]:
    return [type(record).objects.get(pk=record.pk) for record in records]


def say_and_correct(records: list[Record], clock: Clock) -> None:
    """On one day these records hold a mark in every text; on the next they are as before, and corrected."""
    for record in records:
        mark(record)
        save_revision(*fresh([record]), by=None)
    cast.put_live(*fresh(records), clock=clock, note=MARK)
    clock.advance(days=1)
    for record in records:
        first = Edition.objects.get(record_id=record.pk, number=1)
        restore(record, document=parse(first.kind, first.document), by=None, clock=clock)
    cast.put_live(*fresh(records[1:]), clock=clock)
    erratum = Erratum(wrong=MARK, right=Text(en="As before.", fr="Comme avant."), first_edition=2, last_edition=2)
    clock.now = correct(*fresh(records[:1]), erratum=erratum, by=None, clock=clock).live_from
    clock.advance(days=1)


def doors(world: World, day: datetime.date) -> list[str]:
    """Every public address, now and on that day; of editions the second; and what a reader may ask of them."""
    found = [each.path.replace("/editions/1/", "/editions/2/") for each in sampled(addresses(own_slugs(world)))]
    facts, before = "/norda-suda/facts/border-length/", day - datetime.timedelta(days=1)
    found += [f"/en{facts}history/?from=1&to=2", f"/fr{facts}editions/2/cite/?form=csl", "/en/search/?q=border"]
    for since, until in ((before, day), (day, day + datetime.timedelta(days=1))):
        found += [f"/en/norda-suda/changes{form}?since={since}&until={until}" for form in ("/", ".json")]
    then = [f"{path[:3]}/@{day}{path[3:]}" for path in found if path.startswith(("/en/", "/fr/"))]
    return [*found, *(path for path in then if "/at/" not in path and "/timemap/" not in path)]


def showing(paths: list[str]) -> list[str]:
    """Those of the addresses whose answer holds a mark, or is an error of ours."""
    answers = ((path, get(path)) for path in paths)
    return [path for path, answer in answers if marks(whole(answer)) or answer.status_code >= 500]


@pytest.mark.parametrize("names", SETS.values(), ids=SETS)
def test_no_door_shows_it_on_any_day(world, clock, names):
    records, day = [getattr(world, name) for name in names], clock.now.date()
    say_and_correct(records, clock)
    everywhere = doors(world, day)
    assert len(showing(everywhere)) > 10
    roots = chain.roots(clock())
    for record in records:
        redact(record, editions=[2], reason=REASON, by=None, clock=clock)
    clock.advance(hours=1)
    assert showing(everywhere) == []
    assert (chain.breaches(clock()), chain.roots(clock())) == ([], roots)


def test_the_desk_does_not_show_it_either(world, clock):
    say_and_correct([world.fact, world.topic], clock)
    redact(world.fact, editions=[2], reason=REASON, by=None, clock=clock)
    manager = Client()
    manager.force_login(someone("manager"))
    edition = Edition.objects.get(record_id=world.fact.pk, number=2)
    here = f"/admin/relations/fact/{world.fact.pk}/"
    assert manager.get(f"{here}compare/?from=e2&to=desk").status_code == 302
    for path in (f"{here}history/", f"{here}change/", f"/admin/relations/edition/{edition.pk}/change/"):
        answer = manager.get(path)
        assert (answer.status_code, marks(answer.content.decode())) == (200, set()), path
    assert not Revision.objects.filter(record_id=world.fact.pk, document__contains="mark").exists()


def test_a_picture_that_only_it_names_is_not_served_any_more(world, clock):
    official, day = world.official, clock.now.date()
    words = dict.fromkeys(("portrait_alt_en", "portrait_alt_fr", "portrait_credit"), "Words.")
    type(official).objects.filter(pk=official.pk).update(portrait=cast.a_portrait(), **words)
    cast.put_live(*fresh([official]), clock=clock)
    clock.advance(days=1)
    type(official).objects.filter(pk=official.pk).update(portrait=None, **dict.fromkeys(words, ""))
    publish(fresh([official]), by=None, clock=clock)
    clock.advance(days=1)
    doors = [f"/en/@{day}/media/portraits/{'a' * 64}-96.webp", "/media/officials/ana-holt/editions/2/96.webp"]
    assert [get(path).status_code for path in doors] == [200, 200]
    redact(official, editions=[2], reason=REASON, by=None, clock=clock)
    assert [get(path).status_code for path in doors] == [404, 404]

"""What nobody may read yet, or any more, is nowhere: in no page, feed, table, header, count or redirect."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator, Sequence

import pytest

from relations.models.ledger import Edition, EditionQuerySet
from relations.publishing import schedule
from relations.reading.editions import Reader
from tests.cast import INSTANT, Clock, World, live_world, someone
from tests.effort import sample
from tests.site.addresses import Address, addresses, sampled
from tests.site.shadow import hide_in_every_way, marks, public_titles, shadow
from tests.site.visitor import ask, get, whole

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

VARIANTS = (
    "q=border", "q=zq", "state=draft", "preview=1", "at=2099-01-01", "on=2099-01-01", "page=2", "sort=newest",
    "from=2000-01-01&to=2099-01-01", "topic=topic-scheduled", "id=1",
)  # fmt: skip
# What takes a query string.
LISTS = ("facts", "meetings", "officials", "priorities", "statements", "factsheets", "sources")
ASKED = {"search", "meetings_ics", "changes_atom", "sitemap", "relationship", *LISTS}
ASKED |= {f"{name}_{form}" for name in LISTS for form in ("csv", "json")}
# Kinds with a page of their own under the relationship, or for all; parties and posts have none.
PAGES = ("source", "official", "relationship", "topic", "fact", "priority", "meeting", "statement", "factsheet")


@pytest.fixture
def world(clock: Clock) -> World:
    """The small world, live."""
    return live_world(clock)


def every_address(world: World, *names: str) -> list[Address]:
    """Every public address: those of the world's records, and those of shadows under these names."""
    found = sampled(addresses(own_slugs(world)))
    for name in names:
        hidden = {kind: f"{kind}-{name}" for kind in PAGES}
        found += sampled(addresses(hidden | {"relationship": world.relationship.slug}))
        found += sample(addresses(hidden, languages=["en"]), 4)  # below a relationship that is hidden itself
    return list({each.path: each for each in found}.values())


def own_slugs(world: World) -> dict[str, str]:
    return {record.KIND: record.slug for record in world.records if record.KIND in PAGES}


def leaks(found: list[Address], *, variants: Sequence[str] = (), allowed: Container[str] = ()) -> Iterator[str]:
    """Every address whose answer holds a mark that may not be there: asked in every way, and for what can be asked."""
    for turn, address in enumerate(found):
        asked = sample(variants, 6, start=turn) if address.route in ASKED else ()
        requests = [("GET", path) for path in (address.path, *(f"{address.path}?{variant}" for variant in asked))]
        requests += [(method, address.path) for method in sample(("HEAD", "OPTIONS"), 2, start=turn) if variants]
        for method, path in requests:
            if shown := {mark for mark in marks(whole(ask(method, path))) if mark not in allowed}:
                yield f"{method} {path}: {sorted(shown)[:3]}"


# --- the leak matrix ------------------------------------------------------------------------------


def kept_for_ever(address: Address) -> bool:
    """An edition of a record that was withdrawn: that stays citable, and says that it was withdrawn."""
    return "-withdrawn" in address.path and address.route.endswith(("_edition", "_cite"))


def test_no_door_shows_what_is_on_its_way_scheduled_withdrawn_or_changed(world, clock):
    everywhere = [each for each in every_address(world, "draft", "scheduled", "withdrawn") if not kept_for_ever(each)]
    hide_in_every_way(world, clock)
    assert len(everywhere) > 100
    assert list(leaks(everywhere, variants=VARIANTS, allowed=public_titles())) == []


def unfiltered_live(self, instant):
    return self.filter(is_tombstone=False)


def without_embargo(self, instant):
    return self.filter(is_tombstone=False, live_until__isnull=True)


def without_an_end(self, instant):
    return self.filter(is_tombstone=False, live_from__lte=instant)


def references_of_any_time(self, instant):
    return self.filter(live_until__isnull=True)


def feed_of_everything(self, *, relationship=None):
    return Edition.objects.filter(relationship_id=relationship.id)


@pytest.mark.parametrize(
    ("place", "name", "mutant"),
    [
        (EditionQuerySet, "live", unfiltered_live),
        (EditionQuerySet, "live", without_embargo),
        (EditionQuerySet, "live", without_an_end),
        (EditionQuerySet, "covering", references_of_any_time),
        (Reader, "changes", feed_of_everything),
    ],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
def test_the_matrix_catches_a_planted_leak(world, clock, monkeypatch, place, name, mutant):
    everywhere = every_address(world, "scheduled")
    hide_in_every_way(world, clock)
    monkeypatch.setattr(place, name, mutant)
    assert next(leaks(everywhere, allowed=public_titles()), None)


# --- the same with and without --------------------------------------------------------------------


def test_a_hidden_record_of_every_kind_changes_no_answer(world, clock):
    everywhere = every_address(world)
    before = {each.path: whole(get(each.path)) for each in everywhere}
    hidden = shadow(world, "hidden")
    schedule(hidden, at=clock.now + datetime.timedelta(days=1), by=someone("editor"), clock=clock)
    shadow(world, "draft")
    assert [path for path, answer in before.items() if whole(get(path)) != answer] == []


def test_what_is_not_public_yet_cannot_be_told_from_what_never_was(world, clock):
    hidden = shadow(world, "hidden")
    schedule(hidden, at=clock.now + datetime.timedelta(days=1), by=someone("editor"), clock=clock)

    def answers(kind: str, slug: str) -> list[str]:
        found = [each for each in addresses(own_slugs(world) | {kind: slug}) if slug in each.path]
        return [whole(get(each.path)).replace(slug, "…") for each in sampled(found)]

    for kind in PAGES:
        told = answers(kind, f"{kind}-hidden")
        assert told == answers(kind, f"{kind}-nobody")
        assert {answer[:3] for answer in told} == {"404"}, kind


# --- the boundary ---------------------------------------------------------------------------------


def test_nothing_is_early_and_nothing_is_late(world, clock):
    everywhere = every_address(world, "later")
    hidden = shadow(world, "later")
    at = clock.now + datetime.timedelta(hours=5)
    schedule(hidden, at=at, by=someone("editor"), clock=clock)
    own = [each for each in every_address(world, "later") if "-later" in each.path and "relationship-" not in each.path]
    clock.now = at - INSTANT
    assert list(leaks(everywhere)) == []
    assert {get(each.path).status_code for each in own} == {404}
    clock.now = at
    answers = {each: get(each.path) for each in {*everywhere, *own}}
    assert [str(each) for each in own if answers[each].status_code != 200] == []
    shown = {each.route for each, answer in answers.items() if marks(whole(answer))}
    assert shown >= {*PAGES, *(f"{name}{form}" for name in LISTS for form in ("", "_csv", "_json"))}
    assert shown >= {"changes_atom", "meetings_ics", "meeting_ics"}
    assert f"/facts/{slug_of(hidden, 'fact')}/" in get("/sitemap.xml").content.decode()
    assert marks(get("/en/search/?q=border").content.decode())


def slug_of(records, kind: str) -> str:
    return next(record.slug for record in records if kind == record.KIND)

"""Reindex: what lists find is derived anew from what was said, batch by batch, while everybody goes on working."""

from __future__ import annotations

import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from relations.checks import what_lists_find_is_of_today
from relations.documents import DOCUMENTS, Text
from relations.documents.base import RULES
from relations.models import Edition, Facet
from relations.publishing import current_generation, publish, redact, reindexing, schedule, withdraw
from relations.publishing.editions import DERIVED, edition_of, place
from relations.publishing.reindexing import due, reindex
from tests import cast
from tests.documents.strategies import Targets, document
from tests.publishing.sets import HOUR, reword

WHY = Text(en="Wrong.", fr="Faux.")


def whole() -> dict:
    """Every column of every edition, and every facet."""
    columns = [field.attname for field in Edition._meta.concrete_fields]
    facets = Facet.objects.values_list("edition", "name", "value", "holds_from", "holds_until")
    return {
        "editions": {row["id"]: row for row in Edition.objects.values(*columns)},
        "facets": sorted(map(repr, facets)),
    }


def spoil() -> None:
    """As if all of it had been derived by an older version, very differently."""
    Edition.objects.update(sort_on=None, position=7, title_en="Old", title_fr="Vieux", search_en="old", rules=0)
    Facet.objects.filter(name="topic").delete()
    Facet.objects.update(value="old")


@pytest.fixture
def busy(live, clock, editor) -> cast.World:
    """Something of everything: a past text, a scheduled one, a withdrawn one, and two that were redacted."""
    for words in ("Second.", "Third."):
        reword(live.fact, words)
        cast.put_live(live.fact, clock=clock)
    reword(live.fact, "Fourth.")
    schedule([live.fact], at=clock.now + HOUR, by=editor, clock=clock)
    gone, hidden = cast.a_topic(live, "gone"), cast.a_topic(live, "hidden", name_en="Hidden")
    cast.put_live(gone, hidden, clock=clock)
    clock.now = withdraw(gone, reason=WHY, by=editor, clock=clock).live_from
    redact(hidden, editions=[1], reason=WHY, by=None, clock=clock, withdrawing=True, hides_address=True)
    redact(live.fact, editions=[2], reason=WHY, by=None, clock=clock)
    clock.advance(seconds=5)
    return live


def test_all_of_it_is_as_it_was_placed(busy, monkeypatch):
    monkeypatch.setattr(reindexing, "BATCH", 4)
    before, generation = whole(), current_generation()
    spoil()
    for key, row in before["editions"].items():
        if row["is_redacted"]:  # what is empty by law is derived from nothing, and stays as the redaction left it
            Edition.objects.filter(pk=key).update(**{name: row[name] for name in DERIVED} | {"rules": 0})
    said = list(reindex())
    assert whole() == before
    number = len(before["editions"])
    assert (said[0], said[-1]) == ((4, number), (number, number))
    assert current_generation() > generation
    assert list(reindex()) == []


@pytest.mark.parametrize("kind", DOCUMENTS)
@settings(
    max_examples=4,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_a_document_says_it_equals_a_fresh_placing(kind, data, targets, clock):
    drawn = data.draw(document(kind, targets))
    place([edition_of(drawn)], {drawn.id: drawn}, at=clock.now)
    before = whole()
    spoil()
    list(reindex())
    assert whole() == before
    Edition.objects.all().delete()


@pytest.fixture
def targets(db) -> Targets:
    return Targets()


def test_whoever_was_interrupted_goes_on_where_it_stopped(live, monkeypatch):
    monkeypatch.setattr(reindexing, "BATCH", 5)
    before = whole()
    spoil()
    next(reindex())
    assert due().count() == len(before["editions"]) - 5
    list(reindex())
    assert whole() == before


def test_anew_derives_what_is_of_today_as_well(live):
    before = whole()
    Edition.objects.update(title_en="Spoiled", rules=RULES)
    assert list(reindex()) == []
    list(reindex(anew=True))
    assert whole() == before


def test_the_check_says_when_it_is_due_and_the_command_does_it(live, capsys):
    assert what_lists_find_is_of_today(None, databases=["default"]) == []
    Edition.objects.filter(kind="fact").update(rules=RULES + 1)  # by a newer version, before it was taken back
    [warning] = what_lists_find_is_of_today(None, databases=["default"])
    assert "1 editions" in warning.msg
    assert "manage.py reindex" in warning.hint
    call_command("reindex")
    assert "Derived anew: 1. Nothing is left." in capsys.readouterr().out
    assert what_lists_find_is_of_today(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_editors_publish_meanwhile(monkeypatch):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database that is in memory")
    world = cast.live_world(cast.Clock(timezone.now() - HOUR))
    monkeypatch.setattr(reindexing, "BATCH", 1)
    Edition.objects.update(rules=0)
    reword(world.fact, "Reworded.")
    failed = []

    def derive() -> None:
        try:
            list(reindex())
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=derive)
    thread.start()
    publish([world.fact], by=None, clock=timezone.now)
    thread.join(timeout=30)
    list(reindex())
    assert (failed, due().count()) == ([], 0)
    assert Edition.objects.filter(record_id=world.fact.pk).count() == 2

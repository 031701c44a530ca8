"""The copy on which a preview is tried out where a writer would lock the whole database."""

from __future__ import annotations

import pytest
from django.db import connection

from relations.models import Fact
from relations.publishing import scratch
from relations.publishing.scratch import undone
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite locks the whole database")


def pragma(name: str):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def test_what_is_written_on_the_copy_is_gone_with_it(clock):
    world = cast.live_world(clock)
    with undone():
        Fact.objects.update(statement_en="Tried out.")
        assert Fact.objects.get(pk=world.fact.pk).statement_en == "Tried out."
    assert Fact.objects.get(pk=world.fact.pk).statement_en == "The border is long."


def test_the_copy_takes_a_bounded_share_of_memory():
    with undone():
        assert pragma("cache_size") == -65536  # in KiB
        assert pragma("journal_mode") == "delete"  # "memory" would be a database that cannot leave it


def test_a_copy_that_outgrows_its_share_is_as_good(clock, monkeypatch):
    monkeypatch.setattr(scratch, "CACHE", "PRAGMA cache_size=8")  # pages
    cast.live_world(clock)
    with undone():
        assert pragma("page_count") > 8
        Fact.objects.update(statement_en="Tried out." * 9999)
        assert Fact.objects.get().statement_en == "Tried out." * 9999
    assert Fact.objects.get().statement_en == "The border is long."

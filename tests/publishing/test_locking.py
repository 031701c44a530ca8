"""Locks: while a verb works on records nobody else changes them. SQLite knows one lock for everything, no row's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction

from relations.models import Fact, Topic
from relations.publishing.locking import lock, rows_of
from tests import cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL locks rows"),
]


@pytest.fixture
def world() -> cast.World:
    return cast.world()


def is_free(row: Fact | Topic) -> bool:
    """Whether somebody else, on a connection of their own, could change this row now."""

    def ask() -> bool:
        try:
            with transaction.atomic():
                type(row).objects.select_for_update(nowait=True).get(pk=row.pk)
        except OperationalError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(ask).result(timeout=30)


def test_what_a_verb_works_on_is_locked_until_it_is_done(world):
    with transaction.atomic():
        lock([world.fact, world.topic])
        assert [is_free(row) for row in (world.fact, world.topic)] == [False, False]
    assert [is_free(row) for row in (world.fact, world.topic)] == [True, True]


def test_so_is_what_it_finds_by_name_if_it_says_so(world):
    named = [("fact", world.fact.pk)]
    with transaction.atomic():
        rows_of(named)
        assert is_free(world.fact)
        rows_of(named, locked=True)
        assert not is_free(world.fact)
        assert is_free(world.topic)

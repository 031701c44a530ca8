"""The time limits of the site are for its requests: a migration takes as long as it takes."""

import pytest
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection

from config.databases import LIMITS

pytestmark = pytest.mark.django_db


@pytest.fixture
def limits():
    """Asks PostgreSQL what limits the connection has now, one after another."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such limits")

    def ask() -> list[str]:
        with connection.cursor() as cursor:
            return [cursor.execute(f"SHOW {limit}").fetchone()[0] for limit in LIMITS]

    return ask


@pytest.fixture
def limited(limits):
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '5s'")
    return limits


def test_no_limit_of_the_site_ends_a_migration(limited):
    assert limited()[0] == "5s"
    emit_pre_migrate_signal(0, False, "default")
    assert limited() == ["0", "0", "0"]


def test_what_comes_after_it_has_its_limits_again(limits):
    before = limits()
    emit_pre_migrate_signal(0, False, "default")
    emit_post_migrate_signal(0, False, "default")
    assert limits() == before
    assert before[0] == "1min"

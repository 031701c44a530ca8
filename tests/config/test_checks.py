"""The check that a live SQLite connection keeps its promises."""

import pytest
from django.core.checks import Error
from django.db import connection, connections

from relations.checks import sqlite_keeps_its_promises

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite"),
]


def problems():
    return sqlite_keeps_its_promises(None, databases=["default"])


@pytest.fixture
def spoil():
    """Change a setting of the live connection, for the length of a test."""

    def execute(pragma):
        with connection.cursor() as cursor:
            cursor.execute(pragma)

    yield execute
    connection.close()  # the next one is set up anew


def test_the_connection_of_the_site_is_sound():
    assert problems() == []


def test_no_database_asked_about_means_nothing_to_say():
    assert sqlite_keeps_its_promises(None) == []


@pytest.mark.parametrize(
    ("pragma", "told"),
    [
        (
            "PRAGMA synchronous=NORMAL",
            "synchronous is 1, not 2; a power cut could bring back what was withdrawn",
        ),
        ("PRAGMA busy_timeout=5000", "busy_timeout is 5000, not 20000"),
        ("PRAGMA foreign_keys=OFF", "foreign_keys is 0, not 1"),
        ("PRAGMA secure_delete=OFF", "secure_delete is 0, not 1; what was redacted would stay"),
        ("PRAGMA journal_mode=DELETE", "journal_mode is 'delete', not 'wal'"),
    ],
)
def test_a_connection_with_another_setting_is_an_error(spoil, pragma, told):
    spoil(pragma)
    (problem,) = problems()
    assert isinstance(problem, Error)
    assert told in problem.msg


def test_a_deferred_transaction_is_an_error(monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(connections["default"], "transaction_mode", None)
    (problem,) = problems()
    assert "transaction_mode is None, not 'IMMEDIATE'" in problem.msg

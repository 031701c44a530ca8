"""System checks: promises about this machine that Django verifies before it serves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# What a connection must answer, as the pragmas spell it (synchronous 2 is FULL), and what is lost otherwise.
SQLITE_PROMISES = {
    "journal_mode": ("wal", "readers would wait for writers"),
    "synchronous": (2, "a power cut could bring back what was withdrawn"),
    "busy_timeout": (20_000, "writers would fail instead of waiting for each other"),
    "foreign_keys": (1, "rows could point to rows that are gone"),
    "secure_delete": (1, "what was redacted would stay in the bytes of the file"),
}


@register(Tags.database)
def sqlite_keeps_its_promises(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every SQLite connection really has the settings that publishing relies on."""
    sqlite = [connections[alias] for alias in databases or [] if connections[alias].vendor == "sqlite"]
    return [problem for connection in sqlite for problem in _broken_promises(connection)]


@register(Tags.database)
def what_lists_find_is_of_today(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """No edition was derived by other rules than those of today."""
    if DEFAULT_DB_ALIAS not in (databases or []):
        return []
    from relations.publishing.reindexing import due

    try:
        number = due().count()
    except DatabaseError:  # before the first migration
        return []
    hint = "Run manage.py reindex; the site may go on serving meanwhile."
    told = f"What lists find {number} editions by was derived by the rules of another version."
    return [Warning(told, hint=hint, id="relations.W001")] if number else []


def _broken_promises(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    problems = [
        _error(connection, f"{name} is {found!r}, not {wanted!r}", consequence)
        for name, (wanted, consequence) in SQLITE_PROMISES.items()
        if (found := _pragma(connection, name)) != wanted
    ]
    if connection.transaction_mode != "IMMEDIATE":
        mode = f"transaction_mode is {connection.transaction_mode!r}, not 'IMMEDIATE'"
        problems.append(_error(connection, mode, "two editors who save at once would see errors"))
    return problems


def _pragma(connection: BaseDatabaseWrapper, name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def _error(connection: BaseDatabaseWrapper, problem: str, consequence: str) -> Error:
    return Error(
        f"SQLite ({connection.alias}): {problem}; {consequence}.",
        hint="Take the settings from config.databases, and keep the file on a local disk.",
        id="relations.E001",
    )

"""A place to try something out: what is written there is undone, and keeps nobody else from writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# SQLite's name for a database of this connection alone, gone when it closes. It stays in the cache as long as it fits,
# and goes to an unnamed temporary file beyond that: a large database costs time, but no memory.
TEMPORARY = "file:"
CACHE = "PRAGMA cache_size=-65536"  # 64 MB
# PostgreSQL looks for deadlocks after a second, and ends either side of one.
PATIENCE_MS = 500


@contextmanager
def undone() -> Iterator[None]:
    """Inside, this thread may write what it likes; afterwards it is as if it had not.

    PostgreSQL locks the rows that are written, and no others; where somebody else has them, this gives up before they
    would have to (OperationalError). SQLite knows one lock for the whole database, so there
    the thread works on a copy: 25 milliseconds for each ten megabytes, at most 64 MB of them in memory. Whoever is in a
    transaction already has that lock, and needs no copy.
    """
    is_free = connection.vendor == "sqlite" and not connection.in_atomic_block
    with _copied() if is_free else nullcontext(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        yield
        transaction.set_rollback(True)


@contextmanager
def _copied() -> Iterator[None]:
    """Inside, this thread's connection leads to a copy of the database as this connection sees it."""
    original = connections[DEFAULT_DB_ALIAS]
    copy = _copy(original)
    connections[DEFAULT_DB_ALIAS] = copy
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = original
        copy.connection.close()


def _copy(original: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    original.ensure_connection()
    copy = type(original)({**original.settings_dict, "NAME": TEMPORARY}, DEFAULT_DB_ALIAS)
    copy.connect()
    copy.connection.execute(CACHE)
    original.connection.backup(copy.connection)
    # Whoever counts queries counts these too.
    copy.force_debug_cursor, copy.queries_log = original.force_debug_cursor, original.queries_log
    copy.execute_wrappers = original.execute_wrappers
    return copy

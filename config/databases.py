"""The two database engines, set up so that nothing acknowledged is lost and nobody waits for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from config.env import Misconfigured, split_address

# WAL lets readers read while somebody writes. FULL makes a commit survive a power cut: with NORMAL the commit
# that is lost may be a withdrawal, and what was withdrawn would be public again.
# What is deleted or replaced is written over, so that what the law had removed is not in the file either.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=ON"
)

# What PostgreSQL ends for us, in seconds, so that one request never holds up all others.
LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


def database_settings(address: str, *, statement_timeout: int, pool_size: int) -> dict[str, Any]:
    """Django's settings for the database at an address, sqlite:///path or postgres://user@host/name."""
    parts = split_address("DATABASE_URL", address, ["postgres", "postgresql", "sqlite"])
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)[1:]))
    name = unquote(parts.path).strip("/")
    if not name:
        raise Misconfigured("DATABASE_URL", "names no database", "Write postgres://user@host/name.")
    limits = dict(zip(LIMITS, (statement_timeout, 3, 10), strict=True))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 0,  # the pool keeps connections; it does not allow Django to
        "CONN_HEALTH_CHECKS": True,  # a database that was restarted costs no request
        "OPTIONS": {
            **dict(parse_qsl(parts.query)),  # sslmode and its like
            "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10},
            # No query here runs long enough to be worth compiling first: at twenty thousand records, compiling alone
            # took the front page of the desk longer than a page may take.
            "options": " ".join(["-c jit=off", *(f"-c {limit}={seconds}s" for limit, seconds in limits.items())]),
        },
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # A transaction that will write says so when it starts: otherwise it fails at its first write when
            # another came before, and no timeout helps.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }

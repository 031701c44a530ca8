"""The site as it stands after the first run, for tests that need real content.

``loaded_site`` is the one to ask for. The pack is loaded once a run, inside a transaction that is rolled back, and
only its rows are kept; each test that asks gets them back in its own transaction, in a fraction of a second. A
test that does not ask finds an empty site, as ever.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from relations import intake, reading
from relations.intake import Loaded
from tests.database import once

PACK = Path(__file__).parent.parent / "relations" / "content" / "us-canada"
SECOND_PACK = Path(__file__).parent / "packs" / "norland-sudria"

# When the tests load: four days after the state of play that the pack describes.
LOADED_AT = datetime.datetime(2026, 7, 6, 12, tzinfo=datetime.UTC)


def load(folder: Path, *, at: datetime.datetime = LOADED_AT, publishing: bool = True) -> Loaded:
    """Loads a pack as the command does, at an instant of its own, without waiting for that instant.

    What the second pack makes of an empty site is kept: many tests begin there.
    """
    usual = folder == SECOND_PACK and at == LOADED_AT and publishing
    if not usual or any(model.objects.exists() for model in tables()):
        return intake.apply(intake.make_plan(intake.read(folder)), clock=lambda: at, publishing=publishing)
    if _second:
        loaded, snapshot = _second
        snapshot.restore()
    else:
        loaded = intake.apply(intake.make_plan(intake.read(folder)), clock=lambda: at)
        _second.extend([loaded, Snapshot.of_now(at)])
    return copy.deepcopy(loaded)


_second: list[Any] = []  # what was said when the second pack was loaded, and its rows; empty until then


@dataclass(frozen=True)
class Snapshot:
    """The rows of a loaded site, in the form in which the database takes them back fastest."""

    instant: datetime.datetime
    tables: dict[str, Any]

    @classmethod
    def of_now(cls, instant: datetime.datetime) -> Snapshot:
        """Everything of the site that is in the database, as it can be read at this instant."""
        get = _get_postgresql if connection.vendor == "postgresql" else _get_sqlite
        return cls(instant, {model._meta.db_table: get(model) for model in tables()})

    def restore(self) -> None:
        """Puts the rows into the empty tables of the test database."""
        put = _put_postgresql if connection.vendor == "postgresql" else _put_sqlite
        with transaction.atomic():
            for model in tables():
                put(model, self.tables[model._meta.db_table])
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
                cursor.execute(statement)


@pytest.fixture(scope="session")
def snapshot(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The United States and Canada, loaded once and rolled back."""

    def take() -> Snapshot:
        with django_db_blocker.unblock(), transaction.atomic():
            taken = Snapshot.of_now(load(PACK).editions[0].live_from)
            transaction.set_rollback(True)
        return taken

    return once(tmp_path_factory.getbasetemp(), "snapshot", take)


@pytest.fixture
def loaded_site(snapshot: Snapshot, db: None) -> reading.Reader:
    """The United States and Canada on the site; what can be read just as it went live, on 6 July 2026.

    Works with transactional tests and live servers, too: ask for those as well.
    """
    snapshot.restore()
    return reading.at(snapshot.instant)


@pytest.fixture(scope="session")
def snapshot_of_two(snapshot: Snapshot, django_db_blocker: Any) -> Snapshot:
    """The same with a second pack beside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        snapshot.restore()
        load(SECOND_PACK)
        taken = Snapshot.of_now(snapshot.instant)
        transaction.set_rollback(True)
    return taken


@pytest.fixture
def two_relationships(snapshot_of_two: Snapshot, db: None) -> reading.Reader:
    """Norland and Sudria beside the United States and Canada."""
    snapshot_of_two.restore()
    return reading.at(snapshot_of_two.instant)


def tables() -> list[type[models.Model]]:
    """Every table of the site's own app, those between two others included."""
    return list(apps.get_app_config("relations").get_models(include_auto_created=True))


def _columns(model: type[models.Model], prefix: str = "") -> str:
    quote = connection.ops.quote_name
    return ", ".join(prefix + quote(field.column) for field in model._meta.concrete_fields)


def _get_sqlite(model: type[models.Model]) -> list[tuple]:
    """Values as they are stored: the sign in front keeps the driver from guessing their types."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns(model, '+')} FROM {model._meta.db_table}")  # noqa: S608
        return cursor.fetchall()


def _put_sqlite(model: type[models.Model], rows: list[tuple]) -> None:
    places = ", ".join(["%s"] * len(model._meta.concrete_fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({_columns(model)}) VALUES ({places})",  # noqa: S608
            rows,
        )


def _get_postgresql(model: type[models.Model]) -> bytes:
    statement = f"COPY {model._meta.db_table} ({_columns(model)}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return b"".join(map(bytes, copy))


def _put_postgresql(model: type[models.Model], rows: bytes) -> None:
    statement = f"COPY {model._meta.db_table} ({_columns(model)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)


@pytest.fixture
def pack_copy(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Makes a copy of the second pack in which words were replaced: ``pack_copy(meetings={"old": "new"})``."""

    def make(**changes: dict[str, str]) -> Path:
        folder = tmp_path / SECOND_PACK.name
        folder.mkdir(exist_ok=True)
        for path in sorted(SECOND_PACK.glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            for old, new in changes.get(path.stem, {}).items():
                assert old in text, f"{path.name} has no {old!r}"
                text = text.replace(old, new, 1)
            (folder / path.name).write_text(text, encoding="utf-8")
        return folder

    return make

"""The database of a test run, made in a second, and what several workers of one run make only once."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def stand_in_for_migrations() -> None:
    """Completes tables that were made from the models at once to what all migrations would have left.

    Making them by migrating takes twelve seconds and leads to the same: `makemigrations --check` holds the models
    against the migrations, and CI runs every test with ``--migrations`` as well.
    """
    settings.MIGRATION_MODULES = {}
    known = MigrationLoader(None).disk_migrations
    with connection.schema_editor() as editor:
        for name in sorted(name for app, name in known if app == "relations"):
            for operation in import_module(f"relations.migrations.{name}").Migration.operations:
                if isinstance(operation, RunPython):
                    operation.code(apps, editor)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in known:
        recorder.record_applied(app, name)


def once(folder: Path, name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` returns, made by the first worker that asks; the others wait and get a copy. It is pickled."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return make()
    kept = folder.parent / f"{name}.pickle"  # beside the folders of the workers of this run
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
        return pickle.loads(kept.read_bytes())  # noqa: S301 - this very run wrote it

"""`manage.py prepare`: everything between installed and served, done once and then left alone."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from relations.publishing.reindexing import due

CONTENT = Path("relations") / "content" / "us-canada"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike: people type this password from a terminal


class Command(BaseCommand):
    """Bring database, content, static files and the first account into being where they are missing."""

    help = "Migrate, load the first content, collect static files, create the first account. Safe to repeat."

    def handle(self, **options: object) -> None:
        self.migrate()
        self.reindex()
        self.check(databases=["default"])
        self.load_first_content()
        self.collect_static_files()
        self.create_first_manager()

    def migrate(self) -> None:
        """Give the database the shape that the code expects."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            with self.step(f"Applying migrations ({len(plan)})"):
                call_command("migrate", interactive=False, verbosity=0)

    def reindex(self) -> None:
        """Derive anew what lists find, if an older version derived it by other rules."""
        if due().exists():
            with self.step("Deriving anew what lists find"):
                call_command("reindex", stdout=self.stdout)

    def load_first_content(self) -> None:
        """Load the pack that the site starts with, unless anything was ever published."""
        if not apps.get_model("relations", "Edition").objects.exists():
            with self.step(f"Loading {CONTENT}"):
                call_command("load_content", str(settings.BASE_DIR / CONTENT), stdout=self.stdout)

    def collect_static_files(self) -> None:
        """Collect and compress static files, unless the same ones were collected before."""
        if settings.DEBUG:
            return  # they are then served from where they are written
        stamp = settings.VAR_DIR / "static.sha256"
        digest = digest_of_static_files()
        if stamp.exists() and stamp.read_text() == digest:
            return
        with self.step("Collecting static files"):
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest)

    def create_first_manager(self) -> None:
        """Create an account where there is none, and show its password this once."""
        users = get_user_model().objects
        if users.exists():
            return
        password = new_password()
        manager = users.create_superuser(username="manager", password=password)
        manager.groups.set(Group.objects.filter(name="Managers"))
        apps.get_model("relations", "GivenPassword").objects.create(user=manager)
        # Not 127.0.0.1: browsers bind a passkey to a name.
        address = settings.PUBLIC_URL.replace("//127.0.0.1", "//localhost")
        self.stdout.write(f"\n  The first account, for {address}/admin/\n")
        self.stdout.write(f"    name      {manager.get_username()}\n    password  {password}\n")
        self.stdout.write("  It is shown this once, and opens one page: that on which you choose your own.\n\n")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Say what begins, and how long it took."""
        self.stdout.write(f"{name} ...")
        self.stdout.flush()
        start = time.monotonic()
        yield
        self.stdout.write(f"{name}: done in {time.monotonic() - start:.1f} s")


def digest_of_static_files() -> str:
    """One number that changes when a static file, or what processes them, changes."""
    files = sorted(
        (name, storage.size(name), str(storage.get_modified_time(name)))
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    return hashlib.sha256(repr((settings.STORAGES["staticfiles"], files)).encode()).hexdigest()


def new_password() -> str:
    """Sixteen letters and digits in groups of four: 79 bits, and possible to type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))

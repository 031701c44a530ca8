"""The migrations lead to the models: tests make their tables from these alone."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db


def test_no_model_has_changed_since_the_last_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=3)


def test_they_are_numbered_without_a_gap():
    names = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "relations")
    assert [name.split("_")[0] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]

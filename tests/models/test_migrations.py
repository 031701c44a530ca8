"""The migrations lead to the models: tests make their tables from these alone."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_no_model_has_changed_since_the_last_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=3)

"""The app's entry in Django's register."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from config.databases import LIMITS


class RelationsConfig(AppConfig):
    """Bilateral relationships: their desk, their editions, their pages."""

    name = "relations"
    verbose_name = _("The record")

    def ready(self) -> None:
        from relations import checks  # noqa: F401 - importing registers them, and needs the apps to be there

        pre_migrate.connect(lift_time_limits, sender=self)
        post_migrate.connect(set_time_limits, sender=self)


def lift_time_limits(using: str, **_signal: Any) -> None:
    """Before a migration: the limits of the site are for requests, and a table may take long to change."""
    _each_limit("SET {} = 0", using)


def set_time_limits(using: str, **_signal: Any) -> None:
    """After a migration: what runs in the same connection has its limits again."""
    _each_limit("RESET {}", using)


def _each_limit(statement: str, using: str) -> None:
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            for limit in LIMITS:
                cursor.execute(statement.format(limit))

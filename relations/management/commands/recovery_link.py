"""`manage.py recovery_link NAME`: a one-time link from the terminal, for when no manager can sign in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from relations.admin.accounts import links
from relations.admin.accounts.backend import may_come_in


class Command(BaseCommand):
    """Whoever has the machine has the site: so the last manager is never locked out of it."""

    help = "Print a link with which somebody chooses a new password. It works once, within a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name with which they sign in")
        parser.add_argument("--everything", action="store_true", help="also remove their second factor")

    def handle(self, *, name: str, everything: bool, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"Nobody is called {name!r}.")
        if not may_come_in(user):
            raise CommandError(f"{name!r} is not active, or has no place at the desk; no link would work.")
        path = links.issue(user, by=user, kind="everything" if everything else "password")
        self.stdout.write(f"{settings.PUBLIC_URL}{path}")

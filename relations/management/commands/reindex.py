"""`manage.py reindex`: derive anew what lists find editions by, after a change of how that is done."""

from __future__ import annotations

import argparse

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from relations.publishing.reindexing import due, reindex

from .load_content import Progress


class Command(BaseCommand):
    """Safe at any time and as often as one likes: what is derived already is left alone."""

    requires_system_checks = (Tags.models,)

    help = "Derive titles, days to sort by, search words and facets of all editions from their documents."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="also what was derived by the rules of today")

    def handle(self, *, anew: bool, **options: object) -> None:
        progress, done = Progress(self), 0
        for done, total in reindex(anew=anew):
            progress("Editions", done, total)
        progress.end()
        left = due().count()
        rest = f"Somebody is changing {left} others; run it again for those." if left else "Nothing is left."
        self.stdout.write(f"Derived anew: {done}. {rest}")

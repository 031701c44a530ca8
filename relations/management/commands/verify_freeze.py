"""`manage.py verify_freeze DIR`: whether a copy is still, to the last bit, what was written."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from relations.freezing import digest_of_sums, first_breach, first_dead_link

from .load_content import Progress


class Command(BaseCommand):
    """Names the first file that was altered, is missing or was added, or the first link that leads nowhere."""

    requires_system_checks = ()

    help = "Prove that a folder is what `freeze` wrote. The exit code is 0 where it is."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder that `freeze` wrote")

    def handle(self, *, folder: Path, **options: object) -> None:
        progress = Progress(self)
        try:
            wrong = first_breach(folder, progress) or first_dead_link(folder, progress)
        finally:
            progress.end()
        if wrong:
            raise CommandError(wrong)
        self.stdout.write("Every file is what it was; none is missing, none was added; no link between them is dead.")
        self.stdout.write(f"SHA-256 of SHA256SUMS: {digest_of_sums(folder)}")

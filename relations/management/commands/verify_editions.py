"""`manage.py verify_editions`: prove that nothing that was published was altered since."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from relations.reading import chain, clock, redactions


class Command(BaseCommand):
    """Recomputes every digest, follows every chain, and compares with roots that were kept elsewhere."""

    help = "Recompute the digest of every edition and follow each record's chain up to the root of each day."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--roots", type=Path, help="a copy of /roots.txt that was kept: it must still hold")

    def handle(self, *, roots: Path | None, **options: object) -> None:
        now = clock.now()
        if found := chain.breaches(now):
            for breach in found[1:]:
                self.stderr.write(f"Also: {breach}")
            raise CommandError(f"The first that was altered: {found[0]}")
        known = chain.roots(now)
        if roots is not None:
            try:
                kept = roots.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{roots} cannot be read: {error}") from error
            if differing := chain.differing(known, kept):
                raise CommandError(f"{roots} says otherwise: {differing}")
        count = sum(root.editions for root in known)
        last = f" The last root is {known[-1].digest}." if known else ""
        self.stdout.write(f"{count} editions on {len(known)} days are what they were.{last}")
        for item in redactions.every(now):
            self.stdout.write(f"Redacted, by reason: {item.kind} {item.id}, edition {item.number}: {item.reason.en}")

"""`manage.py freeze DIR [--as-of DAY]`: the whole public site as files that need no server."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from relations.freezing import Manifest, Refused, digest_of_sums, freeze
from relations.publishing import generation
from relations.reading import at, chain, clock
from relations.rendering.moment import end_of

from .load_content import Progress


def a_day(text: str) -> datetime.date:
    """A day as an argument."""
    try:
        day = datetime.date.fromisoformat(text)
        end_of(day)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as in 2021-02-26.") from error
    return day


class Command(BaseCommand):
    """Reads every page at one instant and writes all of it, or nothing."""

    requires_system_checks = (Tags.models, Tags.database)

    help = "Write the whole public site as static files: for any web server, or to open from disk."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="missing, empty, or an earlier copy to replace")
        parser.add_argument("--as-of", type=a_day, metavar="DAY", help="as the site stood at the end of that day")

    def handle(self, *, folder: Path, as_of: datetime.date | None, **options: object) -> None:
        manifest = manifest_of(as_of)
        progress = Progress(self)
        try:
            files = freeze(folder, manifest, progress)
        except (Refused, OSError) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        finally:
            progress.end()
        self.stdout.write(f"{files} files in {folder}, as of {manifest.instant.isoformat()}.")
        self.stdout.write(f"SHA-256 of its SHA256SUMS, to be kept elsewhere: {digest_of_sums(folder)}")


def manifest_of(as_of: datetime.date | None) -> Manifest:
    """What to freeze; the one instant of the whole walk is taken here. CommandError where there is nothing."""
    now = clock.now()
    if as_of and as_of > timezone.localdate(now):
        raise CommandError(f"{as_of.isoformat()} has not come yet. What is public then cannot be known before.")
    instant = min(end_of(as_of), now) if as_of else now
    roots = chain.roots(instant)
    if not roots:
        first = at(now).first_day()
        since = f"Its first edition is of {first.isoformat()}." if first else "Nothing was ever published."
        raise CommandError(f"The site said nothing by {instant.isoformat()}. {since}")
    number = None if as_of else generation.current()
    return Manifest(settings.PUBLIC_URL, instant, as_of, number, str(roots[-1]))

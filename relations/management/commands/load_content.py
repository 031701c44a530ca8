"""`manage.py load_content PATH`: bring a content pack to the desk and the site."""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from pathlib import Path

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from relations.intake import Action, Broken, Plan, Problem, apply, make_plan, read
from relations.models import BY_KIND
from relations.publishing import Refusal
from relations.reading import clock


class Command(BaseCommand):
    """Shows the plan, carries it out whole or not at all, and publishes it as one release."""

    requires_system_checks = (Tags.models, Tags.database)  # pages are none of its business

    help = "Load a content pack. Running it again changes nothing; what an editor has changed since is kept."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder of the pack")
        parser.add_argument("--dry-run", action="store_true", help="show the plan and stop")
        parser.add_argument("--no-publish", action="store_true", help="write the desk only; editors publish")

    def handle(self, *, path: Path, dry_run: bool, no_publish: bool, **options: object) -> None:
        progress = Progress(self)
        try:
            plan = make_plan(read(path))
            self.show(plan)
            if plan.problems:
                raise Broken(plan.problems)
            if dry_run:
                return
            loaded = apply(plan, clock=clock.now, publishing=not no_publish, progress=progress)
            progress.end()
        except Broken as error:
            progress.end()
            self.complain(error.problems)
        except Refusal as error:
            progress.end()
            raise CommandError(str(error)) from error
        else:
            if loaded.editions:
                wait_until(loaded.editions[0].live_from)
            self.stdout.write(f"Written: {loaded.written}. Published: {len(loaded.editions)}.")

    def show(self, plan: Plan) -> None:
        """The plan: how many of each kind, then every record that is not simply new or the same."""
        self.stdout.write(f"Content pack {plan.pack.name}")
        columns = list(Action)
        self.stdout.write(f"  {'':<16}" + "".join(f"{action.value:>8}" for action in columns))
        for kind, counts in plan.counts().items():
            name = str(BY_KIND[kind]._meta.verbose_name_plural)
            self.stdout.write(f"  {name:<16}" + "".join(f"{counts[action] or '':>8}" for action in columns))
        for step in plan.of(Action.CHANGE, Action.KEEP):
            why = f" ({step.reason})" if step.reason else ""
            self.stdout.write(f"  {step.action.value}: {step.place.file}: {step.place.record}{why}")
        if plan.missing:
            self.stdout.write(f"  on the desk and no longer in the pack, left alone: {plan.missing}")
        if plan.waiting:
            self.stdout.write(f"  on the desk and never published: {len(plan.waiting)}")
        for notice in plan.notices:
            self.stdout.write(f"  {notice}")

    def complain(self, problems: list[Problem]) -> None:
        """Ends the command with every problem."""
        for problem in problems:
            self.stderr.write(f"problem: {problem}")
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise CommandError(f"{count}. Nothing was changed.")


class Progress:
    """Says how far a step has come once it takes more than two seconds: one line that moves on a terminal.

    A step that cannot tell how far it is, and says zero, is announced at once if it is about many records.
    """

    PATIENCE = 2.0
    MANY = 50

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.moving = sys.stdout.isatty() and command.stdout._out is sys.stdout
        self.step = ""
        self.since = self.said = time.monotonic()
        self.shown = False

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step != self.step:
            self.end()
            self.step, self.since, self.said = step, now, now
        soon = now - self.since < self.PATIENCE or now - self.said < (0.1 if self.moving else self.PATIENCE)
        if total < self.MANY if done == 0 else soon:
            return
        self.said, self.shown = now, True
        line = f"{step}: {done} of {total}" if done else f"{step}: {total} ..."
        self.command.stdout.write(f"\r{line}\033[K" if self.moving else line, ending="" if self.moving else "\n")
        self.command.stdout.flush()

    def end(self) -> None:
        """Leaves the moving line behind."""
        if self.moving and self.shown:
            self.command.stdout.write("\r\033[K", ending="")
        self.shown = False


def wait_until(instant: datetime.datetime) -> None:
    """Returns once readers see what goes live at this instant, a moment from now."""
    while (left := (instant - clock.now()).total_seconds()) > 0:
        time.sleep(left)

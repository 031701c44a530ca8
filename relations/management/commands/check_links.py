"""`manage.py check_links`: ask the links of sources whether they still lead somewhere. Run it daily."""

from __future__ import annotations

import argparse
import time
from collections import Counter

from django.core.management.base import BaseCommand

from relations.management import links
from relations.models import LinkAnswer
from relations.reading import clock


class Command(BaseCommand):
    """Asks those whose turn it is and writes down what they answered; what is dead appears on the front page."""

    help = "Ask sources' links, each once a week, a dead one daily. Bounded and polite; nothing public changes."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--at-most", type=int, default=200, help="how many links in one run (200)")
        parser.add_argument("--minutes", type=float, default=15, help="stop after so many minutes (15)")

        parser.add_argument("--pause", type=float, default=links.PAUSE, help="seconds between two of one host (2)")

    def handle(self, *, at_most: int, minutes: float, pause: float, **options: object) -> None:
        end = time.monotonic() + minutes * 60
        heard: Counter[str] = Counter()
        for source in links.in_turn(links.due(clock.now())[:at_most], pause=pause):
            if time.monotonic() > end:
                self.stdout.write("Out of time; the rest comes with the next run.")
                break
            answer = links.write_down(source, links.ask(source.url), at=clock.now())
            heard[answer.answer] += 1
            if answer.answer == LinkAnswer.Answer.DEAD:
                self.stdout.write(f"{answer.detail}: {source.url}")
        counts = ", ".join(f"{name} {heard[name]}" for name in LinkAnswer.Answer.values)
        self.stdout.write(f"Asked: {heard.total()} ({counts}).")

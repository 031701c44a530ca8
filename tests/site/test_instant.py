"""A release goes live under load: real servers, nothing else running, and no page that is half of each."""

from __future__ import annotations

import datetime
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from relations.models import Fact, Release
from relations.publishing import current_generation
from relations.publishing.releases import add_to_release, create_release, schedule_release
from tests import cast

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("time_of_this_machine"),
    pytest.mark.django_db(transaction=True),
]

CLIENTS = 6
HOME = "norda-suda"
# Lists, counts, details, feeds, tables, search, site map: what a mixed answer could hide in.
PAGES = (
    f"/en/{HOME}/facts/",
    f"/fr/{HOME}/facts/",
    f"/en/{HOME}/facts/border-length/",
    f"/en/{HOME}/facts/rivers/",
    f"/en/{HOME}/topics/border/",
    f"/en/{HOME}/",
    f"/en/{HOME}/facts.json",
    f"/en/{HOME}/facts.csv",
    f"/en/{HOME}/changes.atom",
    "/en/search/?q=rivers",
    "/sitemap.xml",
)
READ_AT = re.compile(rb'"read_at": "[^"]+"')  # the one thing that differs between two answers at any time
AHEAD = datetime.timedelta(seconds=3)
AFTER = 1.0  # seconds that the load goes on at least


@dataclass(frozen=True)
class Answer:
    """What one request was answered with, and when it was on its way (seconds since 1970)."""

    page: str
    sent: float
    received: float
    said: tuple[int, bytes]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[int]:
    """The port of a gunicorn as `make run` starts it, on the database of this test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "config/server.py", "-b", f"127.0.0.1:{port}", "config.wsgi"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": database_url()}
    with (tmp_path / "gunicorn.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log)  # noqa: S603
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


def database_url() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"


def wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            ask(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("gunicorn did not come up")


def ask(port: int, page: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", page)
        response = line.getresponse()
        return response.status, READ_AT.sub(b"", response.read())
    finally:
        line.close()


@pytest.fixture
def release(db: None) -> Release:
    """One fact in other words and a new one, scheduled a moment ahead."""
    world = cast.live_world(cast.Clock(timezone.now() - datetime.timedelta(hours=1)))
    Fact.objects.filter(pk=world.fact.pk).update(statement_en="It is longer.", statement_fr="Elle est plus longue.")
    rivers = cast.a_fact(world, "rivers", statement_en="Rivers cross it.", statement_fr="Des rivières la traversent.")
    new = create_release("Summit", by=None)
    add_to_release(new, [world.fact, rivers], by=None, clock=timezone.now)
    return new


def hammer(port: int, instant: float) -> list[Answer]:
    """What several clients are told who ask for one page after another, until each was asked for after the instant."""
    answers: list[Answer] = []

    def is_over() -> bool:
        return time.time() > instant + AFTER and {each.page for each in answers if each.sent >= instant} == set(PAGES)

    def one(number: int) -> None:
        turn = number
        while not is_over():
            page = PAGES[turn % len(PAGES)]
            sent = time.time()
            said = ask(port, page)
            answers.append(Answer(page, sent, time.time(), said))
            turn += 1

    clients = [threading.Thread(target=one, args=(number,)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join(timeout=60)
    return answers


def test_every_answer_is_wholly_before_or_wholly_after(served, release):
    before = {page: ask(served, page) for page in PAGES}  # nobody can tell whether something is scheduled
    now = timezone.now()
    if (now + 2 * AHEAD).date() != now.date():
        pytest.skip("the pages say which day it is, and that changes just now")
    schedule_release(release, at=now + AHEAD, by=None, clock=timezone.now)
    instant, generation = (now + AHEAD).timestamp(), current_generation()
    answers = hammer(served, instant)
    after = {page: ask(served, page) for page in PAGES}

    assert [page for page in PAGES if before[page] == after[page]] == []
    mixed = [each.page for each in answers if each.said not in (before[each.page], after[each.page])]
    early = [each.page for each in answers if each.received < instant and each.said != before[each.page]]
    late = [each.page for each in answers if each.sent >= instant and each.said != after[each.page]]
    assert (mixed, early, late) == ([], [], [])
    assert any(each.received < instant for each in answers)
    assert {each.page for each in answers if each.sent >= instant} == set(PAGES)
    assert current_generation() == generation  # nobody wrote anything

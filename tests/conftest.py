"""What every test stands on: no network beyond this machine, and Chromium where there is one."""

from __future__ import annotations

import gc
import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache as django_cache
from django.test import client as test_client
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests.database import stand_in_for_migrations
from tests.effort import THOROUGH, has_its_turn

# Fixtures that tests everywhere share: the site with its first content, and its clock.
pytest_plugins = ["tests.pack", "tests.clocks"]

# The tests make many objects that stay: looking for garbage among them as often as usual takes a tenth of the time.
gc.set_threshold(100_000, 50, 100)

# Playwright keeps an event loop in the thread of the test, and Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A slow machine is no reason to fail, and neither is luck: CI tries the same examples on every run.
hypothesis_settings.register_profile(
    "default", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=100 if THOROUGH else 25
)
hypothesis_settings.load_profile("default")


@cache
def chromium() -> str | None:
    """The path of a Chromium: CHROMIUM, an installed one, or the one Playwright downloaded; else None."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or _chromium_of_playwright()


def _chromium_of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out the tests that touch no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser, and what is slow unless it is its turn."""
    if config.getoption("only_database"):
        items[:] = [item for item in items if touches_a_database(item)]
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
    if browser_tests and chromium() is None:
        for item in browser_tests:
            item.add_marker(pytest.mark.skip(reason="no Chromium: install it, or set CHROMIUM to its path"))
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("browser") and not has_its_turn(item.nodeid):
            item.add_marker(pytest.mark.skip(reason="slow: THOROUGH=1 tries it, as `make check-all` does"))


def touches_a_database(item: pytest.Item) -> bool:
    """Whether a test has said, itself or through a fixture, that it asks for one."""
    fixtures = {"db", "transactional_db", "snapshot", "snapshot_of_two", "crawled"}
    return bool(item.get_closest_marker("django_db") or fixtures & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Run the installed Chromium; its sandbox does not work for root, nor its shared memory in containers."""
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    return {**browser_type_launch_args, "executable_path": chromium(), "args": arguments}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_use_migrations: bool, django_db_blocker: Any) -> None:
    """The test database: by migrating where pytest was given --migrations, else in a twelfth of the time."""
    if not django_db_use_migrations:
        with django_db_blocker.unblock():
            stand_in_for_migrations()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test reads what another one left in the cache."""
    django_cache.clear()


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages_alone() -> Iterator[None]:
    """Django's client copies the context of every template it renders: not those of widgets, whom nobody asks."""
    store = test_client.store_rendered_templates

    def store_but_widgets(kept: dict, signal: Any, sender: Any, template: Any, context: Any, **more: Any) -> None:
        if "/widgets/" not in (template.name or ""):
            store(kept, signal, sender, template, context, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_client, "store_rendered_templates", store_but_widgets)
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test starts in English: the language of a request outlives it in the test's own thread."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def notices_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notices go in the thread of the test, which alone sees what the test has written."""
    monkeypatch.setattr("relations.publishing.notices.in_background", lambda work: work())


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> Iterator[None]:
    """Refuse connections to any other machine: a test that needs one passes on some days only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise NetworkRefused(f"a test wants to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

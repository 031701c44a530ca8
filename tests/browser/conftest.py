"""One server with the loaded site, and the pages that stand for all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, connections
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from relations.models import Fact
from tests.pack import Snapshot, tables

ADMIN = {"username": "chief", "password": "a-password-of-the-tests"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests need the database, and come after all that expect it empty: the order was made before this."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture
def _django_db_helper(django_db_setup: None) -> None:
    """No transaction around each test, as there is elsewhere: the server would not see into it."""


@pytest.fixture(autouse=True)
def _no_second_connection() -> Iterator[None]:
    """Beside Playwright's event loop Django opens a connection that nobody else sees, and nobody would close."""
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def served(snapshot: Snapshot, django_db_blocker: Any) -> Iterator[LiveServer]:
    """The loaded site on a server of its own, for all tests of this folder; its rows are taken away afterwards."""
    with django_db_blocker.unblock():
        empty()
        snapshot.restore()
        User.objects.create_superuser(**ADMIN)
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()
        User.objects.filter(username=ADMIN["username"]).delete()
        empty()
        connections.close_all()


def empty() -> None:
    """Removes every record: constraints are judged at the end, so the order does not matter."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), [each._meta.db_table for each in tables()]):
            cursor.execute(statement)


@pytest.fixture(scope="session")
def base_url(served: LiveServer) -> str:
    """Where Playwright looks for addresses that begin with a slash."""
    return served.url


@pytest.fixture
def emptied(served: LiveServer, snapshot: Snapshot, settings: Any) -> Iterator[None]:
    """Empty tables behind the server, for a story of its own; afterwards it shows what it showed before."""
    settings.PUBLIC_URL = served.url  # where the links lead that are handed out
    empty()
    yield
    empty()
    snapshot.restore()
    User.objects.exclude(username=ADMIN["username"]).delete()


@pytest.fixture
def editor(context: Any, served: LiveServer) -> Any:
    """A page of somebody who is logged in to the admin, without the way through its door: test_sign_in walks that."""
    client = Client()
    client.force_login(User.objects.get(username=ADMIN["username"]))
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    context.add_cookies([{**session, "url": served.url}])
    return context.new_page()


@pytest.fixture(scope="session")
def a_fact(served: LiveServer) -> str:
    """The identity of a fact with several figures, as the admin's addresses have it."""
    return str(Fact.objects.get(slug="daily-trade").pk)

"""Every address of the desk, asked by everybody in both ways, answers what the table in rights.py says."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client

from relations.admin.base import RecordAdmin
from relations.admin.site import Desk
from tests.effort import sample

from . import rights
from .conftest import signed_in

WORDS = {200: "ok", 403: "no", 404: "none", 405: "not", 400: "bad"}
CHANGES = ("INSERT", "UPDATE", "DELETE")
OF_NO_CONSEQUENCE = ("django_session", "relations_tries")


def asks(role: str) -> Client:
    if role == "nobody":
        return Client()
    return signed_in("stranger" if role == "staff" else role)


def said(response: HttpResponse) -> str:
    if response.status_code in (301, 302):
        return "in" if response["Location"].startswith("/admin/login/") else "go"
    return WORDS.get(response.status_code, str(response.status_code))


@contextmanager
def watched() -> Iterator[list[str]]:
    """Everything that is written meanwhile."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(CHANGES) and not any(table in sql for table in OF_NO_CONSEQUENCE):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def answer(client: Client, method: str, address: str) -> str:
    """What is said to this request; whatever it did is undone. A refusal that wrote something says so."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic(), watched() as written:
        word = said(getattr(client, method)(address))
        transaction.set_rollback(True)
    client.cookies = cookies
    return f"{word}, but wrote" if written and word in ("in", "no", "none", "not", "bad") else word


def test_every_address_has_a_row_and_every_row_an_address(db):
    named, listed = set(rights.patterns()), set(rights.rows())
    assert named - listed == set(), "new addresses: give each a line in tests/admin/rights.py"
    assert listed - named == set(), "these are gone: take their lines out of tests/admin/rights.py"


@pytest.mark.slow
@pytest.mark.parametrize("role", rights.ROLES)
def test_it_answers_what_the_table_says(role, live, monkeypatch):
    # What a page looks like is for other tests, and takes most of the time.
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    monkeypatch.setattr(Desk, "each_context", lambda self, request: {})
    column, client, wrong = rights.ROLES.index(role), asks(role), []
    table = rights.rows()
    for key, address in sample(rights.addresses(live), 3, start=column):
        if key not in table:
            continue  # the test above says so
        for method, expected in zip(("get", "post"), table[key], strict=True):
            if (got := answer(client, method, address)) != expected[column]:
                wrong.append(f"{method} {key}: {got}, not {expected[column]} ({address})")
    assert wrong == [], "\n".join(wrong)


def test_the_roles_are_people_with_and_without_an_account(live):
    for role in rights.ROLES:
        asks(role)
    assert set(User.objects.values_list("username", flat=True)) >= {"stranger", "writer", "editor", "manager"}


def test_a_page_that_lets_everybody_write_would_be_found(live, monkeypatch):
    """The test of the test: with the rights of the Publish page gone, the table no longer holds."""
    monkeypatch.setattr(RecordAdmin, "has_publish_permission", lambda self, request: True)
    address = rights.address("admin/relations/fact/<path:object_id>/publish/", live)
    assert answer(asks("writer"), "get", address) != rights.rows()["relations_fact_publish"][0][2]

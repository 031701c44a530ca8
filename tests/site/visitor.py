"""A visitor without a browser or cookies: every answer comes from the whole stack, headers included."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

_factory = RequestFactory()
_handler = ClientHandler()


def _answered(request: HttpRequest) -> HttpResponse:
    if _handler._middleware_chain is None:
        _handler.load_middleware()
    request._dont_enforce_csrf_checks = True  # what a view says to other methods, not what the check before it says
    return _handler.get_response(request)


def get(address: str, **headers: str) -> HttpResponse:
    """The answer to GET. Django's own client copies every template's context on the way: twice the time."""
    return _answered(_factory.get(address, **headers))


def ask(method: str, address: str, **headers: Any) -> HttpResponse:
    """The answer to any method."""
    return _answered(_factory.generic(method, address, **headers))


def counted(address: str) -> tuple[HttpResponse, int]:
    """The answer to GET, and how many questions it put to the database."""
    connection.queries_log.clear()  # it forgets its oldest at nine thousand, and a long walk asks more
    with CaptureQueriesContext(connection) as queries:
        response = get(address)
    return response, len(queries)


def whole(response: HttpResponse) -> str:
    """Everything that a visitor receives: the status, the headers and the body."""
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(response.items()))
    return f"{response.status_code}\n{headers}\n\n{response.content.decode()}"

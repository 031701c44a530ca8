"""The response headers that neither Django nor django-csp sends, and the answer while the database is away."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from relations.views.errors import unavailable

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]

# The site uses none of these abilities, so neither may anything that finds its way into a page.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def isolation_headers(get_response: Handler) -> Handler:
    """Keep other sites from embedding our responses, and pages from asking for a visitor's devices."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def unavailable_without_database(get_response: Handler) -> Handler:
    """Answer 503, try again soon, where the database does not: it is no fault of the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer: %s", exception)
        return unavailable(request)

    middleware.process_exception = process_exception
    return middleware

"""What the site answers, asked without a server: its own views, at the instant of a copy."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils import translation

from relations.rendering.frozen import Frozen

from .addresses import language_of
from .folder import Refused


def answer(address: str, frozen: Frozen) -> HttpResponse:
    """What the site answers at an address, at the instant of a copy. Raises Http404."""
    path, _mark, query = address.partition("?")
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.GET = QueryDict(query)
    request.META = {"QUERY_STRING": query, "SERVER_NAME": settings.ALLOWED_HOSTS[0].lstrip("."), "SERVER_PORT": "443"}
    request.frozen = frozen
    with translation.override(language_of(path)):
        request.resolver_match = match = resolve(path)
        response = match.func(request, *match.args, **match.kwargs)
        return response.render() if hasattr(response, "render") else response


def static(name: str) -> bytes:
    """A static file as it is served. Raises Refused where there is none: it was not collected."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    found = finders.find(name)
    if found is None:
        raise Refused(f"The static file {name} is missing: run `manage.py collectstatic` first.")
    return Path(found).read_bytes()

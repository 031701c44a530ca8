"""The gate between signing in and the desk: a password of one's own first, then a second factor where one is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

ALWAYS_OPEN = {"login", "logout", "jsi18n"}  # of the admin: what the pages of the gate themselves need
# What writers do. It is seen by nobody outside before somebody with more rights lets it out.
PLAIN_WORK = tuple(f"relations.{action}_" for action in ("view", "add", "change", "delete"))


def gate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stands before every page of the admin, whoever wrote it. Other pages do not even ask who is there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match.app_name != "admin" or match.url_name in ALWAYS_OPEN:
            return None
        if not request.user.is_authenticated:
            if SESSION_KEY in request.session:
                request.session.flush()  # of somebody who was sent off
            return None
        if page := next_step(request.user):
            query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse(page)}?{query}".rstrip("?"))
        return None

    middleware.process_view = process_view
    return middleware


def next_step(user: User) -> str | None:
    """The name of the page that this person has to deal with before the desk opens; None where it is open."""
    if user.has_given_password:
        return "account_change_password"
    if lacks_second_factor(user):
        return "mfa_index"
    return None


def lacks_second_factor(user: User) -> bool:
    """Whether this person must enrol one and has not."""
    return settings.REQUIRE_SECOND_FACTOR and not user.has_second_factor and has_power(user)


def has_power(user: User) -> bool:
    """Whether this person may do more than writers do: decide what is public, or who may come in.

    It is told by their rights and not by their group: a right that is new counts as power until it is plain work.
    """
    return user.is_superuser or not all(right.startswith(PLAIN_WORK) for right in user.get_all_permissions())

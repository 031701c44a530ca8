"""The gate before everything that is not public: a password of one's own first, then a second factor where one is due.

Who has not done both is nobody, whatever the address and the method: the gate does not list what is behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

# How the names of the gate's own pages begin; of the admin's they need the catalogue of words.
ITS_OWN = ("account_", "mfa_")
WORDS = "admin:jsi18n"
WAY_IN = "account_login"
# What writers do. It is seen by nobody outside before somebody with more rights lets it out.
PLAIN_WORK = tuple(f"relations.{action}_" for action in ("view", "add", "change", "delete"))


def gate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leads whoever comes to the desk too early to their next step; elsewhere they are taken for a stranger.

    Pages that do not ask who is there cost nothing and are the same for all.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name or ""
        if name == WORDS or (name.startswith(ITS_OWN) and name != WAY_IN):
            return None
        if name != WAY_IN and request.resolver_match.app_name != "admin":
            request.user = SimpleLazyObject(partial(admitted, request.user))
            return None
        if not request.user.is_authenticated:
            if SESSION_KEY in request.session:
                request.session.flush()  # of somebody who was sent off
            return None
        if page := next_step(request.user):
            there = request.GET.get(REDIRECT_FIELD_NAME) if name == WAY_IN else request.get_full_path()
            query = urlencode({REDIRECT_FIELD_NAME: there}) if there and request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse(page)}?{query}".rstrip("?"))
        return None

    middleware.process_view = process_view
    return middleware


def admitted(user: User | AnonymousUser) -> User | AnonymousUser:
    """This person if the gate is open for them, else nobody."""
    return AnonymousUser() if user.is_authenticated and next_step(user) else user


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

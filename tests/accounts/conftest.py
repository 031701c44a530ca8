"""People with passwords, what they do at the way in, and a clock that stands still."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from relations.reading import clock as reading_clock
from tests.admin.conftest import live, person, queries
from tests.cast import Clock

__all__ = ["live", "queries"]  # fixtures of the desk

PASSWORD = "a phrase that only one person knows"
LOGIN = "/admin/login/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the site, which stands at the present. Sessions and codes have the real one."""
    standing = Clock(timezone.now())
    monkeypatch.setattr(reading_clock, "now", standing)
    return standing


def somebody(name: str, **fields: object) -> User:
    """One of the cast, who can sign in with ``PASSWORD``."""
    user = person(name)
    for field, value in fields.items():
        setattr(user, field, value)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(name: str, password: str = PASSWORD, client: Client | None = None, **how: object) -> HttpResponse:
    """Fills in the form and sends it; ``REMOTE_ADDR`` and ``headers`` as of the test client."""
    client = client or Client()
    return client.post(how.pop("at", LOGIN), {"username": name, "password": password}, **how)


def is_in(client: Client) -> bool:
    """Whether this browser has the desk before it: its front page, and not the way to it."""
    return client.get("/admin/").status_code == 200


def with_app(user: User) -> str:
    """Gives this person an authenticator app and ten recovery codes; returns the secret of the app."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def recovery_codes(user: User) -> list[str]:
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()

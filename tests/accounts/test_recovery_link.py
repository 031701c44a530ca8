"""The link from the terminal, for when no manager can sign in."""

from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from .conftest import is_in, sign_in, somebody, with_app

pytestmark = pytest.mark.django_db
NEW = "another phrase altogether, longer"


def printed(*arguments: str) -> str:
    """The path that the command shows."""
    out = StringIO()
    call_command("recovery_link", *arguments, stdout=out)
    address = out.getvalue().strip()
    assert address.startswith("http://testserver/admin/account/link/")
    return address.removeprefix("http://testserver")


def test_it_lets_the_last_manager_in_again():
    user = somebody("manager")
    with_app(user)
    assert Client().post(printed("manager", "--everything"), {"password1": NEW, "password2": NEW}).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    client = Client()
    sign_in("manager", NEW, client)
    assert is_in(client)


def test_it_leaves_the_second_factor_unless_asked():
    user = somebody("manager")
    with_app(user)
    Client().post(printed("manager"), {"password1": NEW, "password2": NEW})
    assert Authenticator.objects.filter(user=user).exists()


def test_it_says_why_it_cannot():
    with pytest.raises(CommandError, match="Nobody is called 'nobody'"):
        printed("nobody")
    somebody("editor", is_active=False)
    with pytest.raises(CommandError, match="'editor' is not active"):
        printed("editor")

"""A session ends with the right to have one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from .conftest import PASSWORD, code, is_in, sign_in, somebody, with_app

pytestmark = pytest.mark.django_db
NEW = "another phrase altogether, longer"


@pytest.fixture
def writer() -> Client:
    somebody("writer")
    client = Client()
    sign_in("writer", client=client)
    assert is_in(client)
    return client


@pytest.mark.parametrize("right", ["is_active", "is_staff"])
def test_it_ends_at_once_when_somebody_is_sent_off(writer, right):
    User.objects.filter(username="writer").update(**{right: False})
    assert not is_in(writer)


@pytest.mark.parametrize("right", ["is_active", "is_staff"])
def test_it_does_not_come_back_when_they_do(writer, right):
    user = User.objects.get(username="writer")
    setattr(user, right, False)
    user.save()
    assert Session.objects.count() == 0
    setattr(user, right, True)
    user.save()
    assert not is_in(writer)


def test_nor_where_they_were_sent_off_behind_the_back_of_the_desk(writer):
    User.objects.filter(username="writer").update(is_active=False)
    assert not is_in(writer)
    User.objects.filter(username="writer").update(is_active=True)
    assert not is_in(writer)


def test_others_stay(writer):
    somebody("editor", is_active=False)
    assert is_in(writer)


def test_a_new_password_ends_all_others(writer):
    elsewhere = Client()
    sign_in("writer", client=elsewhere)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert writer.post("/admin/password_change/", given).status_code == 302
    assert is_in(writer)
    assert not is_in(elsewhere)
    sign_in("writer", client=elsewhere)
    assert not is_in(elsewhere)
    sign_in("writer", NEW, elsewhere)
    assert is_in(elsewhere)


def test_the_present_password_cannot_be_guessed_from_a_stolen_session(writer, clock):
    given = {"oldpassword": "a guess", "password1": NEW, "password2": NEW}
    for _time in range(5):
        assert "This is not your present password." in writer.post("/admin/password_change/", given).content.decode()
    right = {**given, "oldpassword": PASSWORD}
    assert writer.post("/admin/password_change/", right).status_code == 200
    clock.advance(minutes=5)
    assert writer.post("/admin/password_change/", right).status_code == 302


def test_whoever_is_sent_off_between_password_and_code_does_not_come_in():
    user = somebody("editor")
    secret = with_app(user)
    client = Client()
    assert sign_in("editor", client=client).url == "/admin/account/code/"
    User.objects.filter(username="editor").update(is_active=False)
    response = client.post("/admin/account/code/", {"code": code(secret)})
    assert response.url == "/admin/login/"
    User.objects.filter(username="editor").update(is_active=True)
    assert not is_in(client)
    assert User.objects.get(username="editor").last_login is None

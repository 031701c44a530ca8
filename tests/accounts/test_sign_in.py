"""The way in: one answer to everybody who does not belong, and the same work for it."""

from __future__ import annotations

import re

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from relations.models import Tries

from .conftest import LOGIN, PASSWORD, is_in, sign_in, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashed(monkeypatch):
    """Every password that was hashed, as often as it was."""
    found = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: found.append(given[1]) or encode(*given))
    return found


def strangers():
    """Whoever does not come in, by name, with the password they would use."""
    somebody("writer")
    somebody("editor", is_active=False)
    somebody("manager", is_staff=False)
    User.objects.create_user("new", is_staff=True)  # has no password yet
    return {
        "wrong password": ("writer", "not this one at all"),
        "unknown": ("nobody", PASSWORD),
        "sent off": ("editor", PASSWORD),
        "without the desk": ("manager", PASSWORD),
        "without a password": ("new", PASSWORD),
    }


def what_is_said(response):
    page = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="(writer|nobody|editor|manager|new)"', "", page)


def test_whoever_belongs_comes_in():
    somebody("writer")
    client = Client()
    assert sign_in("writer", client=client).url == "/admin/"
    assert is_in(client)


def test_everybody_else_gets_one_answer_for_the_same_work(hashed):
    found = set()
    for number, (name, password) in enumerate(strangers().values()):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            response = sign_in(name, password, REMOTE_ADDR=f"192.0.2.{number}")
        found.add((response.status_code, what_is_said(response), len(hashed), len(asked)))
    assert len(found) == 1
    [(status, page, hashes, _queries)] = found
    assert (status, hashes) == (200, 1)
    assert "This name and password do not open the desk." in page


def test_a_door_that_is_shut_says_the_same_and_hashes_nothing(hashed, clock):
    somebody("writer")
    said = {what_is_said(sign_in("writer", "not this one at all")) for _time in range(5)}
    hashed.clear()
    said.add(what_is_said(sign_in("writer")))
    assert hashed == []
    assert len(said) == 1


@pytest.mark.parametrize("name", ["writer", "nobody"])
def test_a_name_is_shut_after_five_tries_whether_anybody_has_it(name, hashed, clock):
    somebody("writer")
    for number in range(8):
        sign_in(name, f"guess number {number}", REMOTE_ADDR=f"198.51.100.{number}")
    assert len([each for each in hashed if each.startswith("guess")]) == 5


def test_five_minutes_later_it_is_open(clock):
    somebody("writer")
    client = Client()
    for _time in range(6):
        sign_in("writer", "not this one at all", client)
    sign_in("writer", client=client)
    assert not is_in(client)
    clock.advance(minutes=5)
    sign_in("writer", client=client)
    assert is_in(client)


def test_a_network_is_shut_after_thirty_names(hashed, clock):
    for number in range(35):
        sign_in(f"name{number}", f"guess {number}", REMOTE_ADDR="2001:db8::1")
    assert len(hashed) == 30
    hashed.clear()
    sign_in("another", REMOTE_ADDR="2001:db8::ffff:1")  # the same line
    assert hashed == []
    sign_in("another", REMOTE_ADDR="2001:db8:0:1::1")  # another
    assert hashed == [PASSWORD]


def test_forged_headers_open_nothing(hashed, clock, settings):
    settings.TRUST_PROXY = False
    for number in range(40):
        forged = {
            "x-forwarded-for": f"203.0.113.{number}",
            "x-real-ip": f"203.0.113.{number}",
            "forwarded": "for=1.2.3.4",
        }
        sign_in(f"name{number}", headers=forged)
    assert len(hashed) == 30


def test_behind_a_proxy_a_visitor_cannot_pass_for_others(hashed, clock, settings):
    settings.TRUST_PROXY = True
    for number in range(40):
        sign_in(f"name{number}", headers={"x-forwarded-for": f"203.0.113.{number}, 192.0.2.7"})
    assert len(hashed) == 30


def test_ones_own_account_does_not_win_a_network_more_tries(hashed, clock):
    somebody("writer")
    for number in range(60):
        sign_in(f"name{number}", "a guess")
        sign_in("writer", REMOTE_ADDR="127.0.0.1")
    assert len([each for each in hashed if each == "a guess"]) == 30


def test_it_is_the_database_that_counts():
    sign_in("nobody")
    assert Tries.objects.count() == 2  # the name and the network


def test_the_key_of_a_session_changes_with_signing_in():
    somebody("writer")
    client = Client()
    client.session["kept"] = "before"
    session = client.session
    session["kept"] = "before"
    session.save()
    before = session.session_key
    sign_in("writer", client=client)
    assert client.session.session_key != before
    assert not type(session)().exists(before)


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\elsewhere"]
)
def test_nobody_is_sent_elsewhere(away):
    somebody("writer")
    assert sign_in("writer", at=f"{LOGIN}?next={away}").url == "/admin/"


def test_but_to_where_they_were_going():
    somebody("writer")
    assert sign_in("writer", at=f"{LOGIN}?next=/admin/relations/fact/").url == "/admin/relations/fact/"


@pytest.mark.parametrize("odd", ["%00", "/admin/%00", "%0d%0aSet-Cookie:a=b", "a" * 3000])
def test_odd_ways_to_go_are_no_error(odd):
    somebody("writer")
    assert sign_in("writer", at=f"{LOGIN}?next={odd}").status_code == 302


@pytest.mark.parametrize("name", ["a\x00b", "a" * 5000, "\u202e", "😀", "'; --", ""])
def test_odd_names_are_no_error(name):
    assert sign_in(name).status_code == 200


def test_nobody_signs_themselves_up():
    assert not get_adapter().is_open_for_signup(RequestFactory().get("/"))
    for path in ("signup", "account/signup", "accounts/signup", "account/email", "account/inactive"):
        assert Client().get(f"/admin/{path}/").status_code in (302, 404)
        assert Client().post(f"/admin/{path}/", {"username": "me", "password1": PASSWORD}).status_code in (
            302,
            403,
            404,
        )
    assert not User.objects.filter(username="me").exists()


@pytest.mark.parametrize(
    ("path", "name"),
    [("login/", "account_login"), ("logout/", "account_logout"), ("password_change/", "account_change_password")],
)
def test_the_ways_in_of_the_admin_itself_are_not_there(path, name):
    assert resolve(f"/admin/{path}").url_name == name


def test_signing_out_takes_a_button():
    somebody("writer")
    client = Client()
    sign_in("writer", client=client)
    assert client.get("/admin/logout/").status_code == 405
    assert is_in(client)
    client.post("/admin/logout/")
    assert not is_in(client)


def test_the_page_is_in_the_language_of_the_browser():
    page = Client().get(LOGIN, headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="fr"' in page

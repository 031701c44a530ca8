"""Apps, codes and junk: what a second factor takes, and that a copy of the database does not give it away."""

from __future__ import annotations

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from .conftest import PASSWORD, code, is_in, recovery_codes, sign_in, somebody, with_app

pytestmark = pytest.mark.django_db
CODE = "/admin/account/code/"
JUNK = [
    "",
    "null",
    "1",
    "[]",
    "{}",
    '"x"',
    '{"id": 1}',
    '{"response": {}}',
    '{"response": {"userHandle": "x"}}',
    "nonsense",
]


@pytest.fixture
def secret() -> str:
    """That of the editor's app."""
    return with_app(somebody("editor"))


def after_the_password() -> Client:
    client = Client()
    assert sign_in("editor", client=client).url == CODE
    return client


def test_the_password_alone_is_not_enough(secret):
    client = after_the_password()
    assert not is_in(client)
    client.post(CODE, {"code": code(secret)})
    assert is_in(client)


def test_a_clock_that_is_half_a_minute_off_will_do_and_more_will_not(secret):
    for steps, enough in ((-1, True), (1, True), (-3, False), (3, False)):
        client = after_the_password()
        client.post(CODE, {"code": code(secret, steps)})
        assert is_in(client) is enough, steps


def test_a_code_is_taken_once(secret):
    shown = code(secret)
    first, second = after_the_password(), after_the_password()
    first.post(CODE, {"code": shown})
    assert "was used before" in second.post(CODE, {"code": shown}).content.decode()
    assert (is_in(first), is_in(second)) == (True, False)


def test_codes_cannot_be_guessed_even_with_the_password(secret, clock):
    right = code(secret)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _session in range(5):
        after_the_password().post(CODE, {"code": wrong})
    client = after_the_password()
    client.post(CODE, {"code": right})
    assert not is_in(client)
    clock.advance(minutes=5)
    client.post(CODE, {"code": code(secret)})
    assert is_in(client)


def test_a_recovery_code_stands_in_once(secret):
    given = recovery_codes(User.objects.get(username="editor"))
    assert len(given) == 10
    for enough in (True, False):
        client = after_the_password()
        client.post(CODE, {"code": given[0]})
        assert is_in(client) is enough


def test_one_can_start_again_with_another_name(secret):
    client = after_the_password()
    client.post("/admin/logout/")
    assert client.get("/admin/login/").status_code == 200


def test_setting_one_up_shows_its_key_and_gives_recovery_codes():
    somebody("editor")
    client = Client()
    sign_in("editor", client=client)
    page = client.get("/admin/account/app/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert f"secret={secret}" in page
    assert '<path class="qr__dark" d="M0 0h1v1h-1z' in page
    refused = client.post("/admin/account/app/", {"code": "000000"})
    assert "This code is not right" in refused.content.decode()
    assert secret in refused.content.decode().replace(" ", "")  # a wrong code is no reason to scan again
    assert client.post("/admin/account/app/", {"code": code(secret)}).url == "/admin/account/codes/"
    codes = client.get("/admin/account/codes/").content.decode()
    given = recovery_codes(User.objects.get(username="editor"))
    assert all(each in codes for each in given)
    saved = client.get("/admin/account/codes/download/")
    assert saved.content.decode().split() == given
    assert "no-store" in saved["Cache-Control"]


def test_a_session_of_yesterday_asks_again_before_anything_changes(secret, clock):
    client = after_the_password()
    client.post(CODE, {"code": code(secret)})
    assert client.get("/admin/account/codes/").status_code == 200
    clock.advance(minutes=6)
    for page in ("codes/", "codes/new/", "app/remove/", "passkeys/add/"):
        assert client.get(f"/admin/account/{page}").url.startswith("/admin/account/confirm/"), page
    assert Authenticator.objects.filter(type="totp").exists()


def test_no_secret_stands_in_the_database_as_it_is(secret):
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    for each in recovery_codes(User.objects.get(username="editor")):
        assert each not in kept


def test_with_another_key_of_the_site_no_code_is_right(secret, settings):
    settings.SECRET_KEY = "another key of this site, as long as it has to be, and unknown"
    client = after_the_password()
    assert client.post(CODE, {"code": code(secret)}).status_code == 200
    assert not is_in(client)


def test_a_key_that_was_replaced_in_order_still_reads_them(secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of this site, as long as it has to be, and unknown"
    client = after_the_password()
    client.post(CODE, {"code": code(secret)})
    assert is_in(client)


def test_nobody_sees_them_on_the_desk():
    shown = {model._meta.label for model in admin.site._registry}
    assert {label for label in shown if label.startswith(("mfa.", "account."))} == set()
    assert "auth.User" in shown


@pytest.mark.parametrize("junk", JUNK)
def test_junk_instead_of_a_passkey_is_no_error(secret, junk):
    client = after_the_password()
    assert client.post(CODE, {"credential": junk}).status_code == 200
    assert Client().post("/admin/account/passkeys/login/", {"credential": junk}).status_code == 302
    client.post(CODE, {"code": code(secret)})
    given = {"name": "Key", "passwordless": "on", "credential": junk}
    client.get("/admin/account/passkeys/add/")
    assert client.post("/admin/account/passkeys/add/", given).status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize(
    ("host", "can", "elsewhere"),
    [
        ("record.example.org", True, ""),
        ("localhost:8000", True, ""),
        ("127.0.0.1:8000", False, "http://localhost:8000/admin/account/"),
        ("[::1]:8000", False, "http://localhost:8000/admin/account/"),
        ("192.0.2.7", False, ""),
    ],
)
def test_where_browsers_cannot_make_a_passkey_the_page_says_so(settings, host, can, elsewhere):
    settings.ALLOWED_HOSTS = ["record.example.org", "localhost", "127.0.0.1", "[::1]", "192.0.2.7"]
    somebody("writer")
    client = Client(headers={"host": host})
    sign_in("writer", client=client)
    page = client.get("/admin/account/").content.decode()
    assert ("/admin/account/passkeys/add/" in page) is can
    assert ("under an address in digits" in page) is not can
    assert not elsewhere or f'href="{elsewhere}"' in page
    assert PASSWORD not in page

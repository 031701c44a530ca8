"""Between signing in and the desk: a password of one's own, and a second factor for whoever has power."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import Permission, User
from django.test import Client

from relations.management.commands import prepare
from relations.models import GivenPassword
from tests.admin.conftest import person, signed_in
from tests.admin.rights import addresses

from .conftest import code, is_in, sign_in, somebody, with_app

pytestmark = pytest.mark.django_db
NEW = "another phrase altogether, longer"
ACCOUNT, CHANGE = "/admin/account/", "/admin/password_change/"


@pytest.fixture
def strict(settings):
    """The site as it is on a server."""
    settings.REQUIRE_SECOND_FACTOR = True


def where(client: Client, address: str = "/admin/") -> str:
    """Where one ends up, without what is asked there."""
    response = client.get(address)
    return address if response.status_code == 200 else response.url.partition("?")[0]


# ---- a second factor -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "place"), [("writer", "/admin/"), ("editor", ACCOUNT), ("manager", ACCOUNT)])
def test_whoever_has_power_sets_up_a_second_factor_first(strict, role, place):
    assert where(signed_in(role)) == place


def test_a_superuser_does_too(strict):
    somebody("root", is_superuser=True)
    client = Client()
    client.force_login(User.objects.get(username="root"))
    assert where(client) == ACCOUNT


@pytest.mark.parametrize("right", ["publish_record", "share_preview", "change_user", "change_group"])
def test_power_is_a_matter_of_rights_and_not_of_groups(strict, right):
    client = signed_in("stranger")
    assert where(client) == "/admin/"
    User.objects.get(username="stranger").user_permissions.add(Permission.objects.get(codename=right))
    assert where(client) == ACCOUNT


def test_with_one_the_desk_is_open(strict):
    secret = with_app(somebody("editor"))
    client = Client()
    sign_in("editor", client=client)
    assert not is_in(client)
    client.post("/admin/account/code/", {"code": code(secret)})
    assert is_in(client)


def test_recovery_codes_alone_are_none(strict):
    client = signed_in("editor")
    RecoveryCodes.activate(User.objects.get(username="editor"))
    assert where(client) == ACCOUNT


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "options"])
def test_the_method_makes_no_difference(strict, live, method):
    ask = getattr(signed_in("editor"), method)
    for page in ("", "publish/", "relations/fact/add/", f"relations/fact/{live.fact.pk}/publish/"):
        response = ask(f"/admin/{page}")
        assert (response.status_code, response["Location"].partition("?")[0]) == (302, ACCOUNT), page


@pytest.mark.slow
def test_no_page_of_the_admin_is_beside_the_gate(strict, live):
    client = signed_in("manager")
    behind = [each for key, each in addresses(live) if not key.startswith(("account_", "mfa_")) and key != "jsi18n"]
    for address in behind:
        for response in (client.get(address), client.post(address)):
            assert (response.status_code, response["Location"].partition("?")[0]) == (302, ACCOUNT), address
    assert len(behind) > 150


def test_the_way_leads_on_to_where_one_was_going(strict):
    response = signed_in("editor").get("/admin/relations/fact/?q=border")
    assert response.url == f"{ACCOUNT}?next=%2Fadmin%2Frelations%2Ffact%2F%3Fq%3Dborder"


def test_readers_are_not_asked_who_they_are(strict, live):
    response = signed_in("editor").get("/en/norda-suda/")
    assert response.status_code == 200
    assert "cookie" not in response.headers.get("Vary", "").lower()


def test_the_gate_costs_no_query(settings, queries):
    with_app(person("editor"))
    client = signed_in("editor")
    counted = set()
    for settings.REQUIRE_SECOND_FACTOR in (False, True):
        counted.add(queries(client, "/admin/relations/unit/"))
    assert len(counted) == 1


# ---- where it is relaxed -------------------------------------------------------------------------------------------

LAX = "On this site a password alone opens the desk"


def test_where_none_is_asked_for_every_page_says_so(settings, live):
    client = signed_in("manager")
    pages = ["/admin/", "/admin/relations/fact/", f"/admin/relations/fact/{live.fact.pk}/change/", ACCOUNT, CHANGE]
    for settings.REQUIRE_SECOND_FACTOR in (False, True):
        if settings.REQUIRE_SECOND_FACTOR:
            with_app(User.objects.get(username="manager"))
        said = {LAX in client.get(page).content.decode() for page in pages}
        assert said == {not settings.REQUIRE_SECOND_FACTOR}


def test_strangers_are_not_told(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert LAX not in Client().get("/admin/login/").content.decode()


# ---- a password of one's own ---------------------------------------------------------------------------------------


@pytest.fixture
def newcomer() -> tuple[Client, str]:
    """The first manager, signed in with the password that the terminal showed."""
    command = prepare.Command(stdout=StringIO(), no_color=True)
    command.create_first_manager()
    shown = command.stdout.getvalue()
    password = re.search(r"password\s+(\S+)", shown)[1]
    client = Client()
    sign_in("manager", password, client)
    return client, password


def change(client: Client, old: str, new: str):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_a_password_that_was_given_opens_one_page(newcomer):
    client, _password = newcomer
    assert where(client) == CHANGE
    assert where(client, "/admin/relations/fact/") == CHANGE
    assert "a password that was given to you" in client.get(CHANGE).content.decode()


def test_it_cannot_be_kept(newcomer):
    client, password = newcomer
    assert "Choose another one than before." in change(client, password, password).content.decode()
    assert where(client) == CHANGE


def test_nor_be_had_again_by_signing_in_twice(newcomer):
    _client, password = newcomer
    again = Client()
    sign_in("manager", password, again)
    assert where(again) == CHANGE


def test_one_of_ones_own_opens_the_desk_and_ends_the_other(newcomer, settings):
    client, password = newcomer
    settings.REQUIRE_SECOND_FACTOR = False
    assert change(client, password, NEW).url == "/admin/"
    assert is_in(client)
    assert not GivenPassword.objects.exists()
    again = Client()
    sign_in("manager", password, again)
    assert not is_in(again)


def test_then_comes_the_second_factor(newcomer, strict):
    client, password = newcomer
    change(client, password, NEW)
    assert where(client) == ACCOUNT
    assert "One step before the desk opens." in client.get(ACCOUNT).content.decode()


def test_a_weak_one_is_refused_with_a_reason(newcomer):
    client, password = newcomer
    page = change(client, password, "password1234").content.decode()
    assert "too common" in page
    assert where(client) == CHANGE


def test_the_first_address_is_one_for_which_passkeys_can_be_made():
    command = prepare.Command(stdout=StringIO(), no_color=True)
    command.create_first_manager()
    assert "//127.0.0.1" not in command.stdout.getvalue()

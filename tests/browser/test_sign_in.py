"""Signing in with real hands: a newcomer's first minute, passkeys, and every page on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from relations.models import GivenPassword, Tries
from tests.accounts.conftest import code
from tests.browser.conftest import ADMIN
from tests.browser.test_accessibility import violations
from tests.effort import by_turns

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GIVEN, OWN = "given-once-from-a-terminal", "a phrase that only one person knows"
SETTINGS = [(360, "dark", "fr"), (768, "light", "en"), (1440, "dark", "en")]
VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def newcomer(served: LiveServer, settings: Any) -> Iterator[User]:
    """The first manager of a site as it is on a server, with a password that was given to them."""
    settings.REQUIRE_SECOND_FACTOR = True
    user = User.objects.create_superuser("newcomer", password=GIVEN)
    GivenPassword.objects.create(user=user)
    yield user
    user.delete()
    Tries.objects.all().delete()


@pytest.fixture
def opened(served: LiveServer, browser: Browser, browser_context_args: dict) -> Iterator[Callable[..., Page]]:
    """A new browser on the site under its name, for which passkeys can be made: not under its digits."""
    named = {**browser_context_args, "base_url": served.url.replace("127.0.0.1", "localhost")}
    yield lambda **how: browser.new_context(**{**named, **how}).new_page()
    for context in browser.contexts:
        context.close()


def press(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name, exact=True)
    button.wait_for()
    page.wait_for_load_state()  # a button of passkeys does nothing of its own before its script is there
    button.click()


def sign_in(page: Page, password: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Name").fill("newcomer")
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def choose_own(page: Page) -> None:
    page.get_by_label("Present password").fill(GIVEN)
    page.get_by_label("New password").fill(OWN)
    page.get_by_label("The same again").fill(OWN)
    press(page, "Change password")


def set_up_app(page: Page) -> str:
    """Follows the page; returns the key of the app."""
    page.get_by_role("link", name="Set up the app").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("The six digits").fill(code(secret))
    press(page, "Set up the app")
    return secret


def with_authenticator(page: Page) -> tuple[Any, str]:
    """Plugs a key into the browser; the session through which it is spoken to, and its identity."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})["authenticatorId"]


def listening(page: Page) -> list[str]:
    """Whatever the console says from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_newcomer_is_at_the_desk_within_a_minute_and_without_a_script(newcomer, opened):
    page = opened(java_script_enabled=False)
    sign_in(page, GIVEN)
    choose_own(page)
    expect(page.locator(".desk-note")).to_contain_text("One step before the desk opens.")
    set_up_app(page)
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="They are kept: to the desk").click()
    expect(page.get_by_role("heading", level=1, name="Desk")).to_be_visible()
    press(page, "Log out")
    sign_in(page, OWN)
    page.get_by_label("Code").fill(codes[0])
    press(page, "Go on")
    expect(page.get_by_role("heading", level=1, name="Desk")).to_be_visible()


def test_a_passkey_opens_the_desk_alone_and_stands_in_for_the_app(newcomer, opened):
    page = opened()
    said = listening(page)
    sign_in(page, GIVEN)
    choose_own(page)
    key, authenticator = with_authenticator(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("Blue key")
    press(page, "Add a passkey")
    expect(page.locator(".codes code")).to_have_count(10)
    [credential] = key.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert (credential["isResidentCredential"], credential["rpId"]) == (True, "localhost")
    page.get_by_role("link", name="They are kept: to the desk").click()
    press(page, "Log out")
    press(page, "Sign in with a passkey")
    expect(page.get_by_role("heading", level=1, name="Desk")).to_be_visible()
    press(page, "Log out")
    sign_in(page, OWN)
    press(page, "Use a passkey")
    expect(page.get_by_role("heading", level=1, name="Desk")).to_be_visible()
    page.get_by_role("link", name="Your account").click()
    expect(page.locator(".nouns")).to_contain_text("Blue key")
    assert said == []


def test_a_passkey_that_is_not_there_is_said_in_words(newcomer, opened):
    page = opened()
    with_authenticator(page)  # it knows nobody
    page.goto("/admin/login/")
    note = page.locator("[data-passkey-error]")
    expect(note).to_be_hidden()
    press(page, "Sign in with a passkey")
    expect(note).to_be_visible()
    expect(page.get_by_label("Name")).to_be_editable()


def test_a_link_is_given_in_one_browser_and_used_in_another(newcomer, opened, served):
    manager, other = opened(), opened(java_script_enabled=False)
    sign_in(manager, GIVEN)
    choose_own(manager)
    set_up_app(manager)
    locked_out = User.objects.get(username=ADMIN["username"])
    kept = locked_out.password
    manager.goto(f"/admin/auth/user/{locked_out.pk}/change/")
    manager.get_by_role("link", name="One-time link…").click()
    press(manager, "Make the link")
    other.goto(manager.locator("main code").inner_text())
    expect(other.locator("main")).to_contain_text(f"For the account {ADMIN['username']}.")
    other.get_by_label("New password").fill(OWN)
    other.get_by_label("The same again").fill(OWN)
    press(other, "Set password")
    expect(other.locator(".messagelist")).to_contain_text("Your new password is set. Sign in with it.")
    User.objects.filter(pk=locked_out.pk).update(password=kept)


def test_under_an_address_in_digits_no_passkey_is_offered(newcomer, page):
    sign_in(page, GIVEN)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    choose_own(page)
    expect(page.get_by_role("link", name="Open it as localhost")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme", "language"), by_turns(SETTINGS))
def test_its_pages_fit_and_break_no_rule(newcomer, opened, width, scheme, language):
    page = opened(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
    found = []

    def look() -> None:
        found.extend(violations(page))
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{page.url} needs {needed}")
        assert page.locator("html").get_attribute("lang") == language

    page.goto("/admin/account/link/password/MQ/none-at-all/")
    look()
    page.goto("/admin/login/")
    look()
    for password in ("wrong", GIVEN):
        page.locator("[name=username]").fill("newcomer")
        page.locator("[name=password]").fill(password)
        with page.expect_navigation():
            page.locator("[type=submit]").first.click()
        look()
    for name, value in (("oldpassword", GIVEN), ("password1", OWN), ("password2", OWN)):
        page.locator(f"[name={name}]").fill(value)
    with page.expect_navigation():
        page.locator("input[type=submit]").click()
    look()
    page.goto("/admin/account/passkeys/add/")
    look()
    page.goto("/admin/account/app/")
    look()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(code(secret))
    with page.expect_navigation():
        page.locator("input[type=submit]").click()
    look()
    others = User.objects.exclude(pk=newcomer.pk).first()
    for address in ("", "app/remove/", "codes/new/", "confirm/", "confirm/code/"):
        page.goto(f"/admin/account/{address}")
        look()
    page.goto(f"/admin/auth/user/{others.pk}/link/")
    look()
    with page.expect_navigation():
        page.locator("form[novalidate] input[type=submit]").click()
    look()
    with page.expect_navigation():
        page.locator("#logout-form button").click()
    page.locator("[name=username]").fill("newcomer")
    page.locator("[name=password]").fill(OWN)
    with page.expect_navigation():
        page.locator("[type=submit]").first.click()
    look()
    assert found == []

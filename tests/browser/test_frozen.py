"""A copy of the site, opened from disk."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from relations.freezing.walk import Walk
from relations.reading import clock
from relations.rendering.frozen import Frozen
from tests.browser.pages import HOME

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAY = [
    "/",
    "/en/",
    f"/en/{HOME}/",
    f"/en/{HOME}/facts/",
    f"/en/{HOME}/facts/?topic=border",
    f"/fr/{HOME}/facts/?topic=border",
]


@pytest.fixture
def folder(served, tmp_path):
    """The pages on one way through the site, and what they load."""
    walk = Walk(tmp_path, Frozen(clock.now()))
    for address in WAY:
        walk.visit(address)
    while loaded := [each for each in walk.waiting if each.startswith(settings.STATIC_URL)]:
        walk.waiting = [each for each in walk.waiting if each not in loaded]
        for address in loaded:
            walk.visit(address)
    return tmp_path


def test_it_is_read_without_a_server(page: Page, folder):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto((folder / "index.html").as_uri())
    page.click("text=Continue in English")
    expect(page.locator("h1")).to_have_text("United States and Canada")
    page.click("nav >> text=Facts")
    page.click("nav.filters >> text=The border")
    expect(page.locator("#h-res")).to_contain_text("10 facts")
    page.click("text=Français")
    expect(page.locator("h1")).to_have_text("Faits")
    assert page.url.endswith("/facts/topic=border/index.html")
    assert page.evaluate("document.fonts.check('16px \"Libre Franklin\"')")
    assert said == []

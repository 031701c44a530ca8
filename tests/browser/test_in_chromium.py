"""What a browser says, fits, loads and lets people do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.pages import HOME, IN_ENGLISH, PUBLIC, desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def complaints(page: Page, addresses) -> list[str]:
    """Everything the console says, and every error and failed request, while these pages load."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: said.extend(failure(page, request)))
    for address in addresses:
        page.goto(address, wait_until="networkidle")
    return said


def failure(page: Page, request: Request) -> list[str]:
    """What went wrong with it; nothing where the browser dropped it because another page was asked for."""
    dropped = request.failure == "net::ERR_ABORTED"
    return [] if dropped else [f"{page.url}: {request.failure}: {request.url}"]


def test_no_page_of_readers_makes_the_console_speak(page):
    found = [each for each in PUBLIC if "nobody-ever" not in each]
    assert complaints(page, found) == []


def test_no_page_of_editors_makes_the_console_speak(editor, a_fact):
    assert complaints(editor, desk(a_fact)) == []


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_is_wider_than_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for address in PUBLIC:
        page.goto(address)
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide.append(f"{address} needs {needed}")
    assert wide == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_home_prints_as_a_fact_sheet_of_two_pages(page, language):
    page.goto(f"/{language}/{HOME}/")
    pages = {paper: len(re.findall(rb"/Type /Page\b", page.pdf(format=paper))) for paper in ("A4", "Letter")}
    assert pages == {"A4": 2, "Letter": 2}


def test_readers_load_nothing_from_elsewhere(page, base_url):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in PUBLIC:
        page.goto(address)
    assert [url for url in asked if not url.startswith(base_url)] == []


def test_filters_work_without_a_script(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/en/{HOME}/facts/")
    page.locator("input[name=topic][value=border]").check()
    page.locator("form input[name=q]").first.fill("miles")
    with page.expect_navigation():
        page.locator("main form button").last.click()
    assert "topic=border" in page.url
    assert "q=miles" in page.url
    expect(page.locator("main")).to_contain_text("5,525 miles")


def test_the_first_key_leads_past_the_masthead(page):
    page.goto(f"/en/{HOME}/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("colors", ["none", "active"])
def test_whoever_has_the_focus_shows_it(page, colors):
    page.emulate_media(forced_colors=colors)
    page.goto(f"/en/{HOME}/facts/")
    hidden = []
    for _each in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            }"""
        )
        if not seen:
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert hidden == []


def test_pages_can_be_read_with_colors_of_the_reader(page):
    page.emulate_media(forced_colors="active")
    for address in IN_ENGLISH[:8]:
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()

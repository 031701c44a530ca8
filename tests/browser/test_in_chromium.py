"""What a browser says, fits, loads and lets people do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.pages import HOME, IN_ENGLISH, PUBLIC, desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# When it answers, whatever the page does as soon as it is there was done, and said.
IN_THE_NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@dataclass
class Walk:
    """What one page said, asked for and could not show on its way through these addresses."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)

    def through(self, addresses: Iterable[str], widths: Iterable[int] = ()) -> Walk:
        self.page.on("console", lambda message: self.said.append(f"{self.page.url}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"{self.page.url}: {error}"))
        self.page.on("requestfailed", lambda request: self.said.extend(failure(self.page, request)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        for address in addresses:
            self.page.goto(address)
            self.page.evaluate(IN_THE_NEXT_FRAME)
            self.measure(address, widths)
        return self

    def measure(self, address: str, widths: Iterable[int]) -> None:
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            if (needed := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                self.wide.append(f"{address} needs {needed} of {width}")


def failure(page: Page, request: Request) -> list[str]:
    """What went wrong with it; nothing where the browser dropped it because another page was asked for."""
    dropped = request.failure == "net::ERR_ABORTED"
    return [] if dropped else [f"{page.url}: {request.failure}: {request.url}"]


def test_pages_of_readers_load_from_here_alone_fit_and_leave_the_console_silent(page, base_url):
    walk = Walk(page).through(PUBLIC, widths=(320, 360, 768))
    assert [url for url in walk.asked if not url.startswith(base_url)] == []
    assert walk.wide == []
    [missing] = walk.said  # the one page of these that is not there
    assert "nobody-ever" in missing
    assert "404" in missing


def test_no_page_of_editors_makes_the_console_speak(editor, a_fact):
    assert Walk(editor).through(desk(a_fact)).said == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_home_prints_as_a_fact_sheet_of_two_pages(page, language):
    page.goto(f"/{language}/{HOME}/")
    pages = {paper: len(re.findall(rb"/Type /Page\b", page.pdf(format=paper))) for paper in ("A4", "Letter")}
    assert pages == {"A4": 2, "Letter": 2}


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

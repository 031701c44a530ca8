"""No rule of axe is broken: on a phone and a desk, by day and by night, for readers and for editors."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import PUBLIC, desk
from tests.effort import by_turns

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# A phone by night, a desk by day, and the other way round: by turns, or all four where tests are thorough.
SETTINGS = [(360, "dark"), (1440, "light"), (360, "light"), (1440, "dark")]
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    """What axe finds, with the element and its explanation."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{page.url}: {each['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for each in found
        for node in each["nodes"]
    ]


def walked(page: Page, addresses: Iterable[str]) -> list[str]:
    """What is wrong with these pages, the first seen in one setting, the next in another."""
    found = []
    for turn, address in enumerate(addresses):
        for width, scheme in by_turns(SETTINGS, start=turn):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(address)
            found += violations(page)
    return found


@pytest.mark.parametrize("part", range(3))
def test_pages_of_readers(page, part):
    assert walked(page, PUBLIC[part::3]) == []


def test_pages_of_editors(editor, a_fact):
    assert walked(editor, desk(a_fact)) == []


def test_the_way_in(page):
    page.goto("/admin/login/")
    assert violations(page) == []

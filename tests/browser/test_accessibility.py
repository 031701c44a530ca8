"""No rule of axe is broken: on a phone and a desk, by day and by night, for readers and for editors."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import PUBLIC, desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# A phone by night, a desk by day, and the other way round for the pages whose colors carry meaning.
SETTINGS = [(360, "dark"), (1440, "light"), (360, "light"), (1440, "dark")]
TARGET_SIZE = {"rules": {"target-size": {"enabled": True}}}


def violations(page: Page) -> list[str]:
    """What axe finds, with the element and its explanation."""
    found = Axe().run(page, options=TARGET_SIZE).response["violations"]
    return [
        f"{page.url}: {each['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), SETTINGS)
def test_pages_of_readers(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = []
    for address in PUBLIC:
        page.goto(address)
        found += violations(page)
    assert found == []


@pytest.mark.parametrize(("width", "scheme"), SETTINGS[:2])
def test_pages_of_editors(page, editor, a_fact, width, scheme):
    found = []
    page.goto("/admin/login/")
    for each in (page, editor):
        each.set_viewport_size({"width": width, "height": 900})
        each.emulate_media(color_scheme=scheme)
    for address in desk(a_fact):
        editor.goto(address)
        found += violations(editor)
    assert found == []


def test_the_way_in(page):
    page.goto("/admin/login/")
    assert violations(page) == []

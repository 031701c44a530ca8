"""No page of the desk breaks a rule of axe, is wider than its screen or makes the console speak, on a busy day."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.busy import Busy, busy_day
from tests.browser.pages import around, forms, lists, of, release_pages, verbs
from tests.browser.test_accessibility import SETTINGS, violations
from tests.browser.test_comfort import walk as walk_with_tab
from tests.effort import by_turns, sample
from tests.intake.files import as_csv

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def busy(emptied: None, clock: Any) -> Busy:
    return busy_day(clock)


class Walk:
    """One page that goes everywhere, and what was found wrong on the way."""

    def __init__(self, page: Page) -> None:
        self.page, self.found, self.turn = page, [], 0
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))

    def visit(self, *addresses: str) -> None:
        for address in addresses:
            self.page.goto(address)
            self.look()

    def look(self) -> None:
        """By day and by night, on a phone and a desk: by turns, or in all four where tests are thorough."""
        for width, scheme in by_turns(SETTINGS, start=self.turn):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            self.page.wait_for_timeout(50)  # choices get their names in the next frame
            self.found += violations(self.page)
            if (needed := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                self.found.append(f"{self.page.url} needs {needed} of {width}")
        self.turn += 1


def test_no_page_on_which_something_is_done_breaks_a_rule(busy, editor):
    walk = Walk(editor)
    walk.visit(*sample(verbs(busy), 2), *sample(release_pages(busy), 2))
    assert walk.found == []


def test_no_list_nor_the_rest_of_the_desk_breaks_a_rule(busy, editor):
    walk = Walk(editor)
    walk.visit(*around(busy), *sample(lists(), 4), *sample(forms(busy), 5))
    assert walk.found == []


def test_no_page_that_answers_breaks_a_rule(busy, editor):
    """A conflict, a form that is refused, the plan of a file with every kind of row, and the end of a session."""
    walk, topic = Walk(editor), busy.world.topic
    editor.goto(of(topic))
    editor.locator("#id_name_en").fill("")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Save", exact=True).click()
    walk.look()
    editor.goto(of(topic))
    editor.locator("#id_name_en").fill("Boundary")
    busy.written(topic)
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator("h1")).to_contain_text("before you")
    walk.look()
    rows = [
        {"slug": "sea", "name_en": "Sea", "name_fr": "Mer", "sources": "gazette"},
        {"slug": "border"},
        {"slug": "?"},
    ]
    editor.goto("/admin/import/")
    editor.locator("[type=file]").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": as_csv(*rows)})
    editor.locator("[name=table]").select_option("topic")
    editor.get_by_role("button", name="Show the plan").click()
    expect(editor.locator("#content")).to_contain_text("row 4")
    walk.look()
    with editor.expect_navigation():
        editor.get_by_role("button", name="Log out").click()
    walk.look()
    assert walk.found == []


def test_pages_beside_forms_are_walked_with_the_tab_key(busy, editor):
    fact, release = busy.world.fact, busy.releases["live"]
    lists = ["/admin/", "/admin/relations/fact/", "/admin/import/"]
    for address in (
        *lists,
        of(fact, "correct"),
        of(fact, "share"),
        of(fact, "withdraw"),
        of(release),
        of(release, "undo"),
    ):
        editor.goto(address)
        walk_with_tab(editor)

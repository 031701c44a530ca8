"""Markup in every text that anybody can write stays text on every page: nothing of it runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.template import engines
from playwright.sync_api import Page, expect

from tests.browser.busy import Busy, busy_day
from tests.browser.pages import around, forms, lists, of, release_pages, verbs
from tests.effort import sample
from tests.intake.files import as_csv
from tests.site.addresses import addresses, sampled
from tests.site.visitor import get

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Out of an attribute, a text field, a script or a title, into an element that runs.
MARKUP = "\"'></textarea></script></title><img zq src=x onerror=alert(1)>"


@pytest.fixture
def busy(emptied: None, clock: Any) -> Busy:
    """A busy day on which everybody writes markup; the names of people are markup, too."""
    made = busy_day(clock, lambda words: f"{words[:17]}{MARKUP}")
    User.objects.filter(username="writer").update(username=MARKUP, first_name="", last_name="")
    return made


class Watched:
    """A page, and whatever the markup did: elements that it became, and what the browser says about it."""

    def __init__(self, page: Page) -> None:
        self.page, self.found = page, []
        page.on("console", lambda message: self.hear(message.text))
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: (self.found.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))

    def hear(self, said: str) -> None:
        """The console; that a page was withdrawn, or saved by others, is no complaint."""
        if "responded with a status of 4" not in said:
            self.found.append(f"{self.page.url}: {said}")

    def look(self) -> None:
        if number := self.page.locator("[zq]").count():
            self.found.append(f"{self.page.url}: {number} elements")

    def visit(self, found: Iterable[str]) -> None:
        for address in found:
            self.page.goto(address)
            self.look()


def of_readers(busy: Busy) -> list[str]:
    """One page of every public route, those that list and find the markup, and previews."""
    slugs = {record.KIND: record.slug for record in busy.world.records if record.KIND not in ("party", "post")}
    routes = sample([each.path for each in sampled(addresses(slugs))], 2)
    found = [path for path in routes if get(path).headers.get("Content-Type", "").startswith("text/html")]
    gone = f"/en/norda-suda/topics/{busy.drafts['withdrawn'].slug}/"
    return [*found, "/en/search/?q=onerror", "/en/norda-suda/corrections/", "/en/norda-suda/facts/border-length/", gone]


def of_the_desk(busy: Busy) -> list[str]:
    found = [*sample(forms(busy), 3), *verbs(busy), *release_pages(busy), *sample(lists(), 5), *around(busy)]
    return [*found, "/admin/relations/fact/?q=onerror", of(busy.world.fact, "preview")]


def test_markup_that_is_not_escaped_would_be_found(busy, editor, monkeypatch):
    """The test of the test."""
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)
    for address in ("/en/norda-suda/facts/border-length/", of(busy.drafts["returned"])):
        watched = Watched(editor)
        watched.visit([address])
        assert any("elements" in each for each in watched.found)
        assert any("Content Security Policy" in each for each in watched.found)


def test_no_page_shows_it_as_anything_but_text(busy, editor):
    watched = Watched(editor)
    watched.visit([*of_readers(busy), *of_the_desk(busy)])
    assert watched.found == []


def test_nor_does_a_page_that_answers(busy, editor):
    """Choices that are looked up, a message, a conflict, and the plan of a file."""
    watched, topic = Watched(editor), busy.world.topic
    editor.goto(of(topic))
    editor.locator("#id_sources + .select2-container .select2-search__field").press_sequentially("border")
    expect(editor.locator(".select2-results__option--highlighted")).to_contain_text("onerror")
    watched.look()
    editor.goto(of(topic))
    save = editor.get_by_role("button", name="Save", exact=True)
    save.click()
    expect(editor.locator(".messagelist")).to_contain_text("onerror")
    watched.look()
    editor.goto(of(topic))
    editor.locator("#id_name_en").fill(MARKUP)
    busy.written(topic)
    save.click()
    expect(editor.locator("h1")).to_contain_text("before you")
    watched.look()
    rows = as_csv({"slug": "border", "name_en": MARKUP, "name_fr": MARKUP, "sources": MARKUP}, {"slug": MARKUP})
    editor.goto("/admin/import/")
    editor.locator("[type=file]").set_input_files({"name": f"{MARKUP}.csv", "mimeType": "text/csv", "buffer": rows})
    editor.locator("[name=table]").select_option("topic")
    editor.get_by_role("button", name="Show the plan").click()
    expect(editor.locator("#content")).to_contain_text("onerror")
    watched.look()
    assert watched.found == []

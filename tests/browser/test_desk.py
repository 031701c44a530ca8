"""The desk on a tablet and on a screen: quiet, accessible, and usable with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from relations.models import Commitment, Edition, Factsheet, Meeting, Section
from tests.browser.test_accessibility import violations
from tests.effort import by_turns

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def addresses(fact: str) -> list[str]:
    """A form of each shape, the longest of its kind: rows, stacks, parts of parts; and pages beside forms."""
    rows = [
        Meeting.objects.get(slug="white-house-2025-05-06"),
        Factsheet.objects.first(),
        Section.objects.filter(lines__isnull=False).first(),
        Commitment.objects.filter(assessments__isnull=False).first(),
    ]
    forms = [f"/admin/relations/{row._meta.model_name}/{row.pk}/change/" for row in rows]
    edition = Edition.objects.filter(record_id=fact).first()
    others = ["/admin/relations/meeting/", f"/admin/relations/edition/{edition.pk}/change/"]
    return [*forms, *others, f"/admin/relations/fact/{fact}/withdraw/"]


@pytest.mark.parametrize(("width", "scheme"), by_turns([(768, "light"), (1440, "dark")]))
def test_its_pages_fit_say_nothing_and_break_no_rule(editor, a_fact, width, scheme):
    editor.set_viewport_size({"width": width, "height": 1000})
    editor.emulate_media(color_scheme=scheme)
    said: list[str] = []
    editor.on("pageerror", lambda error: said.append(f"{editor.url}: {error}"))
    found = []
    for address in addresses(a_fact):
        editor.goto(address)
        editor.wait_for_timeout(150)  # choices get their names in the next frame
        found += violations(editor)
        if (needed := editor.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{address} needs {needed}")
    assert found + said == []


def _choose(page: Page, field: str, name: str) -> None:
    page.locator(f"#id_{field} + .select2-container .select2-selection").press("Enter")
    page.locator(".select2-dropdown .select2-search__field").press_sequentially(name)
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text(name)
    page.keyboard.press("Enter")


def test_a_figure_is_added_and_published_with_the_keyboard(editor, a_fact):
    said: list[str] = []
    editor.on("console", lambda message: said.append(message.text))
    editor.goto(f"/admin/relations/fact/{a_fact}/change/")
    number = int(editor.locator("#id_observations-TOTAL_FORMS").input_value())
    editor.get_by_role("button", name="Add another Observation").press("Enter")
    new = f"observations-{number}"
    editor.locator(f"#id_{new}-value").fill("1.25")
    editor.locator(f"#id_{new}-as_of").fill("1999-01-01")
    editor.locator(f"#id_{new}-as_of_precision").select_option("year")
    _choose(editor, f"{new}-unit", "billion U.S. dollars a day")
    _choose(editor, f"{new}-source", "Neighbors")
    editor.get_by_role("button", name="Save, then publish…").press("Enter")
    expect(editor.get_by_text("added", exact=True).first).to_be_visible()
    editor.get_by_label("Change note (English)").fill("A figure of 1999.")
    editor.get_by_label("Change note (French)").fill("Un chiffre de 1999.")
    editor.get_by_label("Why it cannot wait for a colleague").fill("Nobody else is at the desk.")
    editor.get_by_role("button", name="Publish now").press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("is live as edition 2.")
    expect(editor.locator(".desk-state")).to_contain_text("Edition 2 since")
    assert said == []

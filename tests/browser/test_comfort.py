"""Editing by keyboard alone: counting, figures, pasting, saving, leaving, pictures; and no rule of axe broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from relations.models import BY_KIND, Fact, Official, Record
from tests.browser.test_accessibility import SETTINGS, violations
from tests.effort import by_turns
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORD = """<html><head><style>p{mso-style:x}</style></head><body><!--StartFragment-->
<p class="MsoNormal">A <b>bold</b> word, <i>another</i> and <a href="https://example.org/a_(b)">a link</a>.</p>
<p class="MsoListParagraph"><span style="mso-list:Ignore">·<span>&nbsp; </span></span>first</p>
<p class="MsoListParagraph"><span style="mso-list:Ignore">·<span>&nbsp; </span></span>second*</p>
<script>document.title = 'taken over'</script><img src="https://tracker.example/pixel.gif">
<!--EndFragment--></body></html>"""
GOOGLE = (
    '<b style="font-weight:normal"><p><span style="font-weight:700">Strong</span><span style="font-weight:400"> and '
    'plain</span></p><ol><li>one</li><li>two</li></ol><h2>Heading</h2><a href="javascript:alert(1)">no link</a></b>'
)


def form(record: Record) -> str:
    return f"/admin/relations/{record._meta.model_name}/{record.pk}/change/"


def ready(page: Page, address: str) -> None:
    """The form, with its scripts at work."""
    page.goto(address, wait_until="load")
    expect(page.locator(".desk-keys")).to_be_visible()


def paste(page: Page, field: str, html: str, text: str) -> None:
    """What a browser does when something copied elsewhere is pasted; true if the field was left to the browser."""
    page.locator(f"#id_{field}").focus()
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            if (document.activeElement.dispatchEvent(event)) document.execCommand("insertText", false, text);
        }""",
        [html, text],
    )


@pytest.fixture
def official(served: Any) -> Official:
    return Official.objects.get(slug="antony-blinken")


@pytest.fixture
def said(editor: Page) -> list[str]:
    """Whatever the console says, and every error."""
    found: list[str] = []
    editor.on("console", lambda message: found.append(message.text))
    editor.on("pageerror", lambda error: found.append(str(error)))
    return found


# ---- every form -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("turn", "kind"), [*enumerate(BY_KIND)])
def test_no_form_breaks_a_rule_or_is_wider_than_the_screen(editor, served, turn, kind):
    found: list[str] = []
    editor.on("pageerror", lambda error: found.append(f"{editor.url}: {error}"))
    for width, scheme in by_turns(SETTINGS, start=turn):
        editor.set_viewport_size({"width": width, "height": 900})
        editor.emulate_media(color_scheme=scheme)
        ready(editor, form(BY_KIND[kind].objects.order_by("pk").first()))
        editor.locator(".desk-keys summary").press("Enter")
        editor.wait_for_timeout(100)  # choices get their names in the next frame
        found += violations(editor)
        if (needed := editor.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{editor.url} needs {needed}")
    assert found == []


USABLE = """() => [...document.querySelectorAll(
        "#content a[href], #content button, #content input, #content select, #content textarea, #content summary, "
        + "#content [tabindex='0']")]
    .filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.disabled && each.tabIndex >= 0)
    .map((each, index) => (each.dataset.walk = index)).length"""
HERE = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return [here.dataset.walk ?? here.outerHTML.slice(0, 120), ring];
}"""


def walk(page: Page) -> None:
    """With the Tab key from the first thing that can be used to the last: each is reached, and shows its focus."""
    usable = page.evaluate(USABLE)
    page.locator("#content [data-walk='0']").focus()
    walked, hidden = [], []
    for _each in range(usable):
        index, shows = page.evaluate(HERE)
        walked.append(index)
        hidden += [] if shows else [index]
        page.keyboard.press("Tab")
    assert hidden == []
    assert walked == [str(number) for number in range(usable)]


@pytest.mark.parametrize("kind", BY_KIND)
def test_an_empty_form_with_one_child_of_each_kind_is_walked_with_the_tab_key(editor, served, kind):
    ready(editor, f"/admin/relations/{kind}/add/")
    for button in editor.locator(".add-row a").all():
        button.press("Enter")
    walk(editor)


def test_a_filled_form_is_walked_with_the_tab_key(editor, served):
    ready(editor, form(Fact.objects.get(slug="gordie-howe-bridge")))
    walk(editor)


# ---- counting -------------------------------------------------------------------------------------------------------


def test_a_text_is_counted_while_it_is_typed_and_said_when_the_writer_pauses(editor, served, said):
    ready(editor, form(Fact.objects.get(slug="daily-trade")))
    field, help_text = editor.locator("#id_statement_en"), editor.locator("#id_statement_en_helptext")
    field.fill("x" * 150)
    expect(help_text).to_contain_text("Now: 150 of 200.")
    expect(editor.locator("#desk-says")).to_be_empty()
    field.fill("👩" * 203)
    expect(help_text).to_contain_text("Now: 203, that is 3 more than recommended.")
    expect(editor.locator("#desk-says")).to_have_text("Now: 203, that is 3 more than recommended.")
    assert "id_statement_en_helptext" in field.get_attribute("aria-describedby")
    assert said == []


def test_a_child_that_was_just_added_is_counted_too(editor, served):
    ready(editor, form(Fact.objects.get(slug="daily-trade")))
    number = int(editor.locator("#id_observations-TOTAL_FORMS").input_value())
    editor.get_by_role("button", name="Add another Observation").press("Space")
    editor.locator(f"#id_observations-{number}-note_fr").fill("douze mots")
    expect(editor.locator(f"#id_observations-{number}-note_fr_helptext")).to_contain_text("Now: 10 of 240.")


# ---- figures --------------------------------------------------------------------------------------------------------


def test_a_figure_reads_as_readers_will_see_it_while_it_is_typed(editor, served, said):
    asked: list[str] = []
    editor.on("request", lambda request: asked.append(request.url))
    ready(editor, form(Fact.objects.get(slug="daily-trade")))
    editor.wait_for_timeout(700)
    assert [url for url in asked if "/figure/" in url] == []  # what the server has said already
    shown = editor.locator("#observations-0 .figure-said")
    editor.locator("#id_observations-0-value").fill("1234.5")
    expect(shown.locator("[lang=en]")).to_contain_text("1,234.5\u00a0billion U.S. dollars a day")
    expect(shown.locator("[lang=fr]")).to_contain_text("1\u202f234,5\u00a0milliards de dollars américains par jour")
    editor.locator("#id_observations-0-qualifier").select_option("more_than")
    expect(shown.locator("[lang=en]")).to_contain_text("more than 1,234.5")
    editor.locator("#id_observations-0-value_max").fill("3")
    expect(shown.locator(".figure-said__problem")).to_have_text("The upper value must be above the value.")
    assert said == []


def test_a_new_unit_is_said_at_once(editor, served):
    ready(editor, form(Fact.objects.get(slug="daily-trade")))
    editor.locator("#id_observations-0-unit + .select2-container .select2-selection").press("Enter")
    editor.locator(".select2-dropdown .select2-search__field").press_sequentially("miles")
    expect(editor.locator(".select2-results__option--highlighted")).to_contain_text("miles")
    editor.keyboard.press("Enter")
    expect(editor.locator("#observations-0 .figure-said [lang=en]")).to_contain_text("miles")


# ---- pasting --------------------------------------------------------------------------------------------------------


def test_what_comes_from_word_becomes_markdown_and_nothing_of_it_runs(editor, official, said):
    asked: list[str] = []
    editor.on("request", lambda request: asked.append(request.url))
    ready(editor, form(official))
    paste(editor, "summary_en", WORD, "A bold word")
    expect(editor.locator("#id_summary_en")).to_have_value(
        "A **bold** word, *another* and [a link](https://example.org/a_%28b%29).\n\n- first\n- second\\*"
    )
    assert "taken over" not in editor.title()
    assert not any("tracker" in url for url in asked)
    assert said == []


def test_what_comes_from_google_becomes_markdown(editor, official):
    ready(editor, form(official))
    paste(editor, "summary_fr", GOOGLE, "Strong and plain")
    expect(editor.locator("#id_summary_fr")).to_have_value(
        "**Strong** and plain\n\n1. one\n2. two\n\n### Heading\n\nno link"
    )


def test_pasting_can_be_undone_and_plain_words_are_left_to_the_browser(editor, official):
    ready(editor, form(official))
    field = editor.locator("#id_summary_en")
    field.fill("Before. ")
    paste(editor, "summary_en", WORD, "A bold word")
    editor.keyboard.press("Control+z")
    expect(field).to_have_value("Before. ")
    paste(editor, "summary_en", "<span>plain_words*</span>", "plain_words*")
    expect(field).to_have_value("Before. plain_words*")


def test_a_field_that_is_no_markdown_gets_the_plain_words(editor, served):
    ready(editor, form(Fact.objects.get(slug="daily-trade")))
    editor.locator("#id_note_en").fill("")
    paste(editor, "note_en", WORD, "A bold word")
    expect(editor.locator("#id_note_en")).to_have_value("A bold word")


# ---- saving, leaving ------------------------------------------------------------------------------------------------


def test_saving_with_the_keyboard_comes_back_to_the_same_place(editor, official):
    ready(editor, form(official))
    field = editor.locator("#id_portrait_credit")
    field.fill("Jo Lum")
    editor.keyboard.press("Control+s")
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(field).to_be_focused()
    expect(editor.locator(".field-portrait_credit .desk-saved")).to_contain_text("was changed successfully")
    official.refresh_from_db()
    assert official.portrait_credit == "Jo Lum"
    Official.objects.filter(pk=official.pk).update(portrait_credit="")


def test_one_combination_saves_and_leads_to_publishing(editor, official):
    ready(editor, form(official))
    editor.locator("#id_name").press("Control+Enter")
    editor.wait_for_url("**/publish/")


def test_a_form_with_an_error_is_announced_and_still_counts_as_unsaved(editor, official):
    ready(editor, form(official))
    editor.locator("#id_name").fill("")
    editor.keyboard.press("Control+s")
    expect(editor.locator(".errornote")).to_be_focused()
    assert asks_before_leaving(editor)


def asks_before_leaving(page: Page) -> bool:
    """Goes elsewhere, as somebody would who forgot to save; says whether the browser asked, and stays if it did."""
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", answer)
    page.locator("#desk-nav a, #site-name a, .brand").first.press("Enter")
    page.wait_for_timeout(400)
    page.remove_listener("dialog", answer)
    return asked == ["beforeunload"]


def test_leaving_with_changes_asks_and_without_does_not(editor, official):
    ready(editor, form(official))
    editor.locator("#id_wikidata").press_sequentially("Q1")
    editor.locator("#id_wikidata").fill(official.wikidata)  # changed, and changed back
    assert not asks_before_leaving(editor)
    ready(editor, form(official))
    editor.locator("#id_wikidata").press_sequentially("Q1")
    assert asks_before_leaving(editor)
    assert editor.url.endswith(form(official))


def test_a_choice_and_a_new_child_are_changes_too(editor, served):
    fact = Fact.objects.get(slug="daily-trade")
    ready(editor, form(fact))
    editor.get_by_role("button", name="Add another Observation").press("Enter")
    assert asks_before_leaving(editor)
    editor.on("dialog", lambda dialog: dialog.accept())
    editor.goto("/admin/")


def test_saving_does_not_ask(editor, official):
    dialogs: list[str] = []
    editor.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    ready(editor, form(official))
    editor.locator("#id_wikidata").press_sequentially("Q1")
    editor.get_by_role("button", name="Save and continue editing").press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    assert dialogs == []
    Official.objects.filter(pk=official.pk).update(wikidata=official.wikidata)


# ---- pictures -------------------------------------------------------------------------------------------------------


def test_a_picture_is_uploaded_seen_and_taken_out_with_the_keyboard(editor, official, tmp_path, said):
    file = Path(tmp_path / "portrait.jpg")
    file.write_bytes(picture(size=(800, 1000)))
    ready(editor, form(official))
    editor.set_input_files("#id_portrait_file", file)
    editor.locator("#id_portrait_file").press("Control+s")
    shown = editor.locator(".portrait-input img")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])") == [192, 240]
    ready(editor, form(official))
    editor.locator("#id_portrait_remove").press("Space")
    editor.locator("#id_portrait_remove").press("Control+s")
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(shown).to_have_count(0)
    assert said == []


# ---- without scripts ------------------------------------------------------------------------------------------------


def test_everything_works_without_scripts(editor, new_context, official):
    context = new_context(java_script_enabled=False)
    context.add_cookies(editor.context.cookies())
    page = context.new_page()
    page.goto(form(official))
    expect(page.locator(".desk-keys")).to_be_hidden()
    expect(page.locator("#id_summary_en_helptext")).to_contain_text("at most 800 characters")
    page.locator("#id_wikidata").fill("Q2")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    page.goto(form(Fact.objects.get(slug="daily-trade")))
    expect(page.locator("#observations-0 .figure-said [lang=fr]")).to_contain_text("milliard")
    Official.objects.filter(pk=official.pk).update(wikidata=official.wikidata)

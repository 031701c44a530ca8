"""Somebody at the desk in a browser of their own, told through what they do."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.cast import someone

PASSWORD = "a phrase of the tests"


class Colleague:
    """One of the cast, signed in through the form. Fields are named as in the address of their form."""

    def __init__(self, browser: Browser, url: str, name: str) -> None:
        person = someone(name)
        person.set_password(PASSWORD)
        person.save()
        self.page: Page = browser.new_context(base_url=url, locale="en").new_page()
        self.opens("/admin/login/")
        self.fills(username=name, password=PASSWORD)
        self.presses("Sign in")

    def opens(self, address: str) -> Colleague:
        self.page.goto(address)
        return self

    def follows(self, words: str) -> Colleague:
        """The link with these words."""
        self.page.get_by_role("link", name=words, exact=True).first.click()
        return self

    def presses(self, words: str) -> Colleague:
        """The button with these words."""
        self.page.get_by_role("button", name=words, exact=True).click()
        return self

    def ticks(self, words: str) -> Colleague:
        """The box or the choice with these words."""
        self.page.get_by_label(words).check()
        return self

    def fills(self, **fields: str) -> Colleague:
        """Writes into fields, or takes one of their choices."""
        for name, value in fields.items():
            field = self.page.locator(f"[name={name}]")
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def chooses(self, **fields: str) -> Colleague:
        """Looks for records by some words and takes the first that is offered."""
        for name, words in fields.items():
            box = self.page.locator(f"#id_{name} + .select2-container")
            box.locator("[role=combobox], [role=searchbox]").first.press("Enter")
            self.page.locator(".select2-container--open .select2-search__field").last.press_sequentially(words)
            expect(self.page.locator(".select2-results__option--highlighted")).to_contain_text(words)
            self.page.keyboard.press("Enter")
        return self

    def is_told(self, words: str) -> Colleague:
        """A message after what was just done."""
        expect(self.page.locator(".messagelist")).to_contain_text(words)
        return self

    def reads(self, *words: str) -> Colleague:
        for each in words:
            expect(self.page.locator("main, #content").first).to_contain_text(each)
        return self

    def at(self, record: Any, verb: str = "change") -> Colleague:
        """The page on which something is done to a record."""
        return self.opens(f"/admin/relations/{record._meta.model_name}/{record.pk}/{verb}/")

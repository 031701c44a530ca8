"""What a browser would send if a form came back untouched."""

from __future__ import annotations

from html.parser import HTMLParser

NOT_SENT = {"submit", "button", "reset", "file", "image"}


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str | list[str]] = {}
        self.select = self.area = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name and given.get("type", "text") not in NOT_SENT:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self._add(name, given.get("value") or ("on" if given.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self._add(self.select, given.get("value") or "")
        elif tag == "textarea":
            self.area, self.text = name, []

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea" and self.area:
            self._add(self.area, "".join(self.text).removeprefix("\n"))
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def _add(self, name: str, value: str) -> None:
        """A name that comes again, as that of a choice of several, keeps all its values."""
        if name not in self.values:
            self.values[name] = value
        elif isinstance(self.values[name], list):
            self.values[name].append(value)
        else:
            self.values[name] = [self.values[name], value]


def values(markup: str) -> dict[str, str | list[str]]:
    """The value of every control on a page, but for its buttons."""
    form = _Form()
    form.feed(markup)
    return {name: value for name, value in form.values.items() if name != "csrfmiddlewaretoken"}

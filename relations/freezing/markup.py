"""The addresses in HTML and CSS: finding them, and putting others in their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

# (element, attribute, address) -> the address to be there instead.
Change = Callable[[str, str, str], str]

_ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "srcset", "form": "action"}
_ATTRIBUTE = re.compile(r'(\s(?:href|src|srcset|action)=")([^"]*)(?=")')
_CSS = re.compile(r"""url\(\s*["']?([^"')]+)""")


def rewritten(markup: str, change: Change) -> str:
    """The same markup with every address changed; not a sign is different elsewhere."""
    parser = _Parser(markup, change)
    parser.feed(markup)
    parser.close()
    return "".join([*parser.done, markup[parser.end :]])


def in_styles(text: str) -> list[str]:
    """The addresses that a style sheet loads, as they stand there."""
    return _CSS.findall(text)


class _Parser(HTMLParser):
    """Copies what it reads; it asks the parser where elements begin, so that text that looks like one stays text."""

    def __init__(self, markup: str, change: Change) -> None:
        super().__init__(convert_charrefs=False)
        self.markup, self.change = markup, change
        self.done: list[str] = []
        self.end = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ADDRESSES:
            return
        text = self.get_starttag_text()
        start = self.markup.index(text, self.end)
        self.done += [self.markup[self.end : start], _ATTRIBUTE.sub(lambda found: self._changed(tag, found), text)]
        self.end = start + len(text)

    def _changed(self, tag: str, found: re.Match[str]) -> str:
        before, value = found.groups()
        attribute = before.strip(' ="')
        if attribute == "srcset":
            return before + ", ".join(self._one_of_set(tag, each) for each in unescape(value).split(","))
        return before + escape(self.change(tag, attribute, unescape(value)))

    def _one_of_set(self, tag: str, candidate: str) -> str:
        address, _space, size = candidate.strip().partition(" ")
        return f"{escape(self.change(tag, 'srcset', address))} {size}".strip()

"""A page as its reader's browser takes it apart: just enough to ask about links, headings and what it loads."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
SOURCES = {"script": "src", "img": "src", "source": "srcset", "iframe": "src", "use": "href", "image": "href"}
# What a <link> makes a browser fetch.
FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
DATA_SCRIPTS = {"application/ld+json", "application/json"}


@dataclass
class Page:
    """The parts of one HTML document."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    dates: set[str] = field(default_factory=set)
    language: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def h1(self) -> int:
        return self.headings.count("h1")


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.inside: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside.append(tag)
        self._policy(tag, given)
        self._loads(tag, given)
        if given.get("id"):
            self.page.ids.append(given["id"])
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.page.headings.append(tag)
        if tag in {"a", "area"} and "href" in given:
            self.page.links.append(given["href"])
        if tag == "time":
            self.page.dates.add(given.get("datetime", ""))
        if tag == "html":
            self.page.language = given.get("lang", "")
        if tag == "meta" and given.get("name") == "description":
            self.page.description = given["content"]

    handle_startendtag = handle_starttag

    def _policy(self, tag: str, given: Attributes) -> None:
        """What the content security policy would refuse."""
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") not in DATA_SCRIPTS):
            self.page.inline.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.page.inline.append(f'<{tag} {name}="{value}">')

    def _loads(self, tag: str, given: Attributes) -> None:
        if tag == "link":
            kinds = set(given.get("rel", "").split())
            if kinds & FETCHED:
                self.page.loads.append(given["href"])
            if "canonical" in kinds:
                self.page.canonical = given["href"]
            if "alternate" in kinds and "hreflang" in given:
                self.page.alternates[given["hreflang"]] = given["href"]
        elif given.get(SOURCES.get(tag, "")):
            self.page.loads.append(given[SOURCES[tag]])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "script" in self.inside:
            return
        if "title" in self.inside and "svg" not in self.inside:
            self.page.title += data
        self.words.append(data)


def parse(markup: str) -> Page:
    """The parts of this markup; its text with every run of blanks as one."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    parser.page.text = " ".join(" ".join(parser.words).split())
    return parser.page

"""Following every internal link from the door, as a search engine would."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from tests.effort import THOROUGH

from .html import Page, parse
from .visitor import counted, get

OWN = settings.PUBLIC_URL
# Pages of one route are alike: so many of each are visited. French shows the same records through the same templates.
ALIKE = {"en": math.inf, "fr": 12} if THOROUGH else {"en": 2, "fr": 1}


@dataclass
class Visit:
    """What was answered at one address, where the link stood, and how many questions it put to the database."""

    address: str
    linked_from: str
    response: HttpResponse
    queries: int
    page: Page | None

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return urlsplit(self.address).path


@dataclass
class Crawl:
    """Every visit by its address, what was left out, and every anchor that some page names, with that page."""

    visits: dict[str, Visit] = field(default_factory=dict)
    unvisited: dict[str, str] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    site_map: HttpResponse | None = None

    @property
    def pages(self) -> list[Visit]:
        """The visits that were answered with an HTML page."""
        return [visit for visit in self.visits.values() if visit.page and visit.status == 200]


def crawl(start: str = "/") -> Crawl:
    """Every page that can be reached from the start, so many of each route and language as there shall be."""
    found, alike_seen = Crawl(), Counter()
    waiting = {start: "the door"}
    while waiting:
        address, linked_from = waiting.popitem()
        language = address.split("/")[1]
        kind = (language, *route_of(address))
        alike_seen[kind] += 1
        if alike_seen[kind] > ALIKE.get(language, math.inf):
            found.unvisited[address] = linked_from
            continue
        visit = found.visits[address] = _visit(address, linked_from)
        for link, anchor in _internal_links(visit):
            if anchor:
                found.anchors.setdefault((link, anchor), address)
            if link not in found.visits and link not in found.unvisited and _leads_on(address, link):
                waiting.setdefault(link, address)
    found.site_map = get("/sitemap.xml")
    return found


def route_of(address: str) -> tuple[str, bool]:
    """The name of the route, and whether something is asked of it."""
    path = urlsplit(address).path
    with translation.override(path.split("/")[1] or "en"):
        try:
            return resolve(path).url_name, "?" in address
        except Resolver404:
            return address, False


def _leads_on(address: str, link: str) -> bool:
    """Whether to follow: filters can be combined without end, so each is tried once, from the list as it is."""
    return not ("?" in link and "?" in address)


def _visit(address: str, linked_from: str) -> Visit:
    response, queries = counted(address)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    page = parse(response.content.decode()) if is_page and response.status_code != 302 else None
    return Visit(address, linked_from, response, queries, page)


def _internal_links(visit: Visit) -> list[tuple[str, str]]:
    """The addresses on this site that a response leads to, each with the anchor it names."""
    links = [*visit.page.links, *visit.page.alternates.values()] if visit.page else []
    if visit.status in (301, 302):
        links = [visit.response["Location"]]
    found = []
    for link in links:
        whole, anchor = urldefrag(urljoin(f"{OWN}{visit.address}", link))
        if whole.startswith(f"{OWN}/") and not whole.startswith(f"{OWN}/static/"):
            found.append((whole.removeprefix(OWN), unquote(anchor)))
    return found

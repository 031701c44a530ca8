"""The walk: from the doors of the site along every link, each page written to its file with links to other files."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import translation

from relations.reading import at
from relations.rendering.addresses import history_address
from relations.rendering.frozen import Frozen

from . import markup
from .addresses import DOORS, LANGUAGES, file_of, is_kept, language_of, link
from .answers import answer, static
from .folder import replacing
from .manifest import Manifest, Progress

NOT_FOUND = "404.html"


def freeze(target: Path, manifest: Manifest, progress: Progress) -> int:
    """Writes the site as of the manifest's instant into a folder, whole or not at all; how many files that is.

    Raises Refused where the folder holds anything but an earlier copy. Costs what every page costs.
    """
    with replacing(target) as folder:
        walk = Walk(folder, Frozen(manifest.instant, manifest.as_of))
        walk.go(progress)
        manifest.write(folder, progress)
        return walk.written


class Walk:
    """One walk through the site at one instant. ``waiting`` is what was linked to and not yet written."""

    def __init__(self, folder: Path, frozen: Frozen) -> None:
        self.folder, self.frozen = folder, frozen
        self.known = set(DOORS)
        self.waiting = list(reversed(DOORS))
        self.written = 0

    def go(self, progress: Progress) -> None:
        """Writes everything that can be reached, and what a server shows for the rest."""
        self.follow_withdrawn()
        while self.waiting:
            self.visit(self.waiting.pop())
            progress("Freezing", self.written, len(self.known))
        self.write(NOT_FOUND, self.not_found().encode())

    def visit(self, address: str) -> None:
        """Writes one address to its file."""
        if address.startswith(settings.STATIC_URL):
            return self.write_static(address)
        try:
            response = answer(address, self.frozen)
        except Http404:
            return self.write_moved(address, self.frozen.living(address))
        if response.status_code in (301, 302):
            return self.write_moved(address, response["Location"])
        content = response.getvalue()
        kind = response["Content-Type"].partition(";")[0]
        if kind == "text/html":
            content = markup.rewritten(content.decode(), self.linking_from(address)).encode()
        elif kind == "application/xml":
            self.follow_site_map(content.decode())
        return self.write(file_of(address), content)

    def linking_from(self, address: str) -> markup.Change:
        """How the links of a page are changed: to files of the copy, else to the living site. Forms ask that one."""

        def changed(tag: str, attribute: str, url: str) -> str:
            whole, mark, anchor = urljoin(address, url).partition("#")
            if not whole.startswith("/") or whole.startswith("//"):
                return url
            if tag == "form" or not is_kept(whole):
                return self.frozen.living(whole) + mark + anchor
            self.follow(whole)
            if anchor and whole == address:
                return f"#{anchor}"
            return link(file_of(address), file_of(whole)) + mark + anchor

        return changed

    def follow(self, address: str) -> None:
        """Sees to it that an address is written, once."""
        if address not in self.known:
            self.known.add(address)
            self.waiting.append(address)

    def follow_site_map(self, text: str) -> None:
        """Nothing that search engines are told of is left out, whether a page links to it or not."""
        for url in re.findall(r"<loc>([^<]+)</loc>", text):
            if is_kept(path := urlsplit(url).path):
                self.follow(path)

    def follow_withdrawn(self) -> None:
        """No list has what was withdrawn; its notice and its editions stay, for whoever was given the address."""
        reader = at(self.frozen.instant)
        gone = reader.items(reader.changes().filter(is_tombstone=True))
        for code in LANGUAGES:
            with translation.override(code):
                for history in filter(None, (history_address(item, reader) for item in gone)):
                    self.follow(history)
                    self.follow(history.removesuffix("history/"))

    def write_static(self, address: str) -> None:
        """A style, font, picture or script, and what it loads in turn."""
        content = static(unquote(address.removeprefix(settings.STATIC_URL)))
        if address.endswith(".css"):
            for url in markup.in_styles(content.decode()):
                if not url.startswith(("data:", "#")):
                    self.follow(urljoin(address, url).partition("#")[0])
        self.write(file_of(address), content)

    def write_moved(self, address: str, target: str) -> None:
        """Where a server would redirect: a file that leads on by itself."""
        whole = urljoin(address, target)
        if is_kept(whole):
            self.follow(whole)
            target = link(file_of(address), file_of(whole))
        elif whole.startswith("/"):
            target = self.frozen.living(whole)
        with translation.override(language_of(address)):
            self.write(file_of(address), render_to_string("frozen/moved.html", {"target": target}).encode())

    def not_found(self) -> str:
        """The page for what is not in the copy; in both languages, for a server does not know which to take."""
        living = {f"living_{code}": self.frozen.living(f"/{code}/") for code in LANGUAGES}
        return render_to_string("frozen/404.html", {"frozen": self.frozen, **living})

    def write(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.written += 1

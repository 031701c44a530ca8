"""A reader who follows links: what is not linked from the page in hand cannot be reached."""

from __future__ import annotations

from tests.site.html import Page, parse
from tests.site.visitor import get


class Reader:
    """Somebody with one page open."""

    def __init__(self, address: str) -> None:
        self._open(address)

    def _open(self, address: str) -> None:
        response = get(address)
        assert response.status_code == 200, f"{response.status_code} at {address}"
        self.address = address
        self.markup = response.content.decode()
        self.page: Page = parse(self.markup)
        # French sets apart its signs and its thousands with blanks that do not break.
        self.text = self.page.text.replace("\u00a0", " ").replace("\u202f", " ")

    def follow(self, ending: str) -> Reader:
        """Follows the first link to an address with this ending."""
        links = [link for link in self.page.links if link.split("#")[0].endswith(ending)]
        assert links, f"{self.address} has no link to …{ending}"
        self._open(links[0].split("#")[0])
        return self

    def reads(self, *words: str) -> Reader:
        """Each of these words is on the page."""
        assert [each for each in words if each not in self.text] == [], self.address
        return self

    def sees_the_date(self, day: str) -> Reader:
        """A date is on the page, for machines too."""
        assert day in self.page.dates, f"{self.address} says {sorted(self.page.dates)}"
        return self

    def sees_the_source(self, slug: str) -> Reader:
        """The page leads to this source."""
        assert any(link.endswith(f"/sources/{slug}/") for link in self.page.links), self.address
        return self

    def sees_a_source(self) -> Reader:
        """The page leads to at least one source: not to the list of them all, which every page names."""
        assert any("/sources/" in link.rstrip("/") for link in self.page.links), self.address
        return self

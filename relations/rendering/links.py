"""What a page shows of the records it names: a title, and a link where there is something to read."""

from __future__ import annotations

from dataclasses import dataclass

from relations.documents import CommitmentRef, Official, Post, Priority, Ref, TermRef
from relations.reading import Item, Reader, References

from .addresses import address, anchor
from .words import say


@dataclass(frozen=True)
class Link:
    """A title in the active language; ``url`` is empty where the record was withdrawn or has no page."""

    title: str
    url: str = ""

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The title, under the name that menus and crumbs use."""
        return self.title


@dataclass(frozen=True)
class Person:
    """Someone in a post, as components/person.html takes it."""

    name: str
    url: str = ""
    title: str = ""
    note: str = ""


class Links:
    """Turns references into links, at the reader's instant. Costs no query: resolve first."""

    def __init__(self, reader: Reader, references: References) -> None:
        self.reader = reader
        self.references = references

    def item(self, item: Item) -> Link:
        return Link(say(item.title), address(item, self.reader))

    def to(self, ref: Ref | None) -> Link | None:
        """A link to what the reference names; None where nothing of it may be shown."""
        item = self.references.get(ref)
        return self.item(item) if item else None

    def all(self, refs: tuple[Ref, ...]) -> list[Link]:
        """Links to those of these records that may be shown, in the editors' order."""
        items = filter(None, (self.references.get(ref) for ref in refs))
        return [self.item(item) for item in sorted(items, key=lambda item: (item.edition.position, item.slug))]

    def commitment(self, ref: CommitmentRef) -> Link | None:
        """A link to one commitment on its priority's page, titled with its statement."""
        priority = self.references.document(ref.priority)
        if not isinstance(priority, Priority):
            return None
        found = priority.commitment(ref)
        page = self.to(ref.priority)
        return Link(say(found.statement), page.url + anchor(ref)) if found and page else None

    def person(self, term: TermRef, note: str = "") -> Person | None:
        """Who, in the post of that term, its name agreeing in gender; None where nothing may be shown."""
        item = self.references.get(term.official)
        if item is None:
            return None
        official = self.references.document(term.official)
        gender = official.grammatical_gender if isinstance(official, Official) else ""
        return Person(say(item.title), address(item, self.reader), self.post(term.post, gender), note)

    def post(self, ref: Ref, gender: str = "") -> str:
        """A post's name for a holder of this grammatical gender; empty where nothing may be shown."""
        post = self.references.document(ref)
        if isinstance(post, Post):
            return say(post.named(gender))
        item = self.references.get(ref)
        return say(item.title) if item else ""

"""Where each thing is read. Addresses are the same in both languages but for the first part."""

from __future__ import annotations

from django.urls import reverse

from relations.documents import CommitmentRef
from relations.reading import Item, Reader

# Kinds whose address does not name a relationship; parties and posts are read on the pages of others.
SHARED = {"official", "source"}
WITHOUT_PAGE = {"party", "post"}
# The pages about the site itself.
EDITORIAL = ("about", "accessibility", "privacy", "reuse", "how-we-record-facts", "how-we-assign-status")


def address(item: Item, reader: Reader) -> str:
    """The address of a live item in the active language; empty for what has no page of its own. No query."""
    if item.kind in WITHOUT_PAGE or not item.has_text:
        return ""
    if item.kind in SHARED:
        return reverse(item.kind, args=[item.slug])
    if item.kind == "relationship":
        return reverse("relationship", args=[item.slug])
    relationship = reader.relationship_of(item)
    return reverse(item.kind, args=[relationship.slug, item.slug]) if relationship else ""


def edition_address(item: Item, reader: Reader, number: int | None = None) -> str:
    """The permanent address of this edition, or of another of its record; empty for what has no page of its own."""
    return _below(item, reader, "edition", number or item.number)


def history_address(item: Item, reader: Reader) -> str:
    """Where all editions of its record are listed, withdrawn or not; empty for what has no page of its own."""
    return _below(item, reader, "history")


def cite_address(item: Item, reader: Reader) -> str:
    """Where the forms in which this edition can be cited are listed."""
    return _below(item, reader, "cite", item.number)


def _below(item: Item, reader: Reader, page: str, *more: int) -> str:
    if item.kind in WITHOUT_PAGE:
        return ""
    name = f"{item.kind}_{page}"
    if item.kind in SHARED or item.kind == "relationship":
        return reverse(name, args=[item.slug, *more])
    relationship = reader.relationship_of(item)
    return reverse(name, args=[relationship.slug, item.slug, *more]) if relationship else ""


def anchor(commitment: CommitmentRef) -> str:
    """The part of a priority's page that shows one commitment."""
    return f"#{commitment.slug}"

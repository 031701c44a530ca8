"""What reading hands out: one record as it may be read at an instant, what a page names, and why there is nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from relations.documents import Document, Ref, Text, parse
from relations.models.ledger import Edition


class NotPublished(Exception):
    """Nothing to read here: unknown, or not yet public. The two cannot be told apart."""


class Moved(Exception):
    """The record is read at another address now; ``item`` is what is read there."""

    def __init__(self, item: Item) -> None:
        self.item = item
        super().__init__(item.slug)


class Withdrawn(Exception):
    """The record was taken off the site; ``item`` is the tombstone, with its public reason."""

    def __init__(self, item: Item) -> None:
        self.item = item
        super().__init__(item.slug)


class Redacted(Withdrawn):
    """What was said here had to be removed by law; ``item`` keeps number, period and digest, and the public reason."""


@dataclass(frozen=True)
class Item:
    """One record as it may be read at one instant: an edition, and its document when asked for.

    ``on`` is the day in the world that the document is shown for; None shows all that it says.
    """

    edition: Edition
    on: datetime.date | None = None

    @cached_property
    def document(self) -> Document:
        """Parsed once, when first asked for. Not everything has one: ask ``has_text`` first."""
        return self._whole.on(self.on) if self.on else self._whole

    @property
    def is_later(self) -> bool:
        """Whether its own dates put all of it later than the day in the world that is shown."""
        return self.on is not None and self._whole.is_later(self.on)

    @cached_property
    def _whole(self) -> Document:
        return parse(self.edition.kind, self.edition.document)

    @property
    def kind(self) -> str:
        return self.edition.kind

    @property
    def id(self) -> UUID:
        return self.edition.record_id

    @property
    def relationship_id(self) -> UUID | None:
        return self.edition.relationship_id

    @property
    def slug(self) -> str:
        return self.edition.slug

    @property
    def number(self) -> int:
        return self.edition.number

    @property
    def live_from(self) -> datetime.datetime:
        return self.edition.live_from

    @property
    def digest(self) -> str:
        return self.edition.digest

    @property
    def title(self) -> Text:
        return Text(en=self.edition.title_en, fr=self.edition.title_fr)

    @property
    def change_note(self) -> Text:
        return Text(en=self.edition.change_note_en, fr=self.edition.change_note_fr)

    @property
    def live_until(self) -> datetime.datetime | None:
        """When it ceased to be live (half-open); None where that was not decided. It may lie after the reading."""
        return self.edition.live_until

    @property
    def is_minor(self) -> bool:
        return self.edition.is_minor

    @property
    def is_withdrawn(self) -> bool:
        return self.edition.is_tombstone

    @property
    def is_redacted(self) -> bool:
        """Whether what it said had to be removed by law; of a tombstone, the titles that it kept."""
        return self.edition.is_redacted

    @property
    def has_text(self) -> bool:
        """Whether it can be read: no tombstone, and not redacted."""
        return not (self.is_withdrawn or self.is_redacted)

    @property
    def reason(self) -> Text:
        """Why it was withdrawn or redacted; empty unless it was. A query for what was not read with its redaction."""
        told = self.edition.redaction if self.is_redacted and not self.is_withdrawn else self.edition
        return Text(en=told.reason_en, fr=told.reason_fr)

    @property
    def redacted_at(self) -> datetime.datetime | None:
        """Since when its content is gone; None where it is not. A query, as for ``reason``."""
        return self.edition.redaction.live_from if self.is_redacted and not self.is_withdrawn else None


class References:
    """A page's references, of every kind, resolved at one instant. Asking costs no query.

    A record that is live is an item; one that was withdrawn is an item without a document, shown as its title
    without a link; any other is absent, so a reference can never give away what is not public.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.id: item for item in items}

    def get(self, ref: Ref | None) -> Item | None:
        """The item that a reference leads to, live or withdrawn; None where there is nothing to show."""
        return self._items.get(ref.id) if ref else None

    def live(self, ref: Ref | None) -> Item | None:
        """The item only if it is live, so that its document can be read."""
        item = self.get(ref)
        return item if item and item.has_text else None

    def document(self, ref: Ref | None) -> Document | None:
        """The document of a live item; None otherwise."""
        item = self.live(ref)
        return item.document if item else None

    @property
    def items(self) -> list[Item]:
        """Everything that was resolved, so that a second resolving does not ask again."""
        return list(self._items.values())

    def add(self, items: Iterable[Item]) -> References:
        """These references and some more, without a query."""
        self._items.update({item.id: item for item in items})
        return self

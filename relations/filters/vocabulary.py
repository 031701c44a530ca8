"""The records that a list can be filtered by, under every address they ever had: all of it in one query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q

from relations.reading import Item

from .facets import MOST_VALUES
from .site import Frame
from .words import language

SLUG = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Vocabulary:
    """Records of some kinds, of this relationship or shared by all, as they can be read at the page's instant."""

    def __init__(self, site: Frame, kinds: set[str], asked: Iterable[str]) -> None:
        self.items: list[Item] = []
        self._identities: dict[tuple[str, str], str] = {}
        if kinds:
            self._load(site, kinds, [slug for slug in asked if SLUG.fullmatch(slug)][:MOST_VALUES])

    def _load(self, site: Frame, kinds: set[str], asked: list[str]) -> None:
        reader, here = site.reader, Q(relationship_id__isnull=True)
        if site.relationship_item:
            here |= Q(relationship_id=site.relationship_item.id)
        present = Q(live_until__isnull=True) | Q(live_until__gt=reader.instant)
        editions = reader.changes().filter(here, present | Q(slug__in=asked), kind__in=kinds)
        for item in reader.items(editions.defer("search_en", "search_fr").order_by("position", "slug", "pk")):
            self._identities[item.kind, item.slug] = str(item.id)
            live_until = item.edition.live_until
            if not item.is_redacted and (live_until is None or live_until > reader.instant):
                self.items.append(item)

    def of(self, kind: str) -> Iterator[tuple[UUID, str, str]]:
        """Id, slug and title of each record of this kind, in the editors' order."""
        for item in self.items:
            if item.kind == kind:
                yield item.id, item.slug, getattr(item.title, language())

    def identity(self, kind: str, slug: str) -> str:
        """The id of the record that has or had this address; empty where none had."""
        return self._identities.get((kind, slug), "")

"""The one door: what the public may read at an instant. No other public code touches editions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from relations.documents import Party, Ref, Relationship
from relations.models.ledger import Edition, Facet

from .corrections import corrected
from .freshness import annotated
from .items import Item, Moved, NotPublished, Redacted, References, Withdrawn

# What every page needs, whatever it shows: there are few of them.
WORLD = ("relationship", "party")


class Reader:
    """What can be read at one instant. One per request; it remembers what every page needs.

    Two clocks, never mixed: ``instant`` is record time (what the site said then), ``on`` is world time (what was so
    on that day, by the dates in what the site says); None is the day of the instant.
    """

    def __init__(self, instant: datetime.datetime, on: datetime.date | None = None) -> None:
        self.instant = instant
        self.on = on

    @property
    def today(self) -> datetime.date:
        """The day of the instant in the site's time zone."""
        return timezone.localdate(self.instant)

    @property
    def day(self) -> datetime.date:
        """The day in the world that is shown."""
        return self.on or self.today

    def _item(self, edition: Edition) -> Item:
        return Item(edition, self.on)

    def live(self, *kinds: str, relationship: UUID | None = None) -> QuerySet[Edition]:
        """Live editions of these kinds, of one relationship if named, in no order. No query yet."""
        editions = Edition.objects.live(self.instant).filter(kind__in=kinds)
        return editions.filter(relationship_id=relationship) if relationship else editions

    def items(self, editions: Iterable[Edition]) -> list[Item]:
        """These editions as items, in their order. Costs the query of the queryset."""
        return [self._item(edition) for edition in editions]

    def item(self, kind: str, slug: str, *, relationship: UUID | None = None) -> Item:
        """The record read at this address at the instant.

        Its freshness and its last error are known. Raises NotPublished, Moved (the address is a former one), Withdrawn
        or Redacted. One query, two where it raises.
        """
        here = Edition.objects.filter(kind=kind, relationship_id=relationship)
        asked = corrected(here.covering(self.instant).filter(slug=slug), self.instant)
        found = annotated(asked, self.instant, self.day).first()
        if found is None:
            former = here.filter(slug=slug, live_from__lte=self.instant).values("record_id")
            found = here.covering(self.instant).filter(record_id__in=former).first()
            if found is None:
                raise NotPublished
            if self._item(found).has_text:
                raise Moved(self._item(found))
        if found.is_tombstone:
            raise Withdrawn(self._item(found))
        if found.is_redacted:
            raise Redacted(self._item(found))
        return self._item(found)

    def editions(self, kind: str, slug: str, relationship: UUID | None = None) -> list[Item]:
        """Every edition so far of the record that has, or once had, this address: the newest first. One query.

        Raises NotPublished where there is none.
        """
        own = self._editions(kind, slug, relationship).select_related("redaction")
        found = self.items(own.order_by("-live_from"))
        if not found:
            raise NotPublished
        return found

    def back_to(self, number: int, kind: str, slug: str, relationship: UUID | None = None) -> tuple[list[Item], Reader]:
        """The same editions, and the reader of the instant at which the one of this number went live. One query.

        Raises NotPublished where there is no such edition.
        """
        own = self._editions(kind, slug, relationship)
        start = Subquery(own.filter(number=number).values("live_from")[:1])
        world = Edition.objects.live(start).filter(kind__in=WORLD)
        found = own.annotate(is_own=Value(True)).union(world.annotate(is_own=Value(False)), all=True)
        editions, around = [], []
        for each in found:
            (editions if each.is_own else around).append(each)
        numbered = next((each for each in editions if each.number == number), None)
        if numbered is None:
            raise NotPublished
        then = Reader(numbered.live_from)
        then._world = self.items(sorted(around, key=lambda each: (each.position, each.slug, each.pk)))
        return self.items(sorted(editions, key=lambda each: each.live_from, reverse=True)), then

    def _editions(self, kind: str, slug: str, relationship: UUID | None) -> QuerySet[Edition]:
        until_now = Edition.objects.filter(kind=kind, relationship_id=relationship, live_from__lte=self.instant)
        records = until_now.filter(slug=slug).values("record_id")
        return until_now.filter(record_id__in=records)

    def resolve(self, refs: Iterable[Ref], known: Iterable[Item] = ()) -> References:
        """Everything that these references lead to, in one query; what is already known is not asked again."""
        references = References([*self._world, *known])
        missing = {ref.id for ref in refs if references.get(ref) is None}
        if missing:
            covering = Edition.objects.covering(self.instant).filter(record_id__in=missing, is_redacted=False)
            references.add(self._item(edition) for edition in covering)
        return references

    def naming(self, identity: UUID, *kinds: str) -> QuerySet[Edition]:
        """Live editions of these kinds that name this record. No query yet."""
        named = Facet.objects.filter(name="ref", value=str(identity))
        return self.live(*kinds).filter(pk__in=named.values("edition"))

    def any_of(self, *chosen: QuerySet[Edition]) -> QuerySet[Edition]:
        """The editions of all these querysets, limited ones too, in no order. No query yet.

        A union of keys, not conditions joined by OR: so each finds its own by an index, however many others there are.
        """
        first, *others = (Edition.objects.filter(pk__in=each.values("pk")).values("pk") for each in chosen)
        return Edition.objects.filter(pk__in=first.union(*others))

    @cached_property
    def _world(self) -> list[Item]:
        """Relationships and parties: few, and needed on every page. One query, once."""
        return self.items(corrected(self.live(*WORLD), self.instant).order_by("position", "slug", "pk"))

    @property
    def relationships(self) -> list[Item]:
        """Every live relationship, in the editors' order. No query after the first."""
        return [item for item in self._world if item.kind == "relationship"]

    def relationship(self, slug: str, *, or_last: bool = False) -> Item:
        """The live relationship at this address; with ``or_last`` also a withdrawn one, as it was last.

        Raises NotPublished, Moved, Redacted or Withdrawn. One query more for one that was withdrawn.
        """
        for item in self.relationships:
            if item.slug == slug:
                return item
        try:
            return self.item("relationship", slug)
        except Redacted:
            raise
        except Withdrawn as withdrawn:
            if not or_last or (last := self._before(withdrawn.item)) is None:
                raise
            self._world.append(last)  # so that what belongs to it has an address again
            return last

    def _before(self, tombstone: Item) -> Item | None:
        """What a tombstone took off the site; None where the law took that, too."""
        texts = Edition.objects.filter(record_id=tombstone.id, is_tombstone=False, is_redacted=False)
        last = texts.filter(live_from__lt=tombstone.live_from).order_by("-live_from").first()
        return last and self._item(last)

    def relationship_of(self, item: Item) -> Item | None:
        """The live relationship that an item belongs to; None for what all share."""
        return next((each for each in self.relationships if each.id == item.relationship_id), None)

    def parties(self, relationship: Item) -> tuple[Party, Party]:
        """Side A and side B of a relationship. Raises NotPublished where one is not live."""
        document: Relationship = relationship.document
        sides = [item.document for ref in document.parties for item in self._world if item.id == ref.id]
        if len(sides) != 2:
            raise NotPublished
        return sides[0], sides[1]

    def posts_between(self, relationship: Item) -> QuerySet[Edition]:
        """Live posts that speak for one party and are general, or accredited to the other. No query yet."""
        one, other = (str(ref.id) for ref in relationship.document.parties)

        def has(name: str, value: str) -> Exists:
            return Exists(Facet.objects.filter(edition=OuterRef("pk"), name=name, value=value))

        general = has("accredited_to", "") & (has("party", one) | has("party", other))
        accredited = has("party", one) & has("accredited_to", other) | has("party", other) & has("accredited_to", one)
        return self.live("post").filter(general | accredited)

    def last_change(self, relationship: UUID | None = None) -> datetime.datetime | None:
        """When something of this relationship (or of the site) last went live or was withdrawn. One query."""
        editions = Edition.objects.filter(live_from__lte=self.instant)
        if relationship:
            editions = editions.filter(Q(relationship_id=relationship) | Q(record_id=relationship))
        return editions.order_by("-live_from").values_list("live_from", flat=True).first()

    def first_day(self) -> datetime.date | None:
        """The day on which the site began to speak, in its time zone; None before that. One query."""
        first = Edition.objects.filter(live_from__lte=self.instant).order_by("live_from").first()
        return first and timezone.localdate(first.live_from)

    def changes(self, *, relationship: Item | None = None) -> QuerySet[Edition]:
        """Every edition that was readable by the instant, tombstones included, in no order. No query yet.

        Those of a relationship are its own and those of the officials on both sides: a hand-over is news.
        """
        editions = Edition.objects.filter(live_from__lte=self.instant)
        if relationship is None:
            return editions
        sides = [str(ref.id) for ref in relationship.document.parties]
        people = Facet.objects.filter(edition__kind="official", name="party", value__in=sides)
        return editions.filter(
            Q(relationship_id=relationship.id) | Q(kind="official", record_id__in=people.values("edition__record_id"))
        )


def at(instant: datetime.datetime, *, on: datetime.date | None = None) -> Reader:
    """What the public may read at this instant (aware), shown for a day in the world if one is named."""
    return Reader(instant, on)

"""What tables call the records that others name: by address, and by more where an address alone is not enough."""

from __future__ import annotations

import functools
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from relations.documents import (
    Citation,
    CommitmentRef,
    Document,
    Official,
    Post,
    PostRef,
    Priority,
    Ref,
    Source,
    TermRef,
    Unit,
    desk,
)
from relations.documents.base import Portrait
from relations.models import BY_KIND, Commitment, PartialDate, RelationshipRecord, Term
from relations.models import Portrait as PortraitRow
from relations.models import Source as SourceRow
from relations.models import Unit as UnitRow

from ..units import unit_of


class Wrong(Exception):
    """A cell that says nothing that can be kept, and why."""


class Spoiled(Exception):
    """A cell that names a record of the same file in which something is wrong: that was said there."""


class Names:
    """The names of all that is on the desk, and of what a file adds to it. A few queries a kind, when first asked.

    ``home`` is the relationship of whoever names: its records go by their address alone, those of another one by
    ``relationship/address``.
    """

    def __init__(self) -> None:
        self._ids: dict[str, dict[tuple[UUID | None, str], UUID]] = {}
        self._names: dict[str, dict[UUID, tuple[UUID | None, str]]] = {}
        self._added: dict[UUID, Document] = {}
        self._awaited: set[UUID] = set()

    # ---- what a file adds ----------------------------------------------------------------------------------------

    def expect(self, kind: str, identity: UUID, home: UUID | None, slug: str) -> None:
        """A record of the file will have this name: others may use it before the record itself was read."""
        self._load(kind)
        old = self._names[kind].get(identity)
        if old and self._ids[kind].get(old) == identity:
            del self._ids[kind][old]
        self._names[kind][identity] = (home, slug)
        self._ids[kind][home, slug] = identity
        self._awaited.add(identity)

    def add(self, document: Document) -> None:
        """A record of the file was read: its terms, commitments and citation are known from now on."""
        self._added[document.id] = document
        if isinstance(document, Official):
            self._terms[document.id] = [(each.id, each.post.id, each.held_from) for each in document.terms]
        if isinstance(document, Priority):
            self._commitments[document.id] = {each.slug: each.id for each in document.commitments}

    # ---- records -------------------------------------------------------------------------------------------------

    def find(self, kind: str, home: UUID | None, slug: str) -> UUID | None:
        """The record of this kind with this address, if there is one."""
        self._load(kind)
        return self._ids[kind].get((home, slug))

    def place(self, kind: str, identity: UUID) -> tuple[UUID | None, str] | None:
        """The relationship and the address of a record; None if there is no such record."""
        self._load(kind)
        return self._names[kind].get(identity)

    @property
    def relationships(self) -> dict[tuple[UUID | None, str], UUID]:
        self._load("relationship")
        return self._ids["relationship"]

    def _load(self, kind: str) -> None:
        if kind in self._ids:
            return
        model = BY_KIND[kind]
        of_one = issubclass(model, RelationshipRecord)
        rows = model.objects.values_list("pk", "slug", *(["relationship_id"] if of_one else []))
        self._names[kind] = {row[0]: (row[2] if of_one else None, row[1]) for row in rows}
        self._ids[kind] = {name: identity for identity, name in self._names[kind].items()}

    def said(self, kind: str, identity: UUID, home: UUID | None) -> str:
        """The name of a record."""
        owner, slug = self.place(kind, identity) or (None, str(identity))
        if owner is None or owner == home:
            return slug
        return f"{self.said('relationship', owner, None)}/{slug}"

    def read(self, kind: str, text: str, home: UUID | None) -> UUID:
        """The record of this name. Raises Wrong if there is none."""
        owner, _slash, slug = text.rpartition("/")
        if owner:
            home = self.read("relationship", owner, None)
        of_one = issubclass(BY_KIND[kind], RelationshipRecord)
        if (found := self.find(kind, home if of_one else None, slug)) is None:
            called = BY_KIND[kind]._meta.verbose_name
            raise Wrong(_("There is no %(kind)s “%(name)s”.") % {"kind": called, "name": text})
        return found

    # ---- terms and commitments -----------------------------------------------------------------------------------

    @functools.cached_property
    def _terms(self) -> dict[UUID, list[tuple[UUID, UUID, PartialDate | None]]]:
        """Official → id, post and start of each term."""
        found: dict[UUID, list] = {}
        rows = Term.objects.order_by("position", "pk")
        for identity, official, post, day, precision in rows.values_list(
            "pk", "official_id", "post_id", "held_from", "held_from_precision"
        ):
            start = day and PartialDate(date=day, precision=precision)
            found.setdefault(official, []).append((identity, post, start))
        return found

    @functools.cached_property
    def _commitments(self) -> dict[UUID, dict[str, UUID]]:
        """Priority → address and id of each commitment."""
        found: dict[UUID, dict[str, UUID]] = {}
        for identity, priority, slug in Commitment.objects.values_list("pk", "priority_id", "slug"):
            found.setdefault(priority, {})[slug] = identity
        return found

    def term_said(self, term: TermRef) -> str:
        """A term as ``official/post/start``, without a start where none is known."""
        official = self.said("official", term.official.id, None)
        for identity, post, start in self._terms.get(term.official.id, []):
            if identity == term.id:
                same = [
                    each for each in self._terms[term.official.id] if each[1] == post and _day(each[2]) == _day(start)
                ]
                parts = [official, self.said("post", post, None), _day(start)]
                return "/".join(filter(None, parts)) if len(same) == 1 else f"{official}/{identity}"
        return f"{official}/{term.id}"

    def term(self, text: str) -> TermRef:
        """The term of this name. Raises Wrong if it names none, or several."""
        person, _slash, rest = text.partition("/")
        post, _slash, start = rest.partition("/")
        official = self.read("official", person, None)
        self._refuse_spoiled(official)
        held = self._terms.get(official, [])
        found = [each for each in held if str(each[0]) == rest]
        if not found:
            office = self.read("post", post, None)
            held = [each for each in held if each[1] == office]
            found = [each for each in held if _day(each[2]) == start] or ([] if start else held)
        if len(found) != 1:
            words = _("“%(name)s” names no term.") if not found else _("“%(name)s” names several terms.")
            how = _("Write official/post/start, as in “ana-holt/premier/2020-01-20”.")
            raise Wrong(f"{words % {'name': text}} {how}")
        identity, office, _start = found[0]
        return TermRef(id=identity, official=Ref(kind="official", id=official), post=self.post(office))

    def commitment_said(self, commitment: CommitmentRef, home: UUID | None) -> str:
        return f"{self.said('priority', commitment.priority.id, home)}/{commitment.slug}"

    def commitment(self, text: str, home: UUID | None) -> CommitmentRef:
        """The commitment that is named as priority/commitment. Raises Wrong if there is none."""
        named, _slash, slug = text.rpartition("/")
        priority = self.read("priority", named, home)
        self._refuse_spoiled(priority)
        identity = self._commitments.get(priority, {}).get(slug)
        if identity is None:
            raise Wrong(_("There is no commitment “%(name)s”.") % {"name": text})
        return CommitmentRef(id=identity, slug=slug, priority=Ref(kind="priority", id=priority))

    # ---- by id ---------------------------------------------------------------------------------------------------

    def term_with(self, identity: UUID, official: UUID) -> TermRef:
        """The term of this official with this id. Raises Wrong if there is none, Spoiled if that cannot be told."""
        self._refuse_spoiled(official)
        for term, post, _start in self._terms.get(official, []):
            if term == identity:
                return TermRef(id=term, official=Ref(kind="official", id=official), post=self.post(post))
        raise Wrong(_("It names a term that is not there."))

    def commitment_with(self, identity: UUID, priority: UUID) -> CommitmentRef:
        """The commitment of this priority with this id. Raises as ``term_with`` does."""
        self._refuse_spoiled(priority)
        for slug, commitment in self._commitments.get(priority, {}).items():
            if commitment == identity:
                return CommitmentRef(id=commitment, slug=slug, priority=Ref(kind="priority", id=priority))
        raise Wrong(_("It names a commitment that is not there."))

    def portrait(self, sha256: str) -> Portrait:
        """The picture with this hash. Raises Wrong if there is none: pictures come through the form."""
        row = PortraitRow.objects.filter(pk=sha256).first()
        if row is None:
            raise Wrong(_("There is no such picture here. Leave it out, and add it in the form."))
        return Portrait(sha256=row.pk, width=row.width, height=row.height, widths=row.widths)

    def record_with(self, kind: str, identity: UUID) -> Ref:
        """The record of this kind with this id. Raises Wrong if there is none."""
        if self.place(kind, identity) is None:
            called = BY_KIND[kind]._meta.verbose_name
            raise Wrong(_("It names a record that is not there (%(kind)s).") % {"kind": called})
        return Ref(kind=kind, id=identity)

    # ---- what is embedded ----------------------------------------------------------------------------------------

    @functools.cached_property
    def _citations(self) -> dict[UUID, Citation]:
        rows = SourceRow.objects.prefetch_related("speaks_for")
        return {row.pk: desk.cite(row) for row in rows}

    @functools.cached_property
    def _roles(self) -> dict[UUID, str]:
        return dict(BY_KIND["post"].objects.values_list("pk", "role"))

    @functools.cached_property
    def units(self) -> dict[str, Unit]:
        """Every unit of the desk, by its code."""
        return {row.pk: unit_of(row) for row in UnitRow.objects.all()}

    def citation(self, identity: UUID) -> Citation:
        """The citation of a source as the file has it, or else the desk."""
        self._refuse_spoiled(identity)
        added = self._added.get(identity)
        return added.citation if isinstance(added, Source) else self._citations[identity]

    def post(self, identity: UUID) -> PostRef:
        self._refuse_spoiled(identity)
        added = self._added.get(identity)
        return PostRef(id=identity, role=added.role if isinstance(added, Post) else self._roles[identity])

    def unit(self, code: str) -> Unit:
        """The unit of this code. Raises Wrong if there is none."""
        if code not in self.units:
            raise Wrong(_("There is no unit “%(name)s”.") % {"name": code})
        return self.units[code]

    def _refuse_spoiled(self, identity: UUID) -> None:
        """Raises Spoiled for a record of the file that should have been read by now."""
        if identity in self._awaited and identity not in self._added:
            raise Spoiled


def _day(start: Any) -> str:
    return start.isoformat if start else ""

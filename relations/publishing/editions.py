"""Placing editions in the ledger: the one module that writes them.

Every function runs inside the caller's transaction, after the records' rows were locked.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any
from uuid import UUID

from relations.documents import Document, Text
from relations.documents.base import RULES
from relations.models import Edition, Facet, Release

from .naming import briefly
from .readiness import relationship_of

# What is derived from a document, beside the facets.
DERIVED = ("relationship_id", "sort_on", "position", "title_en", "title_fr", "search_en", "search_fr", "rules")
# What a redaction leaves empty.
EMPTIED = ("document", "search_en", "search_fr", "change_note_en", "change_note_fr")


class InstantTaken(Exception):
    """The record already has an edition at exactly this instant."""


def edition_of(document: Document) -> Edition:
    """An unsaved edition that holds this document; number and period are given when it is placed."""
    return Edition(kind=document.kind, record_id=document.id, **_said(document))


def _said(document: Document) -> dict[str, Any]:
    """What an edition takes from its document, by column."""
    return {
        "slug": document.slug,
        "document": document.canonical(),
        "digest": document.digest,
        "desk_digest": document.desk_digest,
        **derived(document),
    }


def derived(document: Document) -> dict[str, Any]:
    """What lists find and order an edition by, by column; it can be derived anew when the rules have changed."""
    return {
        "relationship_id": relationship_of(document),
        "sort_on": document.sort_on,
        "position": document.position,
        "title_en": document.title.en,
        "title_fr": document.title.fr,
        "search_en": document.search_text("en"),
        "search_fr": document.search_text("fr"),
        "rules": RULES,
    }


def tombstone_of(last: Edition, reason: Text) -> Edition:
    """An unsaved edition that says why this one was withdrawn; it keeps the titles and the address."""
    content = {"kind": last.kind, "id": str(last.record_id), "withdrawn": reason.model_dump()}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Edition(
        kind=last.kind,
        record_id=last.record_id,
        relationship_id=last.relationship_id,
        slug=last.slug,
        sort_on=last.sort_on,
        position=last.position,
        title_en=last.title_en,
        title_fr=last.title_fr,
        rules=RULES,
        is_tombstone=True,
        reason_en=reason.en,
        reason_fr=reason.fr,
        digest=hashlib.sha256(canonical.encode()).hexdigest(),
    )


def place(editions: Sequence[Edition], documents: dict[UUID, Document], *, at: datetime.datetime) -> None:
    """Saves these editions, one a record, as live from this future instant.

    The edition before ends there; later ones, which nobody could read yet, are renumbered and linked anew.
    Order matters: close before opening, renumber from the last. Raises InstantTaken.
    """
    history = _history([edition.record_id for edition in editions])
    closed, later = [], []
    for edition in editions:
        before = [each for each in history[edition.record_id] if each.live_from < at]
        after = [each for each in history[edition.record_id] if each.live_from >= at]
        if after and after[0].live_from == at:
            raise InstantTaken(briefly(edition))
        edition.live_from = at
        edition.live_until = after[0].live_from if after else None
        edition.number = before[-1].number + 1 if before else 1
        edition.previous_digest = edition.based_on_digest = before[-1].digest if before else ""
        if before:
            before[-1].live_until = at
            closed.append(before[-1])
        if after:
            after[0].previous_digest = edition.digest
            later.extend(reversed(after))
    for pending in later:
        pending.number += 1
        pending.save(update_fields=["number", "previous_digest"])
    Edition.objects.bulk_update(closed, ["live_until"], batch_size=100)
    Edition.objects.bulk_create(editions, batch_size=50)
    make_facets((each, documents[each.record_id]) for each in editions if each.record_id in documents)


def make_facets(pairs: Iterable[tuple[Edition, Document]]) -> None:
    """Saves what each of these editions, which have no facets, can be found by."""
    found = (Facet(edition=edition, **facet._asdict()) for edition, document in pairs for facet in document.facets())
    Facet.objects.bulk_create(found, batch_size=500)


def remove_pending(pending: Sequence[Edition]) -> None:
    """Takes out editions that nobody could read yet, and closes the gaps that they leave.

    Three queries, and one for each later edition of the same record.
    """
    gone = {edition.pk for edition in pending}
    history = _history({edition.record_id for edition in pending})
    Edition.objects.filter(pk__in=gone).delete()
    before = []
    for editions in history.values():
        kept = [each for each in editions if each.pk not in gone]
        first = next(number for number, each in enumerate(editions) if each.pk in gone)
        before += kept[:first][-1:]
        _close_gaps(editions, kept, since=first)
    Edition.objects.bulk_update(before, ["live_until"], batch_size=100)


def _close_gaps(editions: Sequence[Edition], kept: Sequence[Edition], *, since: int) -> None:
    """Joins what is kept of a record's editions, from a place on; what comes right before it is not saved."""
    for edition, following in zip_longest(kept, kept[1:]):
        edition.live_until = following and following.live_from
    for index in range(since, len(kept)):
        edition, previous = kept[index], kept[index - 1].digest if index else ""
        old = editions[editions.index(edition) - 1]
        if old not in kept and edition.based_on_digest == old.digest:
            edition.based_on_digest = previous  # there is no other text left to be based on
        edition.number, edition.previous_digest = index + 1, previous
        edition.save(update_fields=["number", "live_until", "previous_digest", "based_on_digest"])


def change_pending(pending: Edition, document: Document, *, at: datetime.datetime) -> None:
    """Gives an edition that nobody could read yet another instant, and the text that it has then.

    Its place among the record's editions stays as it is. Raises InstantTaken where another one lies in between.
    """
    history = _history([pending.record_id])[pending.record_id]
    index = next(i for i, each in enumerate(history) if each.pk == pending.pk)
    before, after = history[index - 1] if index else None, next(iter(history[index + 1 :]), None)
    if (before and before.live_from >= at) or (after and after.live_from <= at):
        raise InstantTaken(briefly(pending))
    said, old, is_later = _said(document), pending.digest, at > pending.live_from
    is_derived_alike = pending.rules == RULES
    for name, value in said.items():
        setattr(pending, name, value)
    pending.live_from = at
    if before:
        before.live_until = at
    # Whoever makes room comes first: no two ever cover the same instant.
    for edition in (pending, before) if is_later else (before, pending):
        if edition:
            edition.save(update_fields=["live_from", "live_until", *(said if edition is pending else ())])
    if pending.digest == old and is_derived_alike:
        return
    if after:
        after.previous_digest = pending.digest
        after.based_on_digest = pending.digest if after.based_on_digest == old else after.based_on_digest
        after.save(update_fields=["previous_digest", "based_on_digest"])
    pending.facets.all().delete()
    make_facets([(pending, document)])


def take_note_away(release: Release) -> None:
    """Empties the change notes that a release gave to its editions, in a redaction."""
    release.editions.filter(change_note_en=release.note_en).update(change_note_en="")
    release.editions.filter(change_note_fr=release.note_fr).update(change_note_fr="")


def derive_anew(editions: Sequence[Edition], texts: dict[int, Document]) -> None:
    """Gives these editions what ``derived`` makes of their texts today, and their facets, in four queries or so.

    ``texts`` are the documents by the keys of the editions, for a tombstone the one that it took away; of what has none
    nothing changes. What was said stays: texts, digests, addresses and periods.
    """
    for edition in editions:
        document = texts.get(edition.pk)
        for name, value in (derived(document) if document else {"rules": RULES}).items():
            setattr(edition, name, value)
        if edition.is_tombstone:  # no search leads to it, and no filter
            edition.search_en = edition.search_fr = ""
    Edition.objects.bulk_update(editions, DERIVED, batch_size=50)
    Facet.objects.filter(edition__in=editions).delete()
    make_facets((each, texts[each.pk]) for each in editions if each.pk in texts and not each.is_tombstone)


def doubt_all() -> None:
    """Has everything be derived anew, by whatever rules it was."""
    Edition.objects.update(rules=0)


def empty(editions: Sequence[Edition], *, titles: Text, slug: str = "") -> None:
    """Takes everything that they say out of these editions; what proves them stays.

    Number, period, digests and place in the chain are as they were. ``titles`` stand in place of their own, ``slug``,
    if one is given, in place of their addresses. A tombstone keeps its reason, which its digest covers. Two queries.
    """
    for edition in editions:
        edition.is_redacted = True
        edition.title_en, edition.title_fr = titles.en, titles.fr
        edition.slug = slug or edition.slug
        edition.sort_on = None
        for name in EMPTIED:
            setattr(edition, name, "")
    columns = ["is_redacted", "title_en", "title_fr", "slug", "sort_on", *EMPTIED]
    Edition.objects.bulk_update(editions, columns, batch_size=50)
    Facet.objects.filter(edition__in=editions).delete()


def _history(record_ids: Iterable[UUID]) -> dict[UUID, list[Edition]]:
    """Each record's editions in live order. One query; texts are left out."""
    history = defaultdict(list)
    rows = Edition.objects.filter(record_id__in=list(record_ids)).defer("document", "search_en", "search_fr")
    for edition in rows.order_by("live_from"):
        history[edition.record_id].append(edition)
    return history

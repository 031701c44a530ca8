"""Deriving anew what lists find editions by, after the rules have changed; while the site serves and editors publish.

What was said is not touched: texts, digests, addresses, periods. A batch at a time, and each edition remembers by which
version of the rules it was derived, so whoever is interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from relations.documents import Document, parse
from relations.documents.base import RULES
from relations.models import Edition

from .editions import derive_anew, doubt_all
from .generation import raise_generation

BATCH = 200


def due() -> QuerySet[Edition]:
    """The editions that were derived by other rules than those of today, past, scheduled and empty ones too."""
    return Edition.objects.filter(Q(rules__lt=RULES) | Q(rules__gt=RULES))


def reindex(*, anew: bool = False) -> Iterator[tuple[int, int]]:
    """Derives what is due, or with ``anew`` all of it, and says after each batch how many are done, of how many.

    Leaves out what somebody is changing at that moment, so nobody waits for it: ``due`` tells what is left.
    """
    if anew:
        doubt_all()
    total, done, last = due().count(), 0, 0
    while batch := _next(after=last):
        last, done = batch[-1].pk, done + len(batch)
        yield done, max(done, total)


@transaction.atomic
def _next(*, after: int) -> list[Edition]:
    """Derives the next editions anew, and returns them."""
    waiting = due().filter(pk__gt=after).order_by("pk")
    batch = list(waiting.select_for_update(skip_locked=True, no_key=True)[:BATCH])
    if batch:
        derive_anew(batch, _texts(batch))
        raise_generation()
    return batch


def _texts(batch: Sequence[Edition]) -> dict[int, Document]:
    """By the key of each edition the document that it is derived from; of a tombstone the one that it took away."""
    found = {each.pk: each for each in batch if each.document}
    stones = [each for each in batch if each.is_tombstone and not each.is_redacted]
    texts = Edition.objects.filter(record_id__in={each.record_id for each in stones}).exclude(document="")
    taken = {(each.record_id, each.number + 1): each for each in (texts if stones else ())}
    found |= {each.pk: taken[each.record_id, each.number] for each in stones if (each.record_id, each.number) in taken}
    return {key: parse(each.kind, each.document) for key, each in found.items()}

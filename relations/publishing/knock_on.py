"""What a change of the schedule would do to everything else that is scheduled."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from relations.documents import parse
from relations.models import Edition, Facet

from .drafts import recited
from .naming import briefly
from .readiness import problems
from .refusals import ChangePending


@contextmanager
def nothing_else_breaks(ids: Collection[UUID], *, now: datetime.datetime) -> Iterator[None]:
    """Raises ChangePending if something scheduled that names these records was in order before and is not afterwards.

    In order: ready at its own instant, and citing what is live by then. A few queries for each such instant.
    """
    before = _out_of_order(ids, now)
    yield
    for key, edition in _out_of_order(ids, now).items():
        if key not in before:
            raise ChangePending(
                _("“%(name)s” is scheduled as well and rests on this. Move or unschedule that first.")
                % {"name": briefly(edition)}
            )


def _out_of_order(ids: Collection[UUID], now: datetime.datetime) -> dict[int, Edition]:
    """Pending editions of other records that name one of these and could not go live as they are, by key."""
    naming = Facet.objects.filter(name="ref", value__in=[str(each) for each in ids])
    others = Edition.objects.filter(live_from__gt=now, is_tombstone=False).exclude(record_id__in=ids)
    waiting = others.filter(pk__in=naming.values("edition")).order_by("live_from", "pk")
    found: dict[int, Edition] = {}
    for instant, group in groupby(waiting, lambda each: each.live_from):
        editions = {edition.record_id: edition for edition in group}
        documents = [parse(edition.kind, edition.document) for edition in editions.values()]
        faulty = {problem.record_id for problem in problems(documents, at=instant)}
        for fresh in recited(documents, at=instant):
            if fresh.id in faulty or fresh.digest != editions[fresh.id].digest:
                found[editions[fresh.id].pk] = editions[fresh.id]
    return found

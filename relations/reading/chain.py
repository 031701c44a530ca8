"""The proof: every edition carries the digest of its text and of the edition before, and a root of each day covers all.

Whoever keeps the root of a day can tell later whether what was public by then was altered, added to or taken away.
A text that had to be redacted is gone; its digest and its place in the chain remain, so the roots still hold.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from relations.models.ledger import Edition

# What stands before the first root.
GENESIS = "0" * 64
_COLUMNS = ("record_id", "kind", "number", "live_from", "digest", "previous_digest")


@dataclass(frozen=True)
class Breach:
    """An edition that is not what it was, and how that shows."""

    kind: str
    record_id: object
    number: int
    live_from: datetime.datetime
    why: str

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}, edition {self.number} of {self.live_from.isoformat()}: {self.why}"


@dataclass(frozen=True)
class Root:
    """The digest over all editions that went live by the end of a day of the site's time zone."""

    day: datetime.date
    digest: str
    editions: int  # of that day

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.digest} {self.editions}"


def breaches(instant: datetime.datetime) -> list[Breach]:
    """Everything that is wrong with what went live by an instant, in the order of going live. One query, row by row."""
    editions = Edition.objects.filter(live_from__lte=instant).select_related("redaction")
    rows = editions.order_by("record_id", "live_from").iterator(500)
    found = [
        breach
        for _record, chain in groupby(rows, key=lambda each: each.record_id)
        for breach in _of_record(list(chain))
    ]
    return sorted(found, key=lambda each: (each.live_from, str(each.record_id)))


def _of_record(chain: list[Edition]) -> Iterator[Breach]:
    before: Edition | None = None
    for place, edition in enumerate(chain, start=1):
        for why in _wrong(edition, before, place):
            yield Breach(edition.kind, edition.record_id, edition.number, edition.live_from, why)
        before = edition


def _wrong(edition: Edition, before: Edition | None, place: int) -> Iterator[str]:
    if edition.is_redacted and not edition.is_tombstone:
        if not hasattr(edition, "redaction"):
            yield "its text is gone, and no redaction says why"
    elif _digest(edition) != edition.digest:
        yield "its text does not have its digest"
    if edition.previous_digest != (before.digest if before else ""):
        yield "it does not carry the digest of the edition before it"
    if edition.number != place:
        yield f"its number should be {place}: one is missing or was added"
    if before is not None and before.live_until != edition.live_from:
        yield "the edition before it does not end where it begins"


def _digest(edition: Edition) -> str:
    """The digest of what is stored: of the very text, or of what a tombstone says."""
    text = edition.document
    if edition.is_tombstone:
        reason = {"en": edition.reason_en, "fr": edition.reason_fr}
        content = {"kind": edition.kind, "id": str(edition.record_id), "withdrawn": reason}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def roots(instant: datetime.datetime) -> list[Root]:
    """The root of each day on which something went live, oldest first; today's covers what is live so far. One query.

    A root is the SHA-256 of the root before it and of one line for each edition of the day, sorted: record, kind,
    number, instant (UTC), digest, digest of the edition before.
    """
    rows = Edition.objects.filter(live_from__lte=instant).order_by("live_from").values_list(*_COLUMNS).iterator(2000)
    found: list[Root] = []
    for day, of_day in groupby(rows, key=lambda row: timezone.localdate(row[3])):
        lines = sorted(map(_line, of_day))
        before = found[-1].digest if found else GENESIS
        digest = hashlib.sha256("\n".join([before, *lines]).encode()).hexdigest()
        found.append(Root(day, digest, len(lines)))
    return found


def _line(row: tuple) -> str:
    record, kind, number, live_from, digest, previous = row
    return f"{record} {kind} {number} {live_from.astimezone(datetime.UTC).isoformat()} {digest} {previous}"


def differing(found: Iterable[Root], kept: str) -> str | None:
    """The first line of roots kept elsewhere that the present ones do not bear out; None where all agree.

    ``kept`` is what the site published, a line for each day; blank lines and those that begin with # are left out.
    """
    known = {str(root) for root in found}
    lines = (line.strip() for line in kept.splitlines())
    return next((line for line in lines if line and not line.startswith("#") and line not in known), None)

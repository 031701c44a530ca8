"""What every verb stands on: one transaction, the records' rows locked, and what is read is read under the lock."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import DatabaseError, OperationalError, transaction
from django.utils.translation import gettext as _

from relations.documents import Document
from relations.models import BY_KIND, Record, Stage

from .naming import briefly
from .refusals import Busy, Gone, NothingChanged, SavedMeanwhile

# PostgreSQL gave up waiting for a lock, or chose this transaction to end a deadlock.
BUSY_STATES = frozenset({"55P03", "40P01", "40001"})


def is_busy(error: DatabaseError) -> bool:
    """Whether the database only says that somebody else is changing the same rows: trying again may well help."""
    return getattr(error.__cause__, "sqlstate", None) in BUSY_STATES or "database is locked" in str(error)


def verb(function: Callable) -> Callable:
    """Makes a function a verb: all of it or nothing. Raises Busy where others keep the records locked for too long."""

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except OperationalError as error:
            if not is_busy(error):
                raise
            raise Busy(
                _("Somebody else is changing the same records right now. Nothing was changed; try again in a moment.")
            ) from error

    return run


def lock(records: Sequence[Record]) -> list[Record]:
    """These records as they are now, each once, locked until the transaction ends. Raises Gone, or NothingChanged.

    Always in the same order, so that two releases cannot wait for each other. What the caller holds may have
    been read before somebody else saved; only what is read under the lock may be published.
    """
    if not records:
        raise NothingChanged(_("Nothing was chosen."))
    by_model = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record.pk)
    fresh: dict = {}
    for model in sorted(by_model, key=lambda each: each.KIND):
        rows = model.objects.select_for_update().filter(pk__in=by_model[model]).order_by("pk")
        fresh |= {row.pk: row for row in rows}
    for record in records:
        if record.pk not in fresh:
            raise Gone(_("“%(name)s” was deleted from the desk.") % {"name": briefly(record)})
    return [fresh[key] for key in dict.fromkeys(record.pk for record in records)]


def rows_of(named: Iterable[tuple[str, UUID]], *, locked: bool = False) -> list[Record]:
    """The desk rows of these (kind, id) as they are now; what was deleted is left out. One query per kind.

    ``locked``, as by ``lock``, until the transaction ends.
    """
    by_kind = defaultdict(list)
    for kind, identity in named:
        by_kind[kind].append(identity)
    found: list[Record] = []
    for kind in sorted(by_kind):
        rows = BY_KIND[kind].objects.filter(pk__in=by_kind[kind]).order_by("pk")
        found += rows.select_for_update() if locked else rows
    return found


def settle(records: Sequence[Record], documents: Sequence[Document], seen: Mapping[UUID, str] | None = None) -> None:
    """Makes what locked records say of themselves agree with their documents, which were just frozen.

    ``seen`` maps the ids of records to the desk digests that the person looked at; raises SavedMeanwhile where the
    desk has moved on. A text that changed past the forms was approved by nobody.
    """
    changed = defaultdict(list)
    for record, document in zip(records, documents, strict=True):
        digest = document.desk_digest
        if seen and seen.get(record.pk, digest) != digest:
            raise SavedMeanwhile
        if record.desk_digest != digest:
            record.desk_digest = digest
            record.stage = Stage.DRAFT if record.stage == Stage.APPROVED else record.stage
            changed[type(record)].append(record)
    for model, rows in changed.items():
        model._base_manager.bulk_update(rows, ["desk_digest", "stage"], batch_size=100)

"""Revisions: what the desk copy was each time it was saved, and the way back to any of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from relations.documents import Document, freeze_all, parse
from relations.models import Edition, Record, Revision, Stage

from .desk import put_on_desk
from .languages import mark_behind
from .locking import lock, settle, verb
from .margins import Clock
from .moves import Standing, User, Verb, judge, record_move, standing
from .refusals import NothingChanged

Origin = Revision.Origin


@transaction.atomic
def save_revision(record: Record, *, by: AbstractBaseUser | None, origin: str = Origin.ADMIN) -> Document:
    """Keeps the desk copy as it now stands and returns its document. Call after its children were saved.

    Nothing public changes. A save that changed nothing keeps no revision, unless a pack brought it; one that did
    makes the desk copy a draft again, whatever somebody approved.
    """
    return save_revisions([record], by=by, origin=origin)[0]


@transaction.atomic
def save_revisions(
    records: Sequence[Record], *, by: AbstractBaseUser | None, origin: str = Origin.ADMIN
) -> list[Document]:
    """Does for many records, in a few queries, what ``save_revision`` does for one."""
    documents = freeze_all(records)
    kept: list[Revision] = []
    changed: dict[type[Record], list[Record]] = defaultdict(list)
    for record, document in zip(records, documents, strict=True):
        digest = document.desk_digest
        if digest != record.desk_digest or origin == Origin.PACK:
            kept.append(_revision(document, by, origin))
        if digest != record.desk_digest:
            record.desk_digest, record.stage = digest, Stage.DRAFT
            changed[type(record)].append(record)
    mark_behind([each for rows in changed.values() for each in rows], documents, anew=origin == Origin.RESTORE)
    Revision.objects.bulk_create(kept, batch_size=50)
    for model, rows in changed.items():
        model._base_manager.bulk_update(rows, ["desk_digest", "stage", "french_behind"], batch_size=100)
    return documents


def _revision(document: Document, by: AbstractBaseUser | None, origin: str) -> Revision:
    return Revision(
        kind=document.kind,
        record_id=document.id,
        document=document.canonical(),
        desk_digest=document.desk_digest,
        origin=origin,
        made_by=by,
    )


@verb
def restore(
    record: Record, *, document: Document, by: User, clock: Clock, reason: str = "", seen: str = ""
) -> Document:
    """Puts an older text of this record, of a revision or an edition, back on the desk; nothing public changes.

    Returns the desk copy as it is then: sources are cited as they are called now. ``seen`` is the desk digest that
    the person looked at. Raises NotAllowed, SavedMeanwhile, NothingChanged, NotRestorable, Gone or Busy.
    """
    record, known = _as_it_stands(record, clock, seen)
    return _bring_back(record, document, known, Verb.RESTORE, by=by, reason=reason)


@verb
def discard(record: Record, *, by: User, clock: Clock, reason: str = "", seen: str = "") -> Document:
    """Sets the desk copy back to what is live, and returns it as it is then. What was discarded stays a revision.

    ``seen`` is the desk digest that the person looked at. Raises as ``restore``, and NotLive.
    """
    record, known = _as_it_stands(record, clock, seen)
    judge(Verb.DISCARD, record, by, known)
    live = Edition.objects.get(pk=known.live.pk)
    return _bring_back(record, parse(live.kind, live.document), known, Verb.DISCARD, by=by, reason=reason)


def _as_it_stands(record: Record, clock: Clock, seen: str) -> tuple[Record, Standing]:
    """The locked record and its standing; whatever came to the desk past its forms is kept before it goes."""
    [record] = lock([record])
    now = save_revision(record, by=None)
    settle([record], [now], {record.pk: seen} if seen else None)
    return record, standing(record, at=clock())


def _bring_back(record: Record, document: Document, known: Standing, name: Verb, *, by: User, reason: str) -> Document:
    judge(name, record, by, known)
    if record.desk_digest == document.desk_digest:
        raise NothingChanged(_("The desk copy is exactly this text."))
    before = record.stage
    row = put_on_desk(document)
    brought = save_revision(row, by=by, origin=Origin.RESTORE)
    record_move(row, name, by=by, at=known.at, reason=reason, stage_from=before)
    return brought


def last_from_pack(record_id) -> Document | None:
    """The document that the last content pack brought for this record; None if none did."""
    revision = Revision.objects.filter(record_id=record_id, origin=Origin.PACK).order_by("made_at", "pk").last()
    return revision and parse(revision.kind, revision.document)

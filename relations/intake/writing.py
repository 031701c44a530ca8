"""Writing what was planned to the desk: locked, compared with what the plan was made of, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from relations.documents import Document, freeze_all, thaw, thaw_new
from relations.models import Record
from relations.publishing import save_revisions, whole
from relations.publishing.locking import rows_of

from .deletions import NAMED_PARTS, named_parts
from .plan import Step
from .problems import Broken, Problem

AT_ONCE = 100  # new records that are written together


class Progress(NamedTuple):
    """What is being done, how much of it is done (0: cannot say), of how much."""

    step: str
    done: int
    total: int


def locked(named: Iterable[tuple[str, UUID]]) -> dict[UUID, Document]:
    """The desk copies of these (kind, id) as they are now; their rows are locked until the transaction ends."""
    return {document.id: document for document in freeze_all(rows_of(named, locked=True))}


def write(steps: Sequence[Step], *, by: AbstractBaseUser | None, origin: str) -> Iterator[Progress]:
    """Desk rows first, all of them, for they name one another; then a revision of each. Raises Broken."""
    rows: list[Record] = []
    for step in steps:
        if step.desk is not None:  # first, for one of these may give up the address that a new one has
            rows.append(thaw(_with_old_parts(step), step.desk))
            yield Progress(_("Writing"), len(rows), len(steps))
    new = [step.document for step in steps if step.desk is None]
    for start in range(0, len(new), AT_ONCE):
        rows += thaw_new(new[start : start + AT_ONCE])
        yield Progress(_("Writing"), len(rows), len(steps))
    for step in steps:
        if _old_parts(step):
            _thaw_without_old_parts(step)
    yield Progress(_("Keeping revisions"), 0, len(steps))
    save_revisions(rows, by=by, origin=origin)


def _old_parts(step: Step) -> tuple:
    """Parts that the desk has and the pack has no more, and that other rows may still name."""
    if step.desk is None:
        return ()
    new = {part.id for part in named_parts(step.document)}
    return tuple(part for part in named_parts(step.desk) if part.id not in new)


def _with_old_parts(step: Step) -> Document:
    """The document with these parts still there: those who name them are written later."""
    old = _old_parts(step)
    if not old:
        return step.document
    name = NAMED_PARTS[step.document.kind]
    return step.document.model_copy(update={name: (*named_parts(step.document), *old)})


def _thaw_without_old_parts(step: Step) -> None:
    try:
        thaw(step.document)
    except ProtectedError as error:
        names = ", ".join(sorted({f"“{whole(row)}”" for row in error.protected_objects}))
        message = _("The desk still needs a part that is gone from here: it is named by %(names)s.") % {"names": names}
        place, part = step.place, NAMED_PARTS[step.document.kind]
        raise Broken([Problem(place.file, place.record, part, message, place.line)]) from error

"""Checking: somebody looked and found a record still true. Public, and the only thing that answers a doubt."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from relations.documents import Document, Source, citations, parse
from relations.models import Check, Edition, Record

from .generation import raise_generation
from .locking import lock, verb
from .margins import MARGIN, Clock, refuse_if_late
from .moves import User, Verb, judge, record_move, standing
from .refusals import CheckedLater, NotLive, NotYet, UnknownSource, WrongOrder


@verb
def verify(
    record: Record,
    *,
    checked_on: datetime.date,
    by: User,
    clock: Clock,
    due_on: datetime.date | None = None,
    source: UUID | None = None,
    note: str = "",
    french_fits: bool = False,
) -> Check:
    """Records that what is live was found still true on this day, and returns the check; no text changes.

    ``due_on`` is when to look again; without one it follows from the document (``Document.check_after``), which may
    know of none. The desk's own reminder moves there too. ``source`` is what it was checked against, one of those
    that the live text names, by id; readers see it, but not the ``note``, which must say it where no source does.
    ``french_fits``: the French was read again as well, and says what the English says.

    Raises NotAllowed, NotLive, NotYet (a day that has not come), WrongOrder (due before it was checked), CheckedLater
    (somebody looked on a later day), UnknownSource, Gone, TooLate or Busy.
    """
    [record] = lock([record])
    now = clock()
    known = standing(record, at=now)
    judge(Verb.VERIFY, record, by, known)
    if known.live is None:
        raise NotLive(_("“%(name)s” is not on the site.") % {"name": record})
    document = _document(known.live)
    _refuse_odd_days(record, checked_on, due_on, today=timezone.localdate(now))
    _refuse_unknown_source(document, source, note)
    at = clock() + MARGIN
    check = Check.objects.create(
        kind=record.KIND,
        record_id=record.pk,
        checked_on=checked_on,
        due_on=due_on or document.check_after(checked_on),
        source_id=source,
        note=note,
        live_from=at,
        made_by=by,
    )
    _remind(record, check, french_fits=french_fits)
    record_move(record, Verb.VERIFY, by=by, at=now, reason=note, edition=known.live)
    raise_generation()
    refuse_if_late(at, clock)
    return check


def may_be_checked_against(document: Document) -> list[UUID]:
    """The ids of the sources against which this live document can be checked; a source against itself."""
    if isinstance(document, Source):
        return [document.id]
    return [citation.source.id for citation in citations(document)]


def _document(live: Edition) -> Document:
    text = Edition.objects.values_list("document", flat=True).get(pk=live.pk)
    return parse(live.kind, text)


def _refuse_odd_days(
    record: Record, checked_on: datetime.date, due_on: datetime.date | None, *, today: datetime.date
) -> None:
    if checked_on > today:
        raise NotYet(_("That day has not come yet."))
    if due_on and due_on <= max(checked_on, today):
        raise WrongOrder(_("The next check has to lie ahead."))
    last = Check.objects.filter(record_id=record.pk).order_by("live_from").last()
    if last and last.checked_on > checked_on:
        raise CheckedLater(_("Somebody checked it on a later day already: %(day)s.") % {"day": last.checked_on})


def _refuse_unknown_source(document: Document, source: UUID | None, note: str) -> None:
    if source is None and not note.strip():
        raise UnknownSource(_("Say what it was checked against: a source that it names, or in words."))
    if source is not None and source not in may_be_checked_against(document):
        raise UnknownSource(_("The text that is live does not name this source. Cite it first, or say it in words."))


def _remind(record: Record, check: Check, *, french_fits: bool) -> None:
    """Moves the desk's own reminder on. Not a save: the text is what it was, and nobody's open form is overtaken."""
    changes = {"review_by": check.due_on, **({"french_behind": []} if french_fits else {})}
    type(record)._base_manager.filter(pk=record.pk).update(**changes)

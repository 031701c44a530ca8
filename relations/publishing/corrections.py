"""Corrections: an error that was public is put right in public, and said so on every edition that carried it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from relations.documents import Text
from relations.models import Correction, Edition, Record, Report

from .lifecycle import Order, go_live
from .locking import lock, verb
from .margins import Clock, refuse_if_late
from .moves import Standing, User, Verb, judge, standing
from .naming import called
from .readiness import Problem
from .rebasing import Choices
from .refusals import NotReady
from .reports import settle


@dataclass(frozen=True)
class Erratum:
    """What the public is told: what was wrong, what is right, and which editions, both included, carried the error."""

    wrong: Text
    right: Text
    first_edition: int
    last_edition: int
    reported_by: str = ""  # a reader who agreed to be named


@verb
def correct(
    record: Record,
    *,
    erratum: Erratum,
    by: User,
    clock: Clock,
    reason: str = "",
    pending: str = "",
    choices: Choices | None = None,
    seen: Mapping[UUID, str] | None = None,
    report: Report | None = None,
) -> Correction:
    """Publishes the desk copy now and says from the same instant what was wrong before; returns the correction.

    Where a reader's report led to it, that is its outcome. Raises NotLive, NotReady (a notice in one language only, or
    about editions that readers never found), and what ``publish`` and ``decide`` raise.
    """
    [record] = lock([record])
    known = standing(record, at=clock())
    judge(Verb.CORRECT, record, by, known)
    if found := list(_problems(record, erratum, known)):
        raise NotReady(found)
    order = Order(note=_note(erratum.right), reason=reason, pending=pending, choices=choices, seen=seen)
    [edition] = go_live([record], Verb.CORRECT, at=None, by=by, clock=clock, order=order)
    correction = Correction.objects.create(
        kind=edition.kind,
        record_id=edition.record_id,
        relationship_id=edition.relationship_id,
        first_edition=erratum.first_edition,
        last_edition=erratum.last_edition,
        wrong_en=erratum.wrong.en,
        wrong_fr=erratum.wrong.fr,
        right_en=erratum.right.en,
        right_fr=erratum.right.fr,
        reported_by=erratum.reported_by,
        live_from=edition.live_from,
        made_by=by,
    )
    if report:
        said, at = Report.State.CORRECTED, edition.live_from
        settle(report, state=said, text=erratum.right, by=by, at=at, correction=correction)
    refuse_if_late(edition.live_from, clock)
    return correction


def correctable(known: Standing) -> list[Edition]:
    """The editions that a correction can be about: what readers found at some time, and may still read."""
    return known.texts


def _problems(record: Record, erratum: Erratum, known: Standing) -> Iterator[Problem]:
    for where, text in ((_("what was wrong"), erratum.wrong), (_("what is right"), erratum.right)):
        if text.missing:
            message = _("Say it in both languages; it is shown to the public.")
            yield Problem(record.KIND, record.pk, called(record), where, message)
    numbers = {each.number for each in correctable(known)}
    if not {erratum.first_edition, erratum.last_edition} <= numbers or erratum.last_edition < erratum.first_edition:
        message = _("Choose editions that readers could find, the first one first.")
        yield Problem(record.KIND, record.pk, called(record), _("editions"), message)


def _note(right: Text) -> Text:
    """The public change note of the edition that puts it right."""
    said = {}
    for language in ("en", "fr"):
        with translation.override(language):
            said[language] = _("Correction: %(right)s") % {"right": getattr(right, language)}
    return Text(**said)


def unquote(record: Record, *, redacted: Sequence[Edition], words: Text) -> None:
    """Takes out of this record's corrections what they quote of editions that are redacted; ``words`` take its place.

    A correction quotes the editions that carried the error, and says again what the one that put it right says. Two
    queries; one where nothing was ever corrected.
    """
    numbers, instants = {each.number for each in redacted}, {each.live_from for each in redacted}
    corrections = list(Correction.objects.select_for_update().filter(record_id=record.pk))
    for each in corrections:
        if numbers & set(range(each.first_edition, each.last_edition + 1)):
            each.wrong_en, each.wrong_fr = words.en, words.fr
        if each.live_from in instants:
            each.right_en, each.right_fr = words.en, words.fr
    Correction.objects.bulk_update(corrections, ["wrong_en", "wrong_fr", "right_en", "right_fr"])

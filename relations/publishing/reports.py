"""Readers' reports: what somebody says is wrong goes in here, and only its outcome comes out.

The one desk table that readers write to. No function here returns a reader's words, name or e-mail to a public page.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from relations.documents import Text
from relations.models import Correction, Edition, Record, Report

from .generation import raise_generation
from .limits import DAY, Door, enter
from .locking import verb
from .margins import MARGIN, Clock, refuse_if_late
from .moves import User
from .refusals import NotAllowed, ReasonMissing, TooMany, WrongStage

State = Report.State
RIGHT = "relations.change_report"
# Of one network: an office that reads a long page together, and not a flood.
AN_HOUR, A_DAY = 5, 20
# Who sent a report is forgotten when it is decided, and after this time whether it is or not.
KEPT = datetime.timedelta(days=90)
# Of a report, all that a public page may know.
PUBLIC = (
    "pk", "path", "kind", "record_id", "edition_number", "made_at",
    "state", "outcome_en", "outcome_fr", "correction_id", "decided_at",
)  # fmt: skip


@dataclass(frozen=True)
class About:
    """The page that a report is about: a path without its language, and of a record's page which edition it showed.

    All of it is empty where the report is about no page in particular.
    """

    path: str = ""
    kind: str = ""
    record_id: UUID | None = None
    number: int | None = None


@dataclass(frozen=True)
class Words:
    """What a reader wrote, as the form has checked it."""

    text: str
    evidence: str = ""
    name: str = ""
    email: str = ""
    may_be_named: bool = False


@dataclass(frozen=True)
class Outcome:
    """What everybody may know of a report at some instant; without an outcome yet, ``decided_at`` is None."""

    number: int
    about: About
    made_at: datetime.datetime
    state: str
    text: Text
    correction_id: int | None
    decided_at: datetime.datetime | None


# ---- what readers do -----------------------------------------------------------------------------------------------


def report(words: Words, *, about: About, language: str, form: str, network: str, at: datetime.datetime) -> int:
    """Lays what a reader wrote on the desk, and returns the number of the report.

    ``form`` tells one showing of the form from another: the same words sent twice with it are one report, and count
    once. Raises TooMany where this network has sent enough for now.
    """
    sent = "\n".join([form, about.path, words.text, words.evidence])
    fingerprint = salted_hmac("relations.publishing.reports", sent, algorithm="sha256").hexdigest()
    known = Report.objects.filter(fingerprint=fingerprint).values_list("pk", flat=True).first()
    if known is not None:
        return known
    if not enter(_doors(network), at=at):
        message = _("Many reports came from your network, more than we take at once. Nothing is lost: send it later.")
        raise TooMany(message)
    given = {
        "path": about.path,
        "kind": about.kind,
        "record_id": about.record_id,
        "edition_number": about.number,
        "language": language,
        "text": words.text,
        "evidence": words.evidence,
        "name": words.name,
        "email": words.email,
        "may_be_named": words.may_be_named,
        "made_at": at,
    }
    row, _is_new = Report.objects.get_or_create(fingerprint=fingerprint, defaults=given)
    return row.pk


def outcome(number: int, *, at: datetime.datetime) -> Outcome | None:
    """What could be known at this instant of the report of this number; None where it had not come. One query."""
    row = Report.objects.filter(pk=number, made_at__lte=at).values(*PUBLIC).first()
    return row and _as_of(row, at)


def decided(*, at: datetime.datetime) -> QuerySet:
    """The reports that were decided by this instant, the newest decision first; each as ``outcomes`` takes it."""
    return Report.objects.filter(decided_at__lte=at).order_by("-decided_at", "-pk").values(*PUBLIC)


def outcomes(rows: QuerySet, *, at: datetime.datetime) -> list[Outcome]:
    """What could be known of these rows at this instant. Costs their query."""
    return [_as_of(row, at) for row in rows]


def _as_of(row: dict[str, Any], at: datetime.datetime) -> Outcome:
    is_decided = row["decided_at"] is not None and row["decided_at"] <= at
    return Outcome(
        number=row["pk"],
        about=About(row["path"], row["kind"], row["record_id"], row["edition_number"]),
        made_at=row["made_at"],
        state=row["state"] if is_decided else State.OPEN,
        text=Text(en=row["outcome_en"], fr=row["outcome_fr"]) if is_decided else Text(en="", fr=""),
        correction_id=row["correction_id"] if is_decided else None,
        decided_at=row["decided_at"] if is_decided else None,
    )


def _doors(network: str) -> list[Door]:
    hour = datetime.timedelta(hours=1)
    return [Door(f"reports from {network}", AN_HOUR, hour), Door(f"reports of a day from {network}", A_DAY, DAY)]


# ---- what the desk does --------------------------------------------------------------------------------------------


@verb
def decide(
    row: Report, *, state: str, text: Text, by: User, clock: Clock, correction: Correction | None = None
) -> Report:
    """Says in public, from now on and for good, what came of a report; and forgets who sent it.

    Raises NotAllowed, ReasonMissing (not in both languages), WrongStage (somebody has decided it) and TooLate.
    """
    at = clock() + MARGIN
    decided = settle(row, state=state, text=text, by=by, at=at, correction=correction)
    refuse_if_late(at, clock)
    return decided


def settle(
    row: Report, *, state: str, text: Text, by: User, at: datetime.datetime, correction: Correction | None = None
) -> Report:
    """The same inside the transaction of another verb, from the instant at which that verb's work is public."""
    if by is not None and not by.has_perm(RIGHT):
        raise NotAllowed(_("You may not decide what comes of readers’ reports."))
    if text.missing:
        raise ReasonMissing(_("Say in both languages what came of it; it is shown to the public."))
    row = Report.objects.select_for_update().get(pk=row.pk)
    if row.state != State.OPEN:
        raise WrongStage(_("%(report)s is decided already.") % {"report": row})
    row.state, row.outcome_en, row.outcome_fr = state, text.en, text.fr
    row.correction, row.decided_at, row.decided_by = correction, at, by
    row.name = row.email = ""
    row.save()
    raise_generation()
    return row


def unquote(record: Record, *, redacted: Sequence[Edition], words: Text, hides_address: bool) -> None:
    """Takes out of the reports about these editions, and of their outcomes, what they quote of them, in a redaction.

    So it does where one of these editions was the correction that answered a report. ``words`` take its place. With
    ``hides_address`` no report on the record names its page any more. Three queries.
    """
    about = Report.objects.filter(record_id=record.pk)
    numbers, instants = [each.number for each in redacted], [each.live_from for each in redacted]
    quoting = about.filter(Q(edition_number__in=numbers) | Q(correction__live_from__in=instants))
    quoting.update(text=words.en, evidence="")
    quoting.exclude(state=State.OPEN).update(outcome_en=words.en, outcome_fr=words.fr)
    if hides_address:
        about.update(path="")


def forget(*, at: datetime.datetime) -> int:
    """Removes names and e-mails that were kept for long enough, and returns of how many reports."""
    old = Report.objects.filter(~Q(name="") | ~Q(email=""), made_at__lte=at - KEPT)
    return old.update(name="", email="")

"""The moves: which verb may be called when, by whom, and why not. One table, which the verbs and the desk both ask.

A record's stage says how far its desk copy has come. Live, changed and scheduled are no stages: they follow from
its editions and the clock.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User as Person
from django.utils.translation import gettext as _

from relations.documents import freeze
from relations.models import Edition, Move, Record, Release, Revision, Stage

from .naming import briefly
from .notices import announce
from .refusals import (
    ChangePending,
    NotAllowed,
    NothingChanged,
    NotLive,
    OwnWork,
    ReasonMissing,
    Refusal,
    TextRedacted,
    WrongStage,
)

Verb = Move.Verb
User = Person | None  # None: the system itself, which may do everything and needs no second pair of eyes


@dataclass(frozen=True)
class Rule:
    """When a verb may be called: from which stages, which stage follows (None: the same), with which right."""

    stages: frozenset[Stage]
    to: Stage | None
    right: str  # "change": the right to change records of that kind
    wants_reason: bool = False


ANY = frozenset(Stage)
# What was returned has to be submitted again, or saved: nobody publishes over a colleague's objection by accident.
NOT_RETURNED = ANY - {Stage.RETURNED}

MOVES: dict[Verb, Rule] = {
    Verb.SUBMIT: Rule(frozenset({Stage.DRAFT, Stage.RETURNED}), Stage.SUBMITTED, "change"),
    Verb.SEND_BACK: Rule(frozenset({Stage.SUBMITTED, Stage.APPROVED}), Stage.RETURNED, "review_record", True),
    Verb.APPROVE: Rule(frozenset({Stage.SUBMITTED}), Stage.APPROVED, "review_record"),
    Verb.PUBLISH: Rule(NOT_RETURNED, Stage.DRAFT, "publish_record"),
    Verb.SCHEDULE: Rule(NOT_RETURNED, Stage.DRAFT, "publish_record"),
    Verb.CORRECT: Rule(NOT_RETURNED, Stage.DRAFT, "correct_record"),
    Verb.UNSCHEDULE: Rule(ANY, None, "publish_record"),
    Verb.REBASE: Rule(ANY, None, "publish_record"),
    Verb.WITHDRAW: Rule(ANY, None, "withdraw_record", True),
    Verb.RESTORE: Rule(ANY, Stage.DRAFT, "change"),
    Verb.DISCARD: Rule(ANY, Stage.DRAFT, "change"),
    Verb.VERIFY: Rule(ANY, None, "publish_record"),
    Verb.REDACT: Rule(ANY, None, "redact_record", True),
}
# The verbs that put the desk copy in front of the public, and so need a second pair of eyes.
GOING_LIVE = frozenset({Verb.PUBLISH, Verb.SCHEDULE, Verb.CORRECT})


@dataclass(frozen=True)
class Standing:
    """What the ledger and the revisions say of one record at an instant."""

    at: datetime.datetime
    editions: tuple[Edition, ...] = ()  # in live order, without their texts
    authors: frozenset[int] = frozenset()  # who changed the desk copy since what was public last

    @property
    def live(self) -> Edition | None:
        """What readers find at the instant; None where there is nothing, or a notice of withdrawal."""
        past = [each for each in self.editions if each.live_from <= self.at]
        return past[-1] if past and past[-1] in self.texts else None

    @property
    def texts(self) -> list[Edition]:
        """What readers could find at some time and may still read, the newest last."""
        past = (each for each in self.editions if each.live_from <= self.at)
        return [each for each in past if not (each.is_tombstone or each.is_redacted)]

    @property
    def redacted(self) -> frozenset[str]:
        """The desk digests of the texts that were redacted."""
        return frozenset(each.desk_digest for each in self.editions if each.is_redacted and not each.is_tombstone)

    @property
    def pending(self) -> list[Edition]:
        """What waits for its time, the next first."""
        return [each for each in self.editions if each.live_from > self.at]

    @property
    def outdated(self) -> list[Edition]:
        """What waits for its time and was made before a fix that goes live earlier."""
        return [each for each in self.pending if each.based_on_digest != each.previous_digest]


def standings(records: Sequence[Record], *, at: datetime.datetime, fresh: bool = False) -> dict[UUID, Standing]:
    """The standing of each of these records at this instant, by id. Two queries.

    ``fresh``: the rows were read just now. Then one query will do where all are public as they stand.
    """
    ids = [record.pk for record in records]
    editions = defaultdict(list)
    rows = Edition.objects.filter(record_id__in=ids).defer("document", "search_en", "search_fr")
    for edition in rows.order_by("live_from"):
        editions[edition.record_id].append(edition)
    public = {key: _last_public(editions[key], at) for key in ids}
    # Nobody has changed what stands on the desk as it is public.
    same = {
        each.pk for each in records if fresh and public[each.pk] and public[each.pk].desk_digest == each.desk_digest
    }
    saves = defaultdict(list)
    for save in (
        Revision.objects.filter(record_id__in=[key for key in ids if key not in same]).order_by("-pk").defer("document")
    ):
        saves[save.record_id].append(save)
    return {key: Standing(at, tuple(editions[key]), frozenset(_authors(saves[key], public[key]))) for key in ids}


def standing(record: Record, *, at: datetime.datetime, fresh: bool = False) -> Standing:
    """The standing of one record at this instant; see ``standings``."""
    return standings([record], at=at, fresh=fresh)[record.pk]


def _last_public(editions: list[Edition], at: datetime.datetime) -> Edition | None:
    public = [each for each in editions if each.live_from <= at and not each.is_tombstone]
    return public[-1] if public else None


def _authors(saves: Iterable[Revision], public: Edition | None) -> Iterable[int]:
    """Who saved anything after the text that was public last. ``saves`` come newest first."""
    found, since = [], []
    for save in saves:
        if public and save.desk_digest == public.desk_digest:
            return since
        if save.origin == Revision.Origin.REBASE:
            continue  # nobody's words: what was scheduled, back on the desk
        found.append(save)
        since += [save.made_by_id] if save.made_by_id else []
    # That text was never saved as such, for instance because a unit got another name meanwhile.
    return [each.made_by_id for each in found if each.made_by_id and (not public or each.made_at > public.made_at)]


def may(verb: Verb, record: Record | type[Record], user: User) -> bool:
    """Whether this person has the right to call this verb on records of this kind at all."""
    right = MOVES[verb].right
    codename = f"change_{record._meta.model_name}" if right == "change" else right
    return user is None or user.has_perm(f"relations.{codename}")


def is_reviewed(record: Record, user: User, known: Standing) -> bool:
    """Whether two people saw the desk copy if this person puts it live: it was approved, or they did not write it."""
    return record.stage == Stage.APPROVED or user is None or user.pk not in known.authors


def says_again(record: Record, digests: Collection[str]) -> bool:
    """Whether the desk copy is one of these texts, by their desk digests, whatever fields its form has gained since.

    A few queries, unless there are none to compare it with.
    """
    return bool(digests) and not freeze(record).desk_digests.isdisjoint(digests)


def judge(verb: Verb, record: Record, user: User, known: Standing) -> None:
    """Raises the Refusal that keeps this person from calling this verb on this record; returns if nothing does.

    What depends on the text or the time that is asked for (is it ready, does it lie ahead) is not judged here.
    """
    rule, names = MOVES[verb], {"name": briefly(record)}
    if not may(verb, record, user):
        raise NotAllowed(_("You have no right to do this."))
    if record.stage not in rule.stages:
        raise WrongStage(_wrong_stage(verb, record, names))
    if verb == Verb.SUBMIT and known.live and known.live.desk_digest == record.desk_digest:
        raise NothingChanged(_("“%(name)s” is already live exactly as it stands.") % names)
    if verb == Verb.APPROVE and user and user.pk in known.authors:
        raise OwnWork(_("You wrote a part of this change yourself. Somebody else has to approve it."))
    if verb in GOING_LIVE and not is_reviewed(record, user, known) and not may_publish_own(user):
        raise OwnWork(_("You wrote this change and nobody has reviewed it. Submit it, so that a colleague can."))
    if verb in GOING_LIVE and says_again(record, known.redacted):
        raise TextRedacted(_("Exactly this text was redacted. Change it before it goes live again."))
    if verb == Verb.REDACT and not known.texts:
        raise NotLive(_("“%(name)s” has no edition left to redact.") % names)
    if verb in {Verb.CORRECT, Verb.DISCARD, Verb.VERIFY} and not known.live:
        raise NotLive(_("“%(name)s” is not on the site.") % names)
    if verb == Verb.DISCARD and known.live.desk_digest == record.desk_digest:
        raise NothingChanged(_("“%(name)s” is already live exactly as it stands.") % names)
    if verb in {Verb.UNSCHEDULE, Verb.REBASE} and not known.pending:
        raise NotLive(_("Nothing is scheduled for “%(name)s”.") % names)
    if verb == Verb.REBASE and not known.outdated:
        raise NothingChanged(_("What is scheduled for “%(name)s” is based on what is live.") % names)
    if verb == Verb.WITHDRAW:
        _judge_withdrawal(known, names)


def _wrong_stage(verb: Verb, record: Record, names: dict[str, Any]) -> str:
    if record.stage == Stage.RETURNED:
        return _("“%(name)s” was returned with a comment. Submit it again first.") % names
    if verb == Verb.SUBMIT:
        return _("“%(name)s” was submitted already.") % names
    if verb == Verb.APPROVE and record.stage == Stage.APPROVED:
        return _("“%(name)s” is approved already.") % names
    return _("“%(name)s” was not submitted for review.") % names


def _judge_withdrawal(known: Standing, names: dict[str, Any]) -> None:
    if known.pending and not known.pending[-1].is_tombstone:
        raise ChangePending(_("A change is scheduled for “%(name)s”. Unschedule it first.") % names)
    if not known.live:
        raise NotLive(_("“%(name)s” is not on the site.") % names)


def may_publish_own(user: User) -> bool:
    """Whether this person may put their own unreviewed work live, with a written reason."""
    return user is None or user.has_perm("relations.publish_own_record")


def why_not(
    verb: Verb, record: Record, user: User, *, at: datetime.datetime, known: Standing | None = None
) -> str | None:
    """Why this verb would be refused to this person at this instant, in words; None if it would not.

    Two queries, or none with ``known``, the record's ``standing`` at that instant.
    """
    try:
        judge(verb, record, user, known or standing(record, at=at))
    except Refusal as refusal:
        return str(refusal)
    return None


def need_reason(verb: Verb, reason: str) -> None:
    """Raises ReasonMissing where the verb wants a reason and this is none."""
    if MOVES[verb].wants_reason and not reason.strip():
        raise ReasonMissing(_("Say why."))


def a_move(
    record: Record,
    verb: Verb,
    *,
    by: User,
    at: datetime.datetime,
    reason: str = "",
    stage_from: str | None = None,
    stage_to: str | None = None,
    edition: Edition | None = None,
    release: Release | None = None,
    unreviewed: bool = False,
    pending: str = "",
) -> Move:
    """An unsaved move of this record; see ``record_move``."""
    before = record.stage if stage_from is None else stage_from
    return Move(
        kind=record.KIND,
        record_id=record.pk,
        verb=verb,
        stage_from=before,
        stage_to=stage_to or MOVES[Verb(verb)].to or before,
        desk_digest=record.desk_digest,
        reason=reason,
        is_unreviewed=unreviewed,
        pending=pending,
        edition_number=edition.number if edition else None,
        release=release,
        made_at=at,
        made_by=by,
    )


def record_move(record: Record, verb: Verb, *, by: User, at: datetime.datetime, **how: Any) -> Move:
    """Writes down that this person called this verb at this instant, and why (``reason``).

    Call in the verb's transaction. ``stage_from`` and ``stage_to`` follow from the record and the table unless given;
    ``edition``, ``release`` and ``unreviewed`` where they apply. Moves the stage itself nowhere: see ``advance``.
    """
    return record_moves([a_move(record, verb, by=by, at=at, **how)])[0]


def record_moves(moves: Sequence[Move]) -> list[Move]:
    """Writes these moves down, each made by ``a_move``; whom they concern is told after the commit.

    One query per five hundred.
    """
    made = Move.objects.bulk_create(moves, batch_size=500)
    announce(made)
    return made


def advance(records: Sequence[Record], verb: Verb) -> None:
    """Moves the stage of these locked records on as the table says. A query per kind, none if nothing moves."""
    stage = MOVES[verb].to
    by_model = defaultdict(list)
    for record in records:
        if stage is not None and record.stage != stage:
            by_model[type(record)].append(record.pk)
            record.stage = stage
    for model, keys in by_model.items():
        model._base_manager.filter(pk__in=keys).update(stage=stage)

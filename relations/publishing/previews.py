"""Previews: the site as it would be, for staff and for whom an editor made a link, while nothing is published.

A preview is a rehearsal: the desk copies really are placed in the ledger, the page is read there, and all of it is
undone. So what a preview shows is what publishing will do; there is no second way to do it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.documents import parse
from relations.models import Edition, Move, PreviewLink, PreviewOpening, Record, Release

from .drafts import draft, recited
from .editions import change_pending, edition_of, place, remove_pending
from .locking import rows_of, verb
from .margins import Clock
from .phases import Phase, phase_of
from .refusals import InThePast, Refusal
from .scratch import undone

RELEASE = "release"  # beside the kinds of records: what a preview can be of
LONGEST = datetime.timedelta(days=31)
_STEP = datetime.timedelta(microseconds=1)


class TooLong(Refusal):
    """The link would live longer than any link may."""


class UnknownLink(Exception):
    """No link has this address: never made, or made up. The two cannot be told apart."""


class LinkState(TextChoices):
    """Whether a link still shows something, and if not, why."""

    ALIVE = "alive", gettext_lazy("Works")
    EXPIRED = "expired", gettext_lazy("Expired")
    REVOKED = "revoked", gettext_lazy("Closed")
    OVER = "over", gettext_lazy("Over")  # what it showed went live, was withdrawn or was discarded


class Ended(Exception):
    """There is nothing to preview any more, or not yet.

    ``why``: as the state of its link, or its relationship is no page yet ("alone").
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class IsLive(Exception):
    """The release went live: whoever wants to read it reads the site."""


@dataclass(frozen=True)
class Subject:
    """What is previewed: one record, or the whole site as a release will make it (``kind`` is then "release")."""

    kind: str
    id: UUID

    @property
    def is_release(self) -> bool:
        return self.kind == RELEASE


@dataclass(frozen=True)
class Rehearsal:
    """What there is to read while a rehearsal lasts, and at which instant."""

    instant: datetime.datetime
    # For one record: as it is placed, and whether that is exactly what is live.
    edition: Edition | None = None
    is_unchanged: bool = False
    # The release, which may have no time yet.
    release: Release | None = None


# ---- links ---------------------------------------------------------------------------------------------------------


def share_preview(
    what: Record | Release, *, made_for: str, until: datetime.datetime, by: AbstractBaseUser | None, clock: Clock
) -> PreviewLink:
    """Makes a link that shows this record's desk copy, or the site as this release will make it, to whoever has it.

    It dies at ``until`` (aware), at once when it is revoked, and when this draft of the record is one no more: a later
    draft is nobody's business but of who gets a link to that. Raises InThePast or TooLong.
    """
    now = clock()
    if until <= now:
        raise InThePast(_("Choose a time in the future."))
    if until > now + LONGEST:
        raise TooLong(_("A link lives %(number)d days at most.") % {"number": LONGEST.days})
    to = {"release": what} if isinstance(what, Release) else {"kind": what.KIND, "record_id": what.pk}
    return PreviewLink.objects.create(made_for=made_for, expires_at=until, made_at=now, made_by=by, **to)


@verb
def revoke_preview(link: PreviewLink, *, clock: Clock) -> PreviewLink:
    """Ends a link now; it shows nothing from the next request on. Revoked twice, it keeps the first time."""
    link = PreviewLink.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at is None:
        link.revoked_at = clock()
        link.save(update_fields=["revoked_at"])
    return link


def token_of(link: PreviewLink) -> str:
    """What stands in the address of a link: its id, signed."""
    return _signer().sign(link.pk.hex)


def links_at(now: datetime.datetime) -> QuerySet[PreviewLink]:
    """All links, each knowing as ``is_over`` whether the draft that it showed is one no more. No query yet.

    From the record's next edition on, be it a text, a correction or a withdrawal, and whoever or whatever put it live;
    or from the moment at which the draft was discarded.
    """
    own = {"record_id": OuterRef("record_id")}
    went_live = Edition.objects.filter(**own, live_from__gt=OuterRef("made_at"), live_from__lte=now)
    discarded = Move.objects.filter(**own, verb=Move.Verb.DISCARD, made_at__gt=OuterRef("made_at"))
    return PreviewLink.objects.annotate(is_over=Exists(went_live) | Exists(discarded))


def state_of(link: PreviewLink, now: datetime.datetime) -> LinkState:
    """Whether a link, as ``links_at`` found it, still works at that instant."""
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.is_over:
        return LinkState.OVER
    return LinkState.ALIVE if link.expires_at > now else LinkState.EXPIRED


def link_of(token: str, *, now: datetime.datetime) -> PreviewLink:
    """The link with this token, if it is alive at this instant. One query; none for a token that is not ours.

    Raises UnknownLink or Ended.
    """
    try:
        identity = UUID(hex=_signer().unsign(token))
    except (BadSignature, ValueError) as error:
        raise UnknownLink from error
    link = links_at(now).filter(pk=identity).first()
    if link is None:
        raise UnknownLink
    if (state := state_of(link, now)) != LinkState.ALIVE:
        raise Ended(state)
    return link


def subject_of(link: PreviewLink) -> Subject:
    """What a link was made for."""
    return Subject(RELEASE, link.release_id) if link.release_id else Subject(link.kind, link.record_id)


def note_opening(link: PreviewLink, *, path: str, at: datetime.datetime) -> PreviewOpening:
    """Writes down that this page was shown through this link. Nothing about who looked."""
    longest = PreviewOpening._meta.get_field("path").max_length
    return PreviewOpening.objects.create(link=link, path=path[:longest], opened_at=at)


def _signer() -> Signer:
    return Signer(salt="relations.preview", sep=".")


# ---- rehearsals ----------------------------------------------------------------------------------------------------


@contextmanager
def rehearse(subject: Subject, *, now: datetime.datetime, alone: bool) -> Iterator[Rehearsal]:
    """While it lasts, the ledger is as it will be; afterwards it is as if nobody had asked.

    ``alone``: without anything that is not public beside the subject, as for somebody who was shown no more than that;
    else with all that is scheduled for until then. Whatever reads must be done inside, response and all. Others go on
    writing meanwhile; see ``scratch``.
    Raises Ended where there is nothing (any more) to preview, IsLive where the release has gone live.
    """
    release = _release(subject, now) if subject.is_release else None
    is_placed = release and release.state == Release.State.SCHEDULED
    if is_placed and not alone:
        yield Rehearsal(release.goes_live_at, release=release)
        return
    with undone():
        if release and release.goes_live_at and alone:
            _leave_out_others(release, now)
        yield Rehearsal(release.goes_live_at, release=release) if is_placed else _place(subject, release, now)


def _leave_out_others(release: Release, now: datetime.datetime) -> None:
    """Takes out what is scheduled for until the release without being part of it, and what its records cite of that."""
    at = release.goes_live_at
    others = list(Edition.objects.filter(live_from__gt=now, live_from__lte=at).exclude(release=release))
    remove_pending(others)
    if any(each.kind == "source" for each in others):
        own = list(release.editions.filter(is_tombstone=False, is_redacted=False))
        for edition, document in zip(own, recited([parse(e.kind, e.document) for e in own], at=at), strict=True):
            if document.digest != edition.digest:
                change_pending(edition, document, at=at)


def _release(subject: Subject, now: datetime.datetime) -> Release:
    release = Release.objects.filter(pk=subject.id).first()
    phase = release and phase_of(release, at=now)
    if phase == Phase.LIVE:
        raise IsLive
    if phase not in (Phase.OPEN, Phase.SCHEDULED):
        raise Ended(LinkState.OVER)
    return release


def _place(subject: Subject, release: Release | None, now: datetime.datetime) -> Rehearsal:
    planned = release and release.goes_live_at
    at = planned if planned and planned > now else now
    named = release.members.values_list("kind", "record_id") if release else [(subject.kind, subject.id)]
    records = rows_of(named)
    if not records and not release:
        raise Ended(LinkState.OVER)
    documents = draft(records, at=at)
    at = _free(records, at)
    live = dict(Edition.objects.live(at).filter(record_id=subject.id).values_list("record_id", "digest"))
    editions = [edition_of(document) for document in documents]
    place(editions, {document.id: document for document in documents}, at=at)
    if release:
        return Rehearsal(at, release=release)
    [edition] = editions
    return Rehearsal(at, edition=edition, is_unchanged=live.get(subject.id) == edition.digest)


def _free(records: Sequence[Record], at: datetime.datetime) -> datetime.datetime:
    """This instant, or the first one after it at which none of these records has an edition already."""
    taken = set(
        Edition.objects.filter(record_id__in=[each.pk for each in records], live_from__gte=at).values_list(
            "live_from", flat=True
        )
    )
    while at in taken:
        at += _STEP
    return at

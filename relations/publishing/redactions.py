"""Redaction: the law demands that a text goes. Its editions are emptied and say why; what proves them stays.

This is the one verb that changes what was readable, also for the past. It is public, by a list of its own, and needs a
right that only managers have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from relations.documents import Text
from relations.models import Edition, Record, Redaction

from . import corrections, reports, traces
from .editions import empty
from .generation import raise_generation
from .lifecycle import withdraw
from .locking import lock, verb
from .margins import MARGIN, Clock, refuse_if_late
from .moves import Standing, User, Verb, a_move, judge, record_moves, says_again, standing
from .naming import briefly, called
from .readiness import Problem
from .refusals import NothingChanged, NotReady, SaidElsewhere, StillLive


@verb
def redact(
    record: Record,
    *,
    editions: Collection[int],
    reason: Text,
    by: User,
    clock: Clock,
    withdrawing: bool = False,
    hides_address: bool = False,
) -> list[Redaction]:
    """Replaces the content of these editions, by number, with a public reason, and returns the redactions.

    Text, titles, change notes, facets and search words go at once, for every instant at which they were live; number,
    dates, digests and place in the chain stay, and the list of redactions names them. So go the words of corrections
    and of readers' reports that quote them, and what the desk wrote about the record (see ``traces``); not its copy.
    ``withdrawing`` takes the record off the site with it; ``hides_address`` gives the editions a neutral address, for
    one that itself says what must go.

    Raises NotAllowed, NotLive, NothingChanged (redacted already), NotReady (a reason in one language only, no edition
    that readers could find), StillLive, SaidElsewhere (another edition says the same, or has the address that is to
    be hidden), TooLate, Gone, Busy, and what ``withdraw`` raises; then nothing has changed.
    """
    [record] = lock([record])
    now = clock()
    judge(Verb.REDACT, record, by, standing(record, at=now))
    tombstone = withdraw(record, reason=reason, by=by, clock=clock) if withdrawing else None
    at = tombstone.live_from if tombstone else clock() + MARGIN
    known = standing(record, at=at)
    chosen = _chosen(record, known, editions, reason)
    _refuse_live(record, known, chosen)
    _refuse_elsewhere(known, chosen, hides_address=hides_address)
    emptied = _emptied(known, chosen)
    staying = [each for each in known.editions if each not in emptied]
    gone = known.redacted | {each.desk_digest for each in chosen}
    traces.erase(
        record,
        redacted=chosen,
        staying=staying,
        saves={each.desk_digest for each in staying} | (set() if says_again(record, gone) else {record.desk_digest}),
        words=_words(),
        hides_address=hides_address,
        at=now,
    )
    empty(emptied, titles=_words(), slug=f"redacted-{record.pk.hex[:12]}" if hides_address else "")
    corrections.unquote(record, redacted=chosen, words=_words())
    reports.unquote(record, redacted=chosen, words=_words(), hides_address=hides_address)
    redactions = Redaction.objects.bulk_create(
        Redaction(edition=each, reason_en=reason.en, reason_fr=reason.fr, live_from=at, made_by=by) for each in chosen
    )
    record_moves([a_move(record, Verb.REDACT, by=by, at=clock(), reason=reason.en, edition=each) for each in chosen])
    raise_generation()
    refuse_if_late(at, clock)
    return redactions


def _chosen(record: Record, known: Standing, numbers: Collection[int], reason: Text) -> list[Edition]:
    """The editions of these numbers, in live order."""
    if found := list(_problems(record, known, numbers, reason)):
        raise NotReady(found)
    chosen = [each for each in known.texts if each.number in numbers]
    if not chosen:
        message = _("These editions of “%(name)s” were redacted already.")
        raise NothingChanged(message % {"name": briefly(record)})
    return chosen


def _problems(record: Record, known: Standing, numbers: Collection[int], reason: Text) -> Iterator[Problem]:
    if reason.missing:
        message = _("Give the reason in both languages; it is shown to the public.")
        yield Problem(record.KIND, record.pk, called(record), _("reason"), message)
    public = {each.number for each in known.editions if each.live_from <= known.at and not each.is_tombstone}
    if not numbers or not public.issuperset(numbers):
        message = _("Choose editions that readers could find.")
        yield Problem(record.KIND, record.pk, called(record), _("editions"), message)


def _refuse_live(record: Record, known: Standing, chosen: Sequence[Edition]) -> None:
    if known.live in chosen:
        message = _("Readers find edition %(number)d of “%(name)s” now. Withdraw it as well, or publish another first.")
        raise StillLive(message % {"number": known.live.number, "name": briefly(record)})


def _refuse_elsewhere(known: Standing, chosen: Sequence[Edition], *, hides_address: bool) -> None:
    texts, addresses = {each.desk_digest for each in chosen}, {each.slug for each in chosen}
    others = [each for each in (*known.texts, *known.pending) if each not in chosen and not each.is_tombstone]
    if same := [each for each in others if each.desk_digest in texts]:
        message = _("The same text stands in edition %(numbers)s. Choose it as well; unschedule it if it waits.")
        raise SaidElsewhere(message % {"numbers": _numbers(same)}, same)
    if hides_address and (here := [each for each in others if each.slug in addresses]):
        message = _("The address stays in use by edition %(numbers)s. Choose it as well, or leave the address.")
        raise SaidElsewhere(message % {"numbers": _numbers(here)}, here)


def _numbers(editions: Sequence[Edition]) -> str:
    return ", ".join(str(each.number) for each in editions)


def _emptied(known: Standing, chosen: Sequence[Edition]) -> list[Edition]:
    """The chosen editions, what was redacted before, and the tombstones after them, which bear their titles."""
    found: list[Edition] = []
    before = None
    for edition in known.editions:
        if edition in chosen or edition.is_redacted or (edition.is_tombstone and before in found):
            found.append(edition)
        before = edition
    return found


def _words() -> Text:
    """What stands in place of titles, and of words that quote what is gone."""
    said = {}
    for language in ("en", "fr"):
        with translation.override(language):
            said[language] = _("Redacted text")
    return Text(**said)

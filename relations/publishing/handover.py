"""Handing over a post in one step: one term ends, the next begins, and every live text that lags behind is found.

Both sides are staged on the desk together; ``then`` lets them go live together, at once or at an instant. What the
public reads changes only by the verb that ``then`` calls.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from relations.models import Edition, Official, PartialDate, Post, Record, Source, Term, Vacancy

from .locking import lock, verb
from .margins import Clock
from .moves import User
from .refusals import NotAllowed, NothingChanged, Refusal, WrongOrder
from .revisions import save_revisions

Standing, Capacity = Term.Standing, Term.Capacity
# Who is to come; who has come is something else.
TO_COME = {Capacity.DESIGNATE, Capacity.NOMINEE}


class BadNewcomer(Refusal):
    """Nobody can be written down like this: no name, or an address that is taken."""


@dataclass(frozen=True)
class HandOver:
    """Who leaves a post and when, who follows and when, and the source that shows both.

    Without ``outgoing`` it was empty, or not recorded; without ``incoming`` it is empty from now on. An official who
    is not on the desk yet comes as an unsaved row. ``ends_on`` is the last day in office, ``starts_on`` the first.
    """

    post: Post
    source: Source
    outgoing: Term | None = None
    ends_on: PartialDate | None = None
    incoming: Official | None = None
    starts_on: PartialDate | None = None
    capacity: str = Capacity.HOLDER


@dataclass(frozen=True)
class Staged:
    """The desk copies that a hand-over changed, those to go live together, and the new term if there is one."""

    records: list[Record]
    term: Term | None


@verb
def hand_over(plan: HandOver, *, by: User, clock: Clock, then: Callable[[list[Record]], Any] | None = None) -> Staged:
    """Ends the term and begins the next on the desk, and calls ``then`` with all that has to go live together.

    A term in which the newcomer was only named for the post ends as well, and so does a vacancy; where nobody
    follows, one begins. Raises NotAllowed, WrongOrder, NothingChanged, BadNewcomer, Gone, Busy, or whatever ``then``
    raises; then nothing has changed.
    """
    _refuse_odd(plan, by)
    plan = _locked(plan)
    changed: list[Record] = []
    if plan.outgoing:
        changed.append(_end(plan.outgoing, plan.ends_on))
    term = None
    if plan.incoming:
        term = _begin(plan)
        changed += [plan.incoming, *_fill(plan)]
    else:
        changed.append(_empty(plan))
    records = list({record.pk: record for record in changed}.values())
    save_revisions([type(record)._base_manager.get(pk=record.pk) for record in records], by=by)
    together = [*records, *_not_live([plan.source, plan.post], clock)]
    staged = Staged(list({record.pk: record for record in together}.values()), term)
    if then:
        then(staged.records)
    return staged


def _refuse_odd(plan: HandOver, by: User) -> None:
    rights = ["change_official", "change_post"]
    rights += ["add_official"] if plan.incoming and plan.incoming._state.adding else []
    if by and not by.has_perms([f"relations.{right}" for right in rights]):
        raise NotAllowed(_("You have no right to do this."))
    outgoing, incoming = plan.outgoing, plan.incoming
    if not outgoing and not incoming:
        raise NothingChanged(_("Nobody leaves and nobody follows."))
    if bool(outgoing) != bool(plan.ends_on) or bool(incoming) != bool(plan.starts_on):
        raise WrongOrder(_("Say on which day the one leaves and the other follows, as far as it is known."))
    if outgoing and incoming and incoming.pk == outgoing.official_id and plan.capacity == outgoing.capacity:
        raise NothingChanged(_("It is the same person in the same post."))
    if plan.ends_on and plan.starts_on and plan.starts_on.until <= plan.ends_on.first:
        raise WrongOrder(_("The successor’s first day lies before the last day of whoever leaves."))


def _locked(plan: HandOver) -> HandOver:
    """The same plan on rows as they are now, all locked."""
    known = [plan.post, *([plan.outgoing.official] if plan.outgoing else [])]
    known += [plan.incoming] if plan.incoming and not plan.incoming._state.adding else []
    fresh = {row.pk: row for row in lock(known)}
    outgoing = None
    if plan.outgoing:
        outgoing = Term.objects.select_related("official").get(pk=plan.outgoing.pk)
        if outgoing.held_until or outgoing.standing == Standing.ENDED:
            raise NothingChanged(_("This term has ended on the desk already."))
        if outgoing.held_from and plan.ends_on.until <= outgoing.held_from:
            raise WrongOrder(_("The term would end before it starts."))
    incoming = plan.incoming and fresh.get(plan.incoming.pk, plan.incoming)
    return HandOver(fresh[plan.post.pk], plan.source, outgoing, plan.ends_on, incoming, plan.starts_on, plan.capacity)


def _end(term: Term, last: PartialDate) -> Official:
    """``held_until`` is the day after the last: of the term where that is known, else of its month or year."""
    term.standing = Standing.ENDED
    term.held_until, term.held_until_precision = last.until, last.precision
    term.save(update_fields=["standing", "held_until", "held_until_precision"])
    return term.official


def _begin(plan: HandOver) -> Term:
    incoming = plan.incoming
    if incoming._state.adding:
        _write_down(incoming, plan)
    named = incoming.terms.filter(post=plan.post, capacity__in=TO_COME, standing=Standing.CURRENT)
    for before in named.exclude(held_from__gte=plan.starts_on.date):
        before.standing = Standing.ENDED
        before.held_until, before.held_until_precision = _day_of(plan.starts_on), plan.starts_on.precision
        before.save(update_fields=["standing", "held_until", "held_until_precision"])
    position = max(incoming.terms.values_list("position", flat=True), default=-1) + 1
    term = incoming.terms.create(
        post=plan.post,
        position=position,
        capacity=plan.capacity,
        standing=Standing.CURRENT,
        held_from=plan.starts_on.date,
        held_from_precision=plan.starts_on.precision,
    )
    term.sources.add(plan.source)
    return term


def _write_down(newcomer: Official, plan: HandOver) -> None:
    newcomer.party_id = plan.post.party_id
    try:
        newcomer.full_clean(exclude=["id", "owner", "review_by"])
    except ValidationError as error:
        raise BadNewcomer("\n".join(error.messages)) from error
    newcomer.save()
    newcomer.sources.add(plan.source)


def _day_of(start: PartialDate) -> Any:
    """The first day that what ends there no longer covers."""
    return start.date if start.precision == "day" else start.until


def _fill(plan: HandOver) -> list[Record]:
    """Ends the vacancy that the newcomer ends. Who is only named for the post leaves it empty."""
    if plan.capacity in TO_COME:
        return []
    until = _day_of(plan.starts_on)
    open_ones = plan.post.vacancies.filter(held_until__isnull=True, held_from__lt=until)
    ended = open_ones.update(held_until=until, held_until_precision=plan.starts_on.precision)
    return [plan.post] if ended else []


def _empty(plan: HandOver) -> Record:
    """Nobody follows: that is written down, not left to be inferred."""
    last = plan.ends_on
    Vacancy.objects.create(
        post=plan.post,
        position=plan.post.vacancies.count(),
        held_from=last.until if last.precision == "day" else last.date,
        held_from_precision=last.precision,
        source=plan.source,
    )
    return plan.post


def _not_live(records: list[Record], clock: Clock) -> list[Record]:
    """Those of them that are not live: the new terms name them, so they have to go live as well."""
    live = Edition.objects.live(clock()).filter(record_id__in=[record.pk for record in records])
    known = set(live.values_list("record_id", flat=True))
    return [record for record in records if record.pk not in known]


@verb
def ask_for_review(records: list[Record], *, on: datetime.date, by: User) -> list[Record]:
    """Puts these records among those to be checked by this day, and returns those that were not due by then anyway.

    Nothing of their texts changes. Raises NotAllowed, NothingChanged for none, Gone or Busy.
    """
    due = [record for record in lock(records) if record.review_by is None or record.review_by > on]
    for record in due:
        if by and not by.has_perm(f"relations.change_{record._meta.model_name}"):
            raise NotAllowed(_("You have no right to do this."))
        type(record)._base_manager.filter(pk=record.pk).update(review_by=on)
    return due

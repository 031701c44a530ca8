"""Carrying out a plan: the desk and the site together, or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from relations.documents import Text
from relations.models import BY_KIND, Edition, Record, Revision
from relations.publishing import Clock, NotReady, publish
from relations.publishing import Problem as NotReadyProblem

from .pack import Pack
from .plan import Plan, Step
from .problems import Broken, Place, Problem
from .units import write_units
from .writing import locked, write

User = AbstractBaseUser | None
Progress = Callable[[str, int, int], None]  # what is being done, how much of it is done (0: cannot say), of how much


def no_progress(step: str, done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Loaded:
    """What was done: how many records were written, and the editions that go live."""

    written: int
    editions: list[Edition] = field(default_factory=list)


@transaction.atomic
def apply(
    plan: Plan, *, clock: Clock, by: User = None, publishing: bool = True, progress: Progress = no_progress
) -> Loaded:
    """Writes what the plan says and publishes it as one release.

    Raises Broken if anything stands in the way; then nothing has changed.
    """
    if problems := [*plan.problems, *_overtaken(plan)]:
        raise Broken(problems)
    write_units(plan.units)
    for each in write(plan.written, by=by, origin=Revision.Origin.PACK):
        progress(*each)
    if not publishing or not plan.published:
        return Loaded(len(plan.written))
    records = _records(plan.published)
    progress("Publishing", 0, len(records))
    try:
        editions = publish(records, by=by, clock=clock, note=_note(plan.pack), release=plan.pack.name)
    except NotReady as refusal:
        raise Broken([_in_pack(each, plan.pack) for each in refusal.problems]) from refusal
    return Loaded(len(plan.written), editions)


def _overtaken(plan: Plan) -> Iterator[Problem]:
    """Records that somebody saved after the plan was made. What is asked here is locked until the end."""
    steps = {step.document.id: step for step in plan.published}
    found = locked((step.document.kind, key) for key, step in steps.items())
    for key, step in steps.items():
        if (found[key].desk_digest if key in found else None) != (step.desk.desk_digest if step.desk else None):
            message = "Somebody saved it while the plan was made. Run the command again."
            yield Problem(step.place.file, step.place.record, "", message, step.place.line)


def _records(steps: list[Step]) -> list[Record]:
    """The desk rows of these steps, in their order. One query a kind."""
    rows: dict = {}
    for kind in {step.document.kind for step in steps}:
        ids = [step.document.id for step in steps if step.document.kind == kind]
        rows |= BY_KIND[kind].objects.in_bulk(ids)
    return [rows[step.document.id] for step in steps]


def _note(pack: Pack) -> Text:
    """The public note of the change, which names the pack by its relationship."""
    titles = {"en": pack.name, "fr": pack.name}
    with suppress(KeyError):
        title = pack.documents[pack.relationship_ref.id].title
        titles = {"en": title.en, "fr": title.fr}
    return Text(en=f"Content pack: {titles['en']}", fr=f"Lot de contenu\u00a0: {titles['fr']}")


def _in_pack(problem: NotReadyProblem, pack: Pack) -> Problem:
    """What keeps a record from going live, at its place in the pack."""
    place = pack.places.get(problem.record_id, Place("", problem.title))
    return Problem(place.file, place.record, problem.where, problem.message, place.line)

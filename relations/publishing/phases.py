"""Where a release is: its state, and what the clock makes of it."""

from __future__ import annotations

import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Release

from .margins import Clock
from .moves import User
from .refusals import Gone, NotAllowed, Refusal

State = Release.State


class Phase(TextChoices):
    """As a release's state, but that what is scheduled goes live without anybody doing anything."""

    OPEN = "open", gettext_lazy("Being prepared")
    SCHEDULED = "scheduled", gettext_lazy("Scheduled")
    LIVE = "live", gettext_lazy("Live")
    CANCELLED = "cancelled", gettext_lazy("Given up")
    UNDONE = "undone", gettext_lazy("Undone")


class WrongPhase(Refusal):
    """The release is not where this could be done to it."""


def phase_of(release: Release, *, at: datetime.datetime) -> Phase:
    """Where a release is at this instant."""
    is_live = release.state == State.SCHEDULED and release.goes_live_at <= at
    return Phase.LIVE if is_live else Phase(release.state)


def need_right(by: User) -> None:
    """Raises NotAllowed for whoever may not work on releases; None is the system, which may."""
    if by is not None and not by.has_perm("relations.manage_release"):
        raise NotAllowed(_("You have no right to do this."))


def lock_release(release: Release, *phases: Phase, by: User, clock: Clock) -> Release:
    """The release as it is now, locked; whoever works on its records, too, locks it before these.

    Raises NotAllowed, Gone, or WrongPhase where it is in none of these phases.
    """
    need_right(by)
    # No key: an edition that is placed meanwhile, under a lock of its record alone, may name the release.
    fresh = Release.objects.select_for_update(no_key=True).filter(pk=release.pk).first()
    if fresh is None:
        raise Gone(_("“%(name)s” was deleted from the desk.") % {"name": release})
    phase = phase_of(fresh, at=clock())
    if phase not in phases:
        message = _("This cannot be done to “%(name)s” now. Its state: %(state)s.")
        raise WrongPhase(message % {"name": fresh, "state": phase.label})
    return fresh


def turn(release: Release, state: str) -> Release:
    """Puts a locked release into a state, with the time it has."""
    release.state = state
    release.save(update_fields=["state", "goes_live_at"])
    return release

"""Refusals: a verb that did nothing, by name, in words that an editor can act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .readiness import Problem


class Refusal(Exception):
    """A verb that did nothing, and why."""


class NotReady(Refusal):
    """Something keeps the records from going live; ``problems`` says what."""

    def __init__(self, found: list[Problem]) -> None:
        self.problems = found
        super().__init__("\n".join(map(str, found)))


class NotAllowed(Refusal):
    """This person may not do it to anything of this kind."""


class WrongStage(Refusal):
    """The desk copy has not come as far as this, or is past it."""


class OwnWork(Refusal):
    """It takes a second pair of eyes, and these are the first."""


class ReasonMissing(Refusal):
    """It has to be said why."""


class NothingChanged(Refusal):
    """The desk copy is exactly what is live."""


class SavedMeanwhile(Refusal):
    """What the person looked at is not what stands on the desk now."""

    def __init__(self) -> None:
        super().__init__(_("It was saved again while you were looking. Read what changed, then decide."))


class NotRestorable(NotReady):
    """An older text cannot come back as it was; ``problems`` says what of it or beside it is in the way."""


class InThePast(Refusal):
    """The instant asked for is not in the future."""


class TooLate(Refusal):
    """The transaction was not over before the instant at which its work should have been readable."""


class NotLive(Refusal):
    """There is nothing on the site, or on the schedule, that this could be done to."""


class ChangePending(Refusal):
    """Something else that is scheduled has to be dealt with first."""


class OlderBase(ChangePending):
    """Later editions are scheduled that do not hold this change; ``editions``. Say what becomes of them."""

    def __init__(self, message: str, editions: Sequence[Any]) -> None:
        self.editions = list(editions)
        super().__init__(message)


class Conflict(Refusal):
    """The fix and the scheduled text change the same words; somebody has to choose. ``conflicts`` says where."""

    def __init__(self, message: str, conflicts: Sequence[Any]) -> None:
        self.conflicts = list(conflicts)
        super().__init__(message)


class NotYet(Refusal):
    """Nobody can have seen what has not come yet."""


class WrongOrder(Refusal):
    """Two days stand the wrong way round."""


class CheckedLater(Refusal):
    """Somebody looked on a later day already; an older look adds nothing."""


class UnknownSource(Refusal):
    """It is not said against what it was checked, or not in a way that readers could follow."""


class StillLive(Refusal):
    """Readers find this text now; without a withdrawal its page would be empty."""


class SaidElsewhere(Refusal):
    """What is to be removed would still be readable elsewhere in the same record; ``editions`` says where."""

    def __init__(self, message: str, editions: Sequence[Any]) -> None:
        self.editions = list(editions)
        super().__init__(message)


class TextRedacted(Refusal):
    """The law demanded that this very text goes; it does not come back."""


class TooMany(Refusal):
    """The same was done too often from the same place."""


class Gone(Refusal):
    """The record was deleted from the desk meanwhile."""


class Busy(Refusal):
    """Somebody else is changing the same records right now."""

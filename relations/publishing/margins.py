"""How far ahead "now" lies, so that a change is committed before the first reader can see it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils.translation import gettext as _

from .refusals import TooLate

Clock = Callable[[], datetime.datetime]

# "Now" lies this far ahead, so that the transaction is over before the first reader can see its work.
MARGIN = datetime.timedelta(seconds=1)
MARGIN_PER_RECORD = datetime.timedelta(milliseconds=15)
# A change that is scheduled already may have to be merged with this one, and to come back to the desk.
MARGIN_PER_PENDING = datetime.timedelta(milliseconds=500)
# What the commit itself may take: a change that is ready later than this before its instant is given up.
COMMIT = datetime.timedelta(milliseconds=200)


def refuse_if_late(at: datetime.datetime, clock: Clock) -> None:
    """Last thing before the commit: undoes everything, by TooLate, if the instant could come first."""
    if clock() + COMMIT >= at:
        raise TooLate(_("It took too long: the time came before the change was ready. Nothing was changed; try again."))

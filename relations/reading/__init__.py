"""Reading: the one door to what was published. Ask ``at(instant)``; only ``clock`` asks the time."""

from .editions import Reader, at
from .items import Item, Moved, NotPublished, Redacted, References, Withdrawn

__all__ = ["Item", "Moved", "NotPublished", "Reader", "Redacted", "References", "Withdrawn", "at"]

"""What a text may hold: every sign that shows, and no other. For what people type and paste."""

from __future__ import annotations

import re
import unicodedata

# How a line can end, beside "\n": Windows, old Macs, Word's line break, and those of Unicode.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters; soft hyphens; spaces and joiners without width; marks that turn the direction of what follows,
# so that it is read otherwise than it is stored. Joiners that change letters or emoji (U+200C, U+200D) stay.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def tidy(text: str) -> str:
    """The same text without signs that nobody sees, its lines ended by "\\n", composed (NFC). Nothing else changes.

    Doing it twice changes nothing more.
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))

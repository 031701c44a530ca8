"""Text that no spreadsheet takes for a formula, and back to what it was.

An apostrophe goes before whatever could start one, and before every apostrophe in such a place, so that taking one
away in each such place gives back the very text. A text may start a cell not only where it begins: a spreadsheet
that splits at semicolons where commas were meant finds a start after each of them.
"""

from __future__ import annotations

import re

_START = r"(\A|\r\n|[,;\t\r\n])"
# Also after spaces, marks without width and quotes; so many at most, or a text of spaces alone would take for ever.
_RISK = r"(?=['\t\r]|[\s\ufeff\u200b-\u200f\"]{0,32}[=+\-@\uff1d\uff0b\uff0d\uff20])"
_PROTECT = re.compile(_START + _RISK)
_UNPROTECT = re.compile(_START + "'")


def protect(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return _PROTECT.sub(r"\1'", text)


def unprotect(text: str) -> str:
    """The text that was protected: ``unprotect(protect(text)) == text`` for every text."""
    return _UNPROTECT.sub(r"\1", text)

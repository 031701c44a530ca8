"""One difference between two documents, and how several are said in a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .segments import Segment, runs
from .wording import active_language

Kind = Literal["added", "removed", "changed", "moved"]
SHORT = 60  # characters of a value, or of a run of words, that a line can quote
FEW = 2  # places in a running text that a line can quote


@dataclass(frozen=True)
class Change:
    """One difference: where, what kind, what it was and what it is.

    A text gives one change per language, with its words as segments. A figure that rose or fell says so as its
    ``trend``. A part (an observation, a commitment) that is new, gone or different holds its own changes in
    ``within``; a moved one says its old and new place, counted from 1. ``part`` is the part's id.

    A headline says in ``said`` what a reader wants to know first, in words of its own; the parts in ``tells`` are
    where it read that, so a line that holds the headline need not name them again.
    """

    label: str
    kind: Kind
    language: str = ""
    old: str = ""
    new: str = ""
    segments: tuple[Segment, ...] = ()
    within: tuple[Change, ...] = ()
    trend: Literal["", "up", "down"] = ""
    part: UUID | None = None
    said: str = ""
    tells: frozenset[UUID] = frozenset()


def in_short(changes: Iterable[Change], *, most: int = 3, told: frozenset[UUID] = frozenset()) -> str:
    """These changes in one line of the active language, the first few by name; empty where there are none.

    What changed in a text in both languages is said in the active one.
    """
    changes = list(changes)
    told = told.union(*(each.tells for each in changes))
    said = list(dict.fromkeys(filter(None, (_in_short(each, told) for each in _read(changes)))))
    if len(said) > most:
        more = len(said) - most
        rest = ngettext("%(number)d more change", "%(number)d more changes", more) % {"number": more}
        said = [*said[:most], rest]
    return "; ".join(said)


def _read(changes: list[Change]) -> Iterator[Change]:
    """Without the other language of a text that changed in the active one as well."""
    language = active_language()
    own = {each.label for each in changes if each.language == language}
    return (each for each in changes if each.language in ("", language) or each.label not in own)


def _in_short(change: Change, told: frozenset[UUID]) -> str:
    given = {"what": _what(change), "old": change.old, "new": change.new}
    if change.part in told:
        return ""
    if change.said:
        return change.said
    if change.trend == "up":
        return _("%(what)s up from %(old)s to %(new)s") % given
    if change.trend == "down":
        return _("%(what)s down from %(old)s to %(new)s") % given
    if change.kind == "added":
        return _("added: %(what)s") % given
    if change.kind == "removed":
        return _("removed: %(what)s") % given
    if change.kind == "moved":
        return _("moved: %(what)s") % given
    if change.within:
        within = in_short(change.within, told=told)
        return within and _("%(what)s: %(within)s") % {**given, "within": within}
    if change.new and max(len(change.old), len(change.new)) <= SHORT:
        return _("%(what)s from “%(old)s” to “%(new)s”") % given
    return _("%(what)s: %(within)s") % {**given, "within": _quoted(change) or _("changed")}


def _what(change: Change) -> str:
    """Where it is; of a text in the other language, that it is in that one."""
    if change.language in ("", active_language()):
        return change.label
    language = _("English") if change.language == "en" else _("French")
    return _("%(what)s (%(language)s)") % {"what": change.label, "language": language}


def _quoted(change: Change) -> str:
    """The words of a running text that were replaced; empty where they are too many for a line."""
    found = runs(change.segments)
    if len(found) > FEW or any(len(words) > SHORT for run in found for words in run):
        return ""
    return ", ".join(_run(old, new) for old, new in found)


def _run(old: str, new: str) -> str:
    if not old:
        return _("“%(new)s” added") % {"new": new}
    if not new:
        return _("“%(old)s” removed") % {"old": old}
    return _("“%(new)s” instead of “%(old)s”") % {"old": old, "new": new}

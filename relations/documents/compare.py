"""The difference of two documents, in words: for an editor before publishing, and for readers of the history."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.models import BY_KIND

from .base import LANGUAGES, Document, Frozen, Part, Text
from .desk import shape
from .fact import Fact, Observation
from .segments import Segment, words
from .wording import IDENTITY, Naming, Wording, cited_in_full, field_of, identity, is_a, is_picture, key_of, label_of

Kind = Literal["added", "removed", "changed", "moved"]
SHORT = 60  # characters of a value that a line can quote


@dataclass(frozen=True)
class Change:
    """One difference: where, what kind, what it was and what it is.

    A text gives one change per language, with its words as segments. A figure that rose or fell says so as its
    ``trend``. A part (an observation, a commitment) that is new, gone or different holds its own changes in
    ``within``; a moved one says its old and new place, counted from 1.
    """

    label: str
    kind: Kind
    language: str = ""
    old: str = ""
    new: str = ""
    segments: tuple[Segment, ...] = ()
    within: tuple[Change, ...] = ()
    trend: Literal["", "up", "down"] = ""


def compare(old: Document | None, new: Document, *, name: Naming = identity) -> list[Change]:
    """Every difference between two documents of one record, in document order; all of ``new`` if ``old`` is None.

    ``name`` says a reference in words; what it may give away is the caller's decision. Labels, dates and numbers
    are in the active language. No query of its own.
    """
    comparison = _Comparison(name)
    changes = list(comparison.fields(BY_KIND[new.kind], type(new), old, new))
    if isinstance(old, Fact) and isinstance(new, Fact):
        changes[:0] = comparison.figure(old.figure, new.figure)
    return changes


def compare_part(model: type[models.Model], part: Part, name: Naming) -> list[Change]:
    """All that a part says, as if it were new; ``model`` is what it is on the desk."""
    return list(_Comparison(name).fields(model, type(part), None, part))


def in_short(changes: Iterable[Change], *, most: int = 3) -> str:
    """These changes in one line of the active language, the first few by name; empty where there are none."""
    said = list(dict.fromkeys(map(_in_short, changes)))
    if len(said) > most:
        more = len(said) - most
        rest = ngettext("%(number)d more change", "%(number)d more changes", more) % {"number": more}
        said = [*said[:most], rest]
    return "; ".join(said)


def _in_short(change: Change) -> str:
    given = {"what": change.label, "old": change.old, "new": change.new}
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
        return _("%(what)s: %(within)s") % {**given, "within": in_short(change.within)}
    if change.language or not change.new or max(len(change.old), len(change.new)) > SHORT:
        return change.label  # a picture, or running text, for which a line has no room
    return _("%(what)s from “%(old)s” to “%(new)s”") % given


def _kind(old: Any, new: Any) -> Kind:
    if not old:
        return "added"
    return "changed" if new else "removed"


class _Comparison:
    """One comparison; it holds how references are named."""

    def __init__(self, name: Naming) -> None:
        self.wording = Wording(name)

    def fields(self, model: type[models.Model], document: type[Frozen], old: Any, new: Any) -> Iterator[Change]:
        """The changes from one document or part to the other; either may be None."""
        for name, (many, held) in shape(document).items():
            before, after = getattr(old, name, None), getattr(new, name, None)
            if name in IDENTITY or before == after:
                continue
            if old is None and after == document.model_fields[name].default:
                continue  # in something new, what nobody filled in is no news
            field = field_of(model, name)
            if many and is_a(held, Part):
                yield from self._parts(field.related_model, held, before or (), after or ())
            elif is_a(held, Text):
                yield from _texts(label_of(field), before or Text(), after or Text())
            elif many:
                yield from self._set(label_of(field), before or (), after or ())
            else:
                yield from self._value(label_of(field), field, before, after)

    def figure(self, before: Observation | None, after: Observation | None) -> Iterator[Change]:
        """That the figure shown first is another one now, and by which way it went."""
        if not before or not after or before.id == after.id or before.unit.code != after.unit.code:
            return
        if before.value is None or after.value is None or before.value == after.value:
            return
        old, new = (_("%(figure)s (%(date)s)") % self._figure(each) for each in (before, after))
        trend = _trend(before.value, after.value)
        yield Change(_("figure"), "changed", old=old, new=new, segments=words(old, new), trend=trend)

    def _figure(self, seen: Observation) -> dict[str, str]:
        bounds = [self.wording.say(None, each) for each in (seen.value, seen.value_max) if each is not None]
        figure = f"{'–'.join(bounds)} {self.wording.say(None, seen.unit)}"
        return {"figure": figure, "date": self.wording.say(None, seen.as_of)}

    def _value(self, label: str, field: models.Field, before: Any, after: Any) -> Iterator[Change]:
        if is_picture(before or after):
            yield Change(label, _kind(before, after))
            return
        old, new = self.wording.say(field, before), self.wording.say(field, after)
        if old == new:  # the same source or unit, cited in other words
            old, new = cited_in_full(before), cited_in_full(after)
        if old or new:
            segments, trend = words(old, new), _trend(before, after)
            yield Change(label, _kind(old, new), old=old, new=new, segments=segments, trend=trend)

    def _set(self, label: str, before: tuple, after: tuple) -> Iterator[Change]:
        old, new = {key_of(each): each for each in before}, {key_of(each): each for each in after}
        for key, each in old.items():
            if key not in new:
                yield Change(label, "removed", old=self.wording.say(None, each))
            elif each != new[key]:
                was, now = cited_in_full(each), cited_in_full(new[key])
                yield Change(label, "changed", old=was, new=now, segments=words(was, now))
        for key, each in new.items():
            if key not in old:
                yield Change(label, "added", new=self.wording.say(None, each))

    def _parts(self, model: type[models.Model], held: type[Part], before: tuple, after: tuple) -> Iterator[Change]:
        old, new = ({part.id: (place, part) for place, part in enumerate(parts, 1)} for parts in (before, after))
        moved = moved_between([key for key in old if key in new], [key for key in new if key in old])
        for key in [*old, *(key for key in new if key not in old)]:
            was_at, was = old.get(key, (0, None))
            now_at, now = new.get(key, (0, None))
            label = self.wording.caption(model, now_at or was_at, now or was)
            if key in moved:
                yield Change(label, "moved", old=str(was_at), new=str(now_at))
            if was != now:
                within = tuple(self.fields(model, held, was, now))
                yield Change(label, _kind(was, now), within=within)


def _texts(label: str, before: Text, after: Text) -> Iterator[Change]:
    for language in LANGUAGES:
        old, new = getattr(before, language), getattr(after, language)
        if old != new:
            yield Change(label, _kind(old, new), language, old, new, words(old, new))


def _trend(before: Any, after: Any) -> Literal["", "up", "down"]:
    """Which way a figure went; a place in a list is no figure."""
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return "up" if after > before else "down"
    return ""


def moved_between(before: list, after: list) -> set:
    """The ids to take out and put elsewhere so that one order becomes the other: as few as difflib finds."""
    kept: set = set()
    for block in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        kept.update(before[block.a : block.a + block.size])
    return set(before) - kept


__all__ = ["Change", "Naming", "Segment", "compare", "identity", "in_short", "words"]

"""The difference of two documents, in words: for an editor before publishing, and for readers of the history."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from django.db import models

from relations.models import BY_KIND

from .base import LANGUAGES, Document, Frozen, Part, Text
from .change import Change, Kind, in_short
from .desk import shape
from .headlines import headlines, trend
from .segments import Segment, words
from .wording import IDENTITY, Naming, Wording, cited_in_full, field_of, identity, is_a, is_picture, key_of, label_of


def compare(old: Document | None, new: Document, *, name: Naming = identity) -> list[Change]:
    """Every difference between two documents of one record, in document order; all of ``new`` if ``old`` is None.

    ``name`` says a reference in words; what it may give away is the caller's decision. Labels, dates and numbers
    are in the active language. No query of its own.
    """
    comparison = _Comparison(name)
    return [*headlines(old, new, comparison.wording), *comparison.fields(BY_KIND[new.kind], type(new), old, new)]


def compare_part(model: type[models.Model], part: Part, name: Naming) -> list[Change]:
    """All that a part says, as if it were new; ``model`` is what it is on the desk."""
    return list(_Comparison(name).fields(model, type(part), None, part))


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

    def _value(self, label: str, field: models.Field, before: Any, after: Any) -> Iterator[Change]:
        if is_picture(before or after):
            yield Change(label, _kind(before, after))
            return
        old, new = self.wording.say(field, before), self.wording.say(field, after)
        if old == new:  # the same source or unit, cited in other words
            old, new = cited_in_full(before), cited_in_full(after)
        if old or new:
            segments, went = words(old, new), trend(before, after)
            yield Change(label, _kind(old, new), old=old, new=new, segments=segments, trend=went)

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
                yield Change(label, "moved", old=str(was_at), new=str(now_at), part=key)
            if was != now:
                within = tuple(self.fields(model, held, was, now))
                yield Change(label, _kind(was, now), within=within, part=key)


def _texts(label: str, before: Text, after: Text) -> Iterator[Change]:
    for language in LANGUAGES:
        old, new = getattr(before, language), getattr(after, language)
        if old != new:
            yield Change(label, _kind(old, new), language, old, new, words(old, new))


def moved_between(before: list, after: list) -> set:
    """The ids to take out and put elsewhere so that one order becomes the other: as few as difflib finds."""
    kept: set = set()
    for block in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        kept.update(before[block.a : block.a + block.size])
    return set(before) - kept


__all__ = ["Change", "Naming", "Segment", "compare", "identity", "in_short", "words"]

"""Two texts with a common origin brought together: what only one of them changed is taken, the rest is to be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from pydantic import BaseModel

from relations.models import BY_KIND

from .base import LANGUAGES, Document, Part, Text, _without_embedded
from .compare import compare_part
from .desk import shape
from .wording import IDENTITY, Naming, Wording, field_of, identity, is_a, key_of, label_of

Side = Literal["theirs", "mine"]


@dataclass(frozen=True)
class Difference:
    """One place where two texts differ, what stood there before, and which of them changed it.

    ``path`` names it for good: ``statement.en``, ``observations[<id>].value``, ``topics[<id>]``. The three texts are
    in words, empty where nothing stood.
    """

    path: str
    label: str
    by: Literal["theirs", "mine", "both"]
    base: str
    theirs: str
    mine: str
    language: str = ""


@dataclass(frozen=True)
class Merged:
    """The text that came of it, and every place where the two differed."""

    document: Any
    differences: tuple[Difference, ...]
    chosen: Mapping[str, Side]

    @property
    def conflicts(self) -> list[Difference]:
        """What both changed, each in another way, and nobody has chosen yet. The document has theirs there."""
        return [each for each in self.differences if each.by == "both" and each.path not in self.chosen]


def merge(
    base: Document | None,
    theirs: Document,
    mine: Document,
    *,
    choices: Mapping[str, Side] | None = None,
    name: Naming = identity,
) -> Merged:
    """Both changes of ``base`` in one document, at whose places ``choices`` (path → side) decides where it speaks.

    Where it does not, the side that changed something counts; where both did, theirs, and it is a conflict. Without a
    base every difference is one. Sets and lists are merged by element, parts by id. No query of its own.
    """
    chosen = choices or {}
    merging = _Merging(Wording(name), chosen, blind=base is None)
    document = merging.whole(BY_KIND[theirs.kind], base, theirs, mine)
    return Merged(document, tuple(merging.differences), chosen)


class _Kept(NamedTuple):
    """A part of the result, and what it is called."""

    caption: str
    part: Part


Kept = dict[UUID, _Kept]


class _Merging:
    """One merge; it collects the differences on its way."""

    def __init__(self, wording: Wording, choices: Mapping[str, Side], *, blind: bool) -> None:
        self.wording, self.choices, self.blind = wording, choices, blind
        self.differences: list[Difference] = []

    def whole(self, model: type[models.Model], base: Any, theirs: Any, mine: Any, path: str = "", of: str = "") -> Any:
        """One document or part; ``of`` is the caption of the part."""
        document, fields = type(theirs), {}
        for name, (many, held) in shape(document).items():
            values = [getattr(each, name, None) for each in (base, theirs, mine)]
            if name in IDENTITY or _same(values[1], values[2]):
                fields[name] = values[1]
                continue
            field = field_of(model, name)
            label, place = ", ".join(filter(None, [of, label_of(field)])), f"{path}{name}"
            if is_a(held, Text):
                fields[name] = self._text(place, label, *values)
            elif many and is_a(held, Part):
                fields[name] = self._parts(field.related_model, place, label, *(each or () for each in values))
            elif many:
                fields[name] = self._set(place, label, *(each or () for each in values))
            else:
                fields[name] = self._pick(place, label, *values, words=[self.wording.say(field, v) for v in values])
        return document.model_validate(fields)

    def _pick(
        self, path: str, label: str, base: Any, theirs: Any, mine: Any, *, words: list[str], language: str = ""
    ) -> Any:
        """Notes a difference, and gives the value that is to stand there."""
        by: Any = "both"
        if not self.blind and _same(base, theirs):
            by = "mine"
        elif not self.blind and _same(base, mine):
            by = "theirs"
        self.differences.append(Difference(path, label, by, *words, language=language))
        return mine if self.choices.get(path, by) == "mine" else theirs

    def _text(self, path: str, label: str, base: Text | None, theirs: Text, mine: Text) -> Text:
        said = {}
        for language in LANGUAGES:
            was, one, other = (getattr(each, language, "") for each in (base, theirs, mine))
            words = [was, one, other]
            place = f"{path}.{language}"
            said[language] = one if one == other else self._pick(place, label, *words, words=words, language=language)
        return Text(**said)

    def _set(self, path: str, label: str, base: tuple, theirs: tuple, mine: tuple) -> tuple:
        """Each element by itself: it is there or not."""
        was, one, other = ({key_of(each): each for each in values} for values in (base, theirs, mine))
        kept = []
        for key, element in {**one, **other}.items():
            said = self.wording.say(None, element)
            there = [key in each for each in (was, one, other)]
            words = [said if each else "" for each in there]
            if there[1] == there[2] or self._pick(f"{path}[{key}]", label, *there, words=words):
                kept.append(element)
        return tuple(kept)

    def _parts(
        self, model: type[models.Model], path: str, label: str, base: tuple, theirs: tuple, mine: tuple
    ) -> tuple[Part, ...]:
        """Children by id: what both have is merged in turn, what only one has is kept or not; then their order."""
        was, one, other = ({part.id: part for part in parts} for parts in (base, theirs, mine))
        kept: Kept = {}
        for key in {**one, **other}:
            three = [each.get(key) for each in (was, one, other)]
            source = one if key in one else other
            of = self.wording.caption(model, list(source).index(key) + 1, source[key])
            if key in one and key in other:
                kept[key] = _Kept(of, self.whole(model, *three, path=f"{path}[{key}].", of=of))
            elif part := self._pick(f"{path}[{key}]", of, *three, words=[self._contents(model, p) for p in three]):
                kept[key] = _Kept(of, part)
        return tuple(kept[key].part for key in self._order(path, label, kept, list(was), list(one), list(other)))

    def _contents(self, model: type[models.Model], part: Part | None) -> str:
        """Everything that a part says, in one line."""
        said = compare_part(model, part, self.wording.name) if part else ()
        return "; ".join(f"{each.label}: {each.new}" for each in said if each.new)

    def _order(self, path: str, label: str, kept: Kept, was: list[UUID], one: list[UUID], other: list[UUID]) -> list:
        """The order of the parts kept; what only one side has stays behind its neighbor there."""
        both = [key for key in one if key in other]
        orders = [tuple(key for key in each if key in both) for each in (was, one, other)]
        lead, rest = one, other
        if orders[1] != orders[2]:
            words = ["; ".join(kept[key].caption for key in order if key in kept) for order in orders]
            text = _("%(what)s: order") % {"what": label}
            if self._pick(f"{path}[order]", text, *orders, words=words) == orders[2]:
                lead, rest = other, one
        return [key for key in _woven(lead, rest) if key in kept]


def _woven(lead: Iterable[UUID], rest: list[UUID]) -> list[UUID]:
    """The ids of ``lead`` in their order, those that only ``rest`` has behind their neighbor in it."""
    found = list(lead)
    for index, key in enumerate(rest):
        if key not in found:
            before = rest[index - 1] if index else None
            found.insert(found.index(before) + 1 if before else 0, key)
    return found


def _same(one: Any, other: Any) -> bool:
    """Whether an editor would call them equal: what is embedded does not count."""
    return one == other or _bare(one) == _bare(other)


def _bare(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_bare(each) for each in value]
    return _without_embedded(value.model_dump(mode="json")) if isinstance(value, BaseModel) else value

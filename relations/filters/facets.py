"""Facets: boxes with counts. Values in one are joined by OR, facets among each other by AND."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from .kinds import Editions, Kind, has
from .words import cited, either, shown

MOST_VALUES = 100  # of one facet in one address


@dataclass(frozen=True)
class Option:
    """One value of a facet: in the address, in the facet table, on a label, in a sentence.

    ``condition`` takes the place of the facet table where a value is worked out instead of stored.
    """

    value: str
    label: str
    key: str = ""
    said: str = ""
    condition: Q | Exists | None = field(default=None, compare=False)
    stays: bool = True  # on the form, even where the list has none of it at all

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.key or self.value)
        object.__setattr__(self, "said", self.said or self.label)


class Facet(Kind, django_filters.Filter):
    """Boxes joined by OR. ``facet`` is its name in the facet table; ``phrase`` says the choice, with %(values)s.

    ``options`` are fixed: Option(value, label, …), shown in this order. A list that knows its options only at
    run time overrides ``found``.
    """

    place = 1
    many = True

    def __init__(
        self, facet: str, *, label: str, phrase: str, options: Sequence[Option] = (), many: bool = True
    ) -> None:
        self.facet, self.words, self.given, self.many = facet, phrase, options, many
        super().__init__(label=label)

    @property
    def field(self) -> forms.Field:
        return FacetField(self)

    def found(self) -> Sequence[Option]:
        """Every value that is valid here."""
        return self.given

    def find(self, value: str) -> Option | None:
        """The option that a value of the address means, former ones included; None where there never was one."""
        return next((option for option in self.options if option.value == value), None)

    @cached_property
    def options(self) -> Sequence[Option]:
        return self.found()

    @cached_property
    def chosen(self) -> list[Option]:
        """The known values that were asked for, each once, in the order of the form."""
        asked = filter(None, map(self.find, self.parent.data.getlist(self.name)))
        known = {option.key: option for option in asked}
        ordered = {option.key: option for option in self.options if option.key in known}
        chosen = list({**ordered, **known}.values())
        return chosen if self.many else chosen[:1]

    @property
    def applied(self) -> list[str]:
        return [option.value for option in self.chosen]

    def filter(self, editions: Editions, value: object) -> Editions:
        if not self.chosen:
            return editions
        condition = Q()
        stored = [option.key for option in self.chosen if option.condition is None]
        for each in [option.condition for option in self.chosen if option.condition is not None]:
            condition |= Q(each)
        return editions.filter(condition | Q(has(self.facet, *stored)) if stored else condition)

    def chips(self) -> list[tuple[str, str]]:
        return [(str(option.label), option.value) for option in self.chosen]

    def phrase(self) -> str:
        values = either(str(option.said) for option in self.chosen) if self.chosen else ""
        return self.words % {"values": values} if values else ""

    def hint(self) -> str:
        """A line under the boxes."""
        return ""

    def part(self) -> dict[str, Any]:
        """The boxes, for components/facet.html; an option that would leave nothing is disabled but stays."""
        counts = self.parent.counts
        shown = [
            option
            for option in self.options
            if option.stays or option in self.chosen or counts.everywhere(self, option)
        ]
        options = [self._box(number, option, counts.of(self, option)) for number, option in enumerate(shown, 1)]
        kind = "checkbox" if self.many else "radio"
        return {**super().part(), "options": options, "hint": self.hint(), "type": kind}

    def _box(self, number: int, option: Option, count: int) -> dict[str, Any]:
        checked = option in self.chosen
        return {
            "value": option.value,
            "label": option.label,
            "count": count,
            "checked": checked,
            "disabled": not count and not checked,
            "in_list": self.parent.counts.everywhere(self, option),
            "id": f"{self.name}-{number}",
        }


class RecordFacet(Facet):
    """Records of one kind that the list names: topics, officials. Its values are their slugs, former ones too.

    ``said`` turns a title into words of a sentence.
    """

    def __init__(
        self,
        facet: str,
        *,
        kind: str,
        label: str,
        phrase: str,
        said: Callable[[str], str] = str,
        options: Sequence[Option] = (),
    ) -> None:
        super().__init__(facet, label=label, phrase=phrase, options=options)
        self.kind, self.said = kind, said

    def found(self) -> Sequence[Option]:
        records = self.parent.vocabulary.of(self.kind)
        named = [Option(slug, title, str(key), self.said(title), stays=False) for key, slug, title in records]
        return [*named, *self.given]

    def find(self, value: str) -> Option | None:
        key = self.parent.vocabulary.identity(self.kind, value)
        return next((option for option in self.options if option.value == value or option.key == key), None)


class SideFacet(RecordFacet):
    """Parties: the two sides of the relationship first and always, others where the list has them."""

    def __init__(self, facet: str, *, label: str, phrase: str, options: Sequence[Option] = ()) -> None:
        super().__init__(facet, kind="party", label=label, phrase=phrase, options=options)

    def found(self) -> Sequence[Option]:
        sides = [Option(side.slug, side.name, str(side.id), side.in_sentence) for side in self.parent.site.sides]
        known = {side.key for side in sides}
        return [*sides, *(option for option in super().found() if option.key not in known)]


class ValueFacet(Facet):
    """Values that are their own words, such as years: those that the list has, the last first."""

    def __init__(self, facet: str, *, label: str, phrase: str, pattern: str = "[0-9]{4}") -> None:
        super().__init__(facet, label=label, phrase=phrase)
        self.pattern = pattern

    def find(self, value: str) -> Option | None:
        return Option(value, value) if re.fullmatch(self.pattern, value) else None

    @cached_property
    def chosen(self) -> list[Option]:
        asked = filter(None, map(self.find, self.parent.data.getlist(self.name)[:MOST_VALUES]))
        return sorted(set(asked), key=lambda option: option.value, reverse=True)

    def found(self) -> Sequence[Option]:
        values = {*self.parent.counts.values(self), *self.applied}
        return [Option(value, value) for value in sorted(values, reverse=True)]


class FacetField(forms.Field):
    """Accepts the values that a facet knows; what it does not know is named in the error and left out."""

    widget = forms.SelectMultiple

    def __init__(self, facet: Facet) -> None:
        self.facet = facet
        super().__init__(required=False, label=facet.label)

    def clean(self, value: Sequence[str] | None) -> list[Option]:
        unknown = [one for one in value or () if one.strip() and self.facet.find(one) is None]
        if unknown:
            name = cited(shown(unknown[0], most=60))
            raise forms.ValidationError(_("%(value)s is not in this list, so it was left out.") % {"value": name})
        return self.facet.chosen

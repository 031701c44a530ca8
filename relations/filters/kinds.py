"""The kinds of filter that a list can have. Each narrows editions, and says itself as a chip, a phrase and a control.

A parameter holds readable values: slugs where the record has one. What a filter keeps beside them is the facet
value it stands for, and the words that name it in a label and in a sentence.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import search
from relations.models import ledger

from .words import cited, day_in_words, language, shown

if TYPE_CHECKING:
    from .base import ListFilter

Editions = QuerySet[ledger.Edition]
BAD_DATE = gettext_lazy("Write a date as year, month and day, such as 2021-02-26.")


def has(facet: str, *values: str, on: datetime.date | None = None) -> Exists:
    """Editions with this facet: any of these values, if given; in force on this day, if given."""
    found = ledger.Facet.objects.filter(edition=OuterRef("pk"), name=facet)
    if values:
        found = found.filter(value__in=values)
    if on:
        begun = Q(holds_from__isnull=True) | Q(holds_from__lte=on)
        found = found.filter(begun, Q(holds_until__isnull=True) | Q(holds_until__gt=on))
    return Exists(found)


class Kind:
    """What every filter of a list can say about itself. ``name`` is its parameter, set by the list."""

    name: str
    parent: ListFilter
    place = 2  # in the form and the sentence; declared order within a place

    @property
    def applied(self) -> list[str]:
        """The values in force, as they stand in the list's own addresses."""
        value = self.parent.cleaned(self.name)
        return [str(value)] if value else []

    @property
    def raw(self) -> str:
        """What was typed, without the signs that HTML cannot hold."""
        return shown(self.parent.data.get(self.name, ""))

    @property
    def error(self) -> str:
        return " ".join(self.parent.errors.get(self.name, []))

    def chips(self) -> list[tuple[str, str]]:
        """A label, and the value that it removes, for each value in force."""
        return []

    def phrase(self) -> str:
        """What the filter does, as a part of a sentence; empty where it does nothing."""
        return ""

    def part(self) -> dict[str, Any]:
        """The control, for components/field.html."""
        return {"name": self.name, "id": self.name, "label": self.label, "value": self.raw, "error": self.error}


class Search(Kind, django_filters.CharFilter):
    """Free text: every word must be in the record, in the language of the page."""

    place = 0

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, validators=[_few_words], max_length=search.MOST_CHARACTERS)

    @property
    def words(self) -> list[str]:
        """The words in force, folded, for marking them in results."""
        return search.words(self.parent.cleaned(self.name) or "")

    def filter(self, editions: Editions, value: str) -> Editions:
        return search.matching(editions, value, language()) if value else editions

    def chips(self) -> list[tuple[str, str]]:
        return [(cited(value), value) for value in self.applied]

    def phrase(self) -> str:
        return _("containing %(words)s") % {"words": cited(self.applied[0])} if self.applied else ""

    def part(self) -> dict[str, Any]:
        return {**super().part(), "type": "search"}


def _few_words(text: str) -> None:
    if len(search.words(text)) > search.MOST_WORDS:
        raise forms.ValidationError(_("Use %(n)s words at most.") % {"n": search.MOST_WORDS})
    if sum(map(len, search.words(text))) < search.FEWEST_CHARACTERS:
        raise forms.ValidationError(_("Type at least two letters or digits."))


class Sort(Kind, django_filters.Filter):
    """The order of the list. ``orders``: value → (label, how it is said, fields); the first is the default."""

    field_class = forms.ChoiceField
    place = 4

    def __init__(self, orders: dict[str, tuple[str, str, Sequence[Any]]]) -> None:
        self.orders = orders
        wrong = gettext_lazy("There is no such order; the list is in its usual one.")
        choices = [(value, label) for value, (label, _said, _fields) in orders.items()]
        super().__init__(label=gettext_lazy("Sort by"), choices=choices, error_messages={"invalid_choice": wrong})

    @property
    def default(self) -> str:
        return next(iter(self.orders))

    @property
    def applied(self) -> list[str]:
        value = self.parent.cleaned(self.name)
        return [value] if value and value != self.default else []

    def filter(self, editions: Editions, value: str) -> Editions:
        return editions.order_by(*self.orders[value or self.default][2])

    def phrase(self) -> str:
        return str(self.orders[self.applied[0]][1]) if self.applied else ""

    def part(self) -> dict[str, Any]:
        chosen = [*self.applied, self.default][0]
        options = [
            {"value": value, "label": label, "selected": value == chosen}
            for value, (label, _said, _fields) in self.orders.items()
        ]
        return {**super().part(), "type": "select", "options": options}


class Day(Kind, django_filters.DateFilter):
    """A day on which a facet must be in force. ``phrase`` and ``chip`` say it, with %(day)s."""

    def __init__(self, facet: str = "", *, label: str, phrase: str, chip: str = "") -> None:
        self.facet, self.words, self.chip = facet, phrase, chip or phrase
        super().__init__(label=label, input_formats=["%Y-%m-%d"], error_messages={"invalid": BAD_DATE})

    def filter(self, editions: Editions, value: datetime.date | None) -> Editions:
        return editions.filter(has(self.facet, on=value)) if value else editions

    def chips(self) -> list[tuple[str, str]]:
        return [(self._said(self.chip), value) for value in self.applied]

    def phrase(self) -> str:
        return self._said(self.words) if self.applied else ""

    def _said(self, words: str) -> str:
        return words % {"day": day_in_words(self.parent.cleaned(self.name))}

    def part(self) -> dict[str, Any]:
        return {**super().part(), "type": "date"}


class Since(Day):
    """The first day of the range that ``dated`` must touch: the parameter ``from``, beside ``to``."""

    place = 3

    def phrase(self) -> str:
        if not (self.applied and self.parent.cleaned("to")):
            return super().phrase()
        ends = [day_in_words(self.parent.cleaned(name)) for name in ("from", "to")]
        return _("dated from %(first)s to %(last)s") % dict(zip(("first", "last"), ends, strict=True))

    def filter(self, editions: Editions, value: datetime.date | None) -> Editions:
        """Both ends at once, so that one date must touch the range as a whole."""
        until = self.parent.cleaned("to")
        if not (value or until):
            return editions
        touching = ledger.Facet.objects.filter(edition=OuterRef("pk"), name="dated")
        if value:
            touching = touching.filter(holds_until__gt=value)
        if until:
            touching = touching.filter(holds_from__lte=until)
        return editions.filter(Exists(touching))


class Until(Day):
    """The last day of the range, the parameter ``to``; ``Since`` filters for both."""

    place = 3

    def phrase(self) -> str:
        return "" if self.parent.cleaned("from") else super().phrase()

    def filter(self, editions: Editions, value: datetime.date | None) -> Editions:
        return editions

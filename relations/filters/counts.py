"""How many records a list has for each value of each facet: all of it in one query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, QuerySet, Value

from .facets import Facet, Option
from .kinds import Editions

if TYPE_CHECKING:
    from .base import ListFilter

ALL, SHOWN = "all", "shown"


class Counts:
    """The numbers of one list. A facet's own choice does not change its counts; every other filter does."""

    def __init__(self, listed: ListFilter) -> None:
        parts = [part for scope in _scopes(listed) for part in _tallies(*scope)]
        self._numbers = {row[:3]: row[3] for row in parts[0].union(*parts[1:], all=True)}
        self.total = self._numbers.get((ALL, "", ""), 0)
        self.shown = self._numbers.get((SHOWN, "", ""), 0)

    def of(self, facet: Facet, option: Option) -> int:
        """How many records the list would have of this value if the facet had no choice of its own."""
        scope = facet.name if facet.chosen else SHOWN
        return self._numbers.get((scope, facet.facet, option.key), 0)

    def everywhere(self, facet: Facet, option: Option) -> int:
        """How many records the list has of this value before any filter."""
        return self._numbers.get((ALL, facet.facet, option.key), 0)

    def values(self, facet: Facet) -> set[str]:
        """Every value that the list has before any filter."""
        return {value for scope, name, value in self._numbers if scope == ALL and name == facet.facet}


def _scopes(listed: ListFilter) -> Iterator[tuple[str, Editions, list[Facet]]]:
    """The sets of editions to count in: all, those shown, and for each chosen facet those without its filter."""
    facets = [each for each in listed.filters.values() if isinstance(each, Facet)]
    yield ALL, listed.queryset, facets
    yield SHOWN, listed.narrowed(), [facet for facet in facets if not facet.chosen]
    for facet in facets:
        if facet.chosen:
            yield facet.name, listed.narrowed(without=facet.name), [facet]


def _tallies(scope: str, editions: Editions, facets: list[Facet]) -> Iterator[QuerySet[Any, tuple[Any, ...]]]:
    """Rows of (scope, facet, value, number); the number of editions itself has neither facet nor value."""
    yield _tally(scope, "", "", editions)
    stored = [facet.facet for facet in facets]
    yield (
        editions.filter(facets__name__in=stored)
        .order_by()
        .values_list(_text(scope), F("facets__name"), F("facets__value"))
        .annotate(n=Count("pk", distinct=True))
    )
    for facet, option in _worked_out(facets):
        yield _tally(scope, facet.facet, option.key, editions.filter(option.condition))


def _worked_out(facets: Iterable[Facet]) -> Iterator[tuple[Facet, Option]]:
    return ((facet, option) for facet in facets for option in facet.given if option.condition is not None)


def _tally(scope: str, name: str, value: str, editions: Editions) -> QuerySet[Any, tuple[Any, ...]]:
    row = editions.order_by().values_list(_text(scope), _text(name), _text(value))
    return row.annotate(n=Count("pk", distinct=True))


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())

"""Priorities and their commitments: by topic, status, who promised, framework and words.

A relationship has few priorities, and what readers look for is inside them. So all of them are read at once, and the
commitments are chosen and counted here, by the same values that narrow the priorities for exports: a priority is
shown if one of its commitments is, and every number in the form is a number of commitments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext

from relations.documents import Commitment, Priority, fold, texts
from relations.reading import Item

from .base import ListFilter
from .facets import Facet, Option, RecordFacet, SideFacet
from .kinds import Editions, Kind, Search
from .words import cited, language

# The nine statuses of a commitment, in the order in which a tally names them; the codes of models.PublicStatus.
STATUSES = {
    "met": gettext_lazy("Met"),
    "partly_met": gettext_lazy("Partly met"),
    "in_progress": gettext_lazy("In progress"),
    "stalled": gettext_lazy("Stalled"),
    "not_started": gettext_lazy("Not started"),
    "not_met": gettext_lazy("Not met"),
    "overtaken": gettext_lazy("Overtaken"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "not_assessed": gettext_lazy("Not assessed"),
}

Chosen = tuple[Item, list[Commitment]]


def _topics(priority: Priority, commitment: Commitment) -> Iterable[str]:
    return (str(topic.id) for topic in priority.topics)


def _status(priority: Priority, commitment: Commitment) -> Iterable[str]:
    return (commitment.status,)


def _promised_by(priority: Priority, commitment: Commitment) -> Iterable[str]:
    return (str(party.id) for party in commitment.made_by)


def _framework(priority: Priority, commitment: Commitment) -> Iterable[str]:
    return (priority.framework_slug,) if priority.framework_slug else ()


# What a commitment can be found by, under the name of the facet.
VALUES: dict[str, Callable[[Priority, Commitment], Iterable[str]]] = {
    "topic": _topics,
    "status": _status,
    "made_by": _promised_by,
    "framework": _framework,
}


class StatusFacet(Facet):
    """The nine statuses; those that no commitment has are left out of the form, but stay valid values."""

    def found(self) -> list[Option]:
        return [Option(status, label, said=cited(str(label)), stays=False) for status, label in STATUSES.items()]


class FrameworkFacet(Facet):
    """The plans that priorities are part of, as they are named now."""

    def found(self) -> Sequence[Option]:
        named = {item.document.framework_slug: item.document.framework for item in self.parent.live}
        return [
            Option(slug, getattr(text, language()), said=cited(getattr(text, language())))
            for slug, text in sorted(named.items())
            if slug
        ]


class CommitmentCounts:
    """The numbers of the list, counted in commitments; a facet's own choice does not change its counts."""

    def __init__(self, listed: PriorityFilter) -> None:
        self.total = sum(len(item.document.commitments) for item in listed.items)
        self.shown = sum(len(chosen) for _item, chosen in listed.chosen())
        self._here = {facet.name: _tally(facet, listed.chosen(without=facet.name)) for facet in _facets(listed)}
        self._all = {facet.name: _tally(facet, listed.everything) for facet in _facets(listed)}

    def of(self, facet: Facet, option: Option) -> int:
        """How many commitments the list would show of this value if the facet had no choice of its own."""
        return self._here[facet.name].get(option.key, 0)

    def everywhere(self, facet: Facet, option: Option) -> int:
        """How many commitments have this value before any filter."""
        return self._all[facet.name].get(option.key, 0)

    def values(self, facet: Facet) -> set[str]:
        return set(self._all[facet.name])


def _facets(listed: PriorityFilter) -> list[Facet]:
    return [each for each in listed.filters.values() if isinstance(each, Facet)]


def _tally(facet: Facet, chosen: Iterable[Chosen]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for item, commitments in chosen:
        for commitment in commitments:
            for value in set(VALUES[facet.facet](item.document, commitment)):
                numbers[value] = numbers.get(value, 0) + 1
    return numbers


class PriorityFilter(ListFilter):
    """The priorities of one relationship, and those of their commitments that were asked for."""

    noun = "priority"

    q = Search(label=gettext_lazy("Search the commitments"))
    topic = RecordFacet(
        "topic", kind="topic", label=gettext_lazy("Topic"), phrase=gettext_lazy("about %(values)s"), said=cited
    )
    status = StatusFacet("status", label=gettext_lazy("Status"), phrase=gettext_lazy("with the status %(values)s"))
    by = SideFacet("made_by", label=gettext_lazy("Promised by"), phrase=gettext_lazy("promised by %(values)s"))
    framework = FrameworkFacet("framework", label=gettext_lazy("Framework"), phrase=gettext_lazy("part of %(values)s"))

    @cached_property
    def live(self) -> list[Item]:
        """Every live priority of the relationship, in the editors' order. One query."""
        return self.site.reader.items(self.queryset.order_by("position", "slug", "pk"))

    @property
    def items(self) -> list[Item]:
        """Those of them that the day in the world has: without what was promised later, all of it."""
        return [item for item in self.live if not item.is_later]

    @property
    def everything(self) -> list[Chosen]:
        return [(item, list(item.document.commitments)) for item in self.items]

    def chosen(self, without: str = "") -> list[Chosen]:
        """The priorities to show, each with the commitments that every filter leaves, but for the one named.

        A priority without any commitment is shown where nothing was asked for.
        """
        tests = [test for name, each in self.filters.items() if name != without and (test := self._test(each))]
        found = []
        for item, commitments in self.everything:
            left = [each for each in commitments if all(test(item.document, each) for test in tests)]
            if left or not tests:
                found.append((item, left))
        return found

    def _test(self, each: Kind) -> Callable[[Priority, Commitment], bool] | None:
        """Whether one filter leaves a commitment; None where it asks for nothing."""
        if isinstance(each, Search):
            return _Says(each.words, language()) if each.words else None
        keys = {option.key for option in each.chosen}
        return (lambda *pair: not keys.isdisjoint(VALUES[each.facet](*pair))) if keys else None

    @property
    def qs(self) -> Editions:
        """The priorities with a commitment to show, for exports."""
        left: list[UUID] = [item.id for item, _commitments in self.chosen()]
        return self.queryset.filter(record_id__in=left).order_by("position", "slug", "pk")

    @cached_property
    def counts(self) -> CommitmentCounts:
        return CommitmentCounts(self)

    def counted(self, number: int) -> str:
        return ngettext("%(n)s commitment", "%(n)s commitments", number) % {"n": number}


class _Says:
    """Whether every word is in a commitment, or in what is said of its priority as a whole."""

    def __init__(self, words: list[str], language: str) -> None:
        self.words, self.language = words, language
        self.of_priority: dict[UUID, str] = {}

    def __call__(self, priority: Priority, commitment: Commitment) -> bool:
        if priority.id not in self.of_priority:
            about = (priority.name, priority.summary, priority.framework, priority.note)
            self.of_priority[priority.id] = fold(" ".join(getattr(text, self.language) for text in about))
        own = fold(" ".join(getattr(text, self.language) for _path, text in texts(commitment)))
        return all(word in own or word in self.of_priority[priority.id] for word in self.words)

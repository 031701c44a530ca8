"""What the observations of one fact say together: their order, their charts, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from relations.documents import Fact, Observation
from relations.models.dates import PartialDate

from . import parts
from .figures import shown
from .site import Site
from .words import say


def newest_first(fact: Fact) -> list[Observation]:
    """Every observation, those known to be wrong included."""
    return sorted(fact.observations, key=lambda each: each.as_of.first, reverse=True)


@dataclass(frozen=True)
class Point:
    """One observation as the tag ``figure_plot`` takes it."""

    value: Decimal
    value_max: Decimal | None
    as_of: PartialDate
    side: str
    series: str


def plots(fact: Fact, site: Site) -> list[dict[str, Any]]:
    """One chart for each thing counted in one unit that has figures for two days or more."""
    drawn = []
    for group in _alike(each for each in fact.observations if each.value is not None):
        if len({each.as_of for each in group}) > 1:
            said = shown(group[-1])
            label = ": ".join(filter(None, [say(group[0].unit.name), said["label"]]))
            drawn.append({"label": label, "points": [_point(each, site) for each in group]})
    return drawn


def _point(observation: Observation, site: Site) -> Point:
    cited = observation.source.cited
    stating = parts.stated_by((party.id for party in cited.speaks_for), site)
    side = stating[0] if len(stating) == 1 else None
    return Point(
        observation.value,
        observation.value_max,
        observation.as_of,
        side.side if side else "",
        side.name if side else cited.publisher,
    )


def disagreements(fact: Fact) -> list[list[Observation]]:
    """Groups of observations of one thing that cannot all be so: different figures for overlapping times.

    A date is no figure that changes with time: two that are not the same day, and neither of which holds the
    other, disagree whatever they are dated.
    """
    return [group for alike in _alike(fact.observations) for group in _at_once(alike) if _differ(group)]


def _alike(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Observations that count the same thing in the same unit; those known to be wrong are left out."""
    groups: dict[tuple[str, str, str], list[Observation]] = {}
    for each in observations:
        if each.rank != "deprecated":
            groups.setdefault((each.unit.code, each.label.en, each.label.fr), []).append(each)
    return list(groups.values())


def _at_once(alike: list[Observation]) -> list[list[Observation]]:
    """The same observations in groups whose times overlap, each group in the order of time."""
    in_order = sorted(alike, key=lambda each: each.as_of.first)
    if in_order[0].value is None:
        return [in_order]
    groups = [[in_order[0]]]
    until = in_order[0].as_of.until
    for each in in_order[1:]:
        if each.as_of.first < until:
            groups[-1].append(each)
        else:
            groups.append([each])
        until = max(until, each.as_of.until)
    return groups


def _differ(group: list[Observation]) -> bool:
    if group[0].value is not None:
        return len({(each.value, each.value_max) for each in group}) > 1
    dates = [each.value_date for each in group if each.value_date]
    return any(not (one.first < other.until and other.first < one.until) for one in dates for other in dates)

"""How one observation is said: its number or its date, what it counts, and how sure the source is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from relations.documents import Observation

from .words import NO_BREAK_SPACE, partial_date, say
from .words import figure as number

# The words that stand before a figure. An exact one needs none.
QUALIFIERS = {
    "exact": "",
    "about": pgettext_lazy("figure", "about"),
    "nearly": pgettext_lazy("figure", "nearly"),
    "more_than": pgettext_lazy("figure", "more than"),
    "at_least": pgettext_lazy("figure", "at least"),
    "estimated": pgettext_lazy("figure", "estimated"),
    "target": pgettext_lazy("figure", "target"),
    "pledged": pgettext_lazy("figure", "pledged"),
}


def shown(observation: Observation) -> dict[str, Any]:
    """One observation for components/figures.html, fact_row.html and versus.html, and in running words.

    ``qualifier`` ("about"), ``figure`` ("300,000", "40–45", "17 August 1940"), ``unit`` ("people a day"; empty for a
    date), ``label`` (what the source counted, where that needs saying), ``is_date``, and ``words`` (qualifier, figure
    and unit in a line).
    """
    parts: dict[str, Any] = {
        "qualifier": str(QUALIFIERS[observation.qualifier]),
        "figure": _figure(observation),
        "unit": _unit(observation),
        "label": say(observation.label),
        "is_date": observation.value is None,
    }
    words = [parts["qualifier"], parts["figure"] + (NO_BREAK_SPACE + parts["unit"] if parts["unit"] else "")]
    return {**parts, "words": " ".join(filter(None, words))}


def _figure(observation: Observation) -> str:
    if observation.value is None:
        return partial_date(observation.value_date)
    if observation.value_max is None:
        return number(observation.value)
    return _("%(low)s–%(high)s") % {"low": number(observation.value), "high": number(observation.value_max)}


def _unit(observation: Observation) -> str:
    """The unit's name in the number of the figure: one is one in English, all below two is one in French."""
    if observation.value is None:
        return ""
    most = observation.value if observation.value_max is None else observation.value_max
    is_one = abs(most) < 2 if get_language()[:2] == "fr" else most == 1
    return say(observation.unit.singular if is_one else observation.unit.name)

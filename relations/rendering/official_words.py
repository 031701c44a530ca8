"""How an office and a time in it are said: kinds of post, capacities, standings, the days of a term."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from relations.documents import Official, Post, Term
from relations.filters.official import ROLES
from relations.models.dates import PartialDate

from .periods import on, period, since, until
from .words import day_and_precision, partial_date, say

__all__ = ["CAPACITIES", "IN_OFFICE", "ROLES", "STANDINGS", "capitalized", "days", "newest_first", "recorded", "title"]

# How someone stands in a post, agreeing in gender; a plain holder needs no word. The codes of models.Term.Capacity.
CAPACITIES = {
    ("acting", "m"): pgettext_lazy("of a man", "acting"),
    ("acting", "f"): pgettext_lazy("of a woman", "acting"),
    ("charge", "m"): pgettext_lazy("of a man", "chargé d’affaires"),
    ("charge", "f"): pgettext_lazy("of a woman", "chargé d’affaires"),
    ("designate", "m"): pgettext_lazy("of a man", "designate"),
    ("designate", "f"): pgettext_lazy("of a woman", "designate"),
    ("nominee", "m"): pgettext_lazy("of a man", "nominee"),
    ("nominee", "f"): pgettext_lazy("of a woman", "nominee"),
}
# Capacities in which a post is filled; someone who was only named for it does not fill it.
IN_OFFICE = {"holder", "acting", "charge"}
STANDINGS = {
    "current": gettext_lazy("In office"),
    "ended": gettext_lazy("Ended"),
    "ended_date_unverified": gettext_lazy("Ended; the day is not verified"),
    "date_unverified": gettext_lazy("Dates not verified"),
}


def capitalized(words: str) -> str:
    """The same words with a capital in front: French writes posts small, but not where a line begins."""
    return words[:1].upper() + words[1:]


def title(term: Term, post: Post | None, official: Official, fallback: str = "") -> str:
    """A post as this person holds it: Ambassador of Canada to the United States, acting."""
    name = say(post.named(official.grammatical_gender)) if post else fallback
    word = CAPACITIES.get((term.capacity, official.grammatical_gender))
    if word and name:
        name = _("%(post)s, %(capacity)s") % {"post": name, "capacity": word}
    return capitalized(name)


def newest_first(terms: Iterable[Term]) -> list[Term]:
    """Terms in the order of a profile: those still held, then by the newest day that shows them."""
    return sorted(terms, key=lambda term: (term.standing == "current", _newest(term)), reverse=True)


def _newest(term: Term) -> datetime.date:
    return max((day_and_precision(day)[0] for day in recorded(term)), default=datetime.date.min)


def recorded(term: Term) -> list[PartialDate | datetime.date]:
    """The dates on which sources show the term, oldest first: its ends, and the days that attest it.

    A term that is current was shown up to the newest page that says so.
    """
    days: list[PartialDate | datetime.date] = [*term.attested_on]
    days += [end for end in (term.held_from, term.last_on) if end]
    if term.standing == "current" and term.last_verified:
        days.append(term.last_verified)
    return sorted(days, key=lambda day: day_and_precision(day)[0])


def days(term: Term) -> str:
    """When it was held, as far as sources show it."""
    if term.held_from and term.last_on:
        return period(term.held_from, term.last_on)
    if term.held_from and term.standing == "current":
        return since(term.held_from)
    if term.held_from:
        return _("%(since)s; end not verified") % {"since": since(term.held_from)}
    if term.last_on:
        return _("%(until)s; start not verified") % {"until": until(term.last_on)}
    shown = recorded(term)
    if not shown:
        return _("dates not verified")
    if len(shown) == 1:
        return _("recorded %(on)s") % {"on": on(shown[0])}
    return _("recorded %(first)s – %(last)s") % {"first": partial_date(shown[0]), "last": partial_date(shown[-1])}

"""A post that changed hands, in a sentence: who follows whom, and from when as far as that is known.

The days are those of the world, as the terms tell them. When this site said so first is said beside the sentence.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from relations.documents.handover import HandOver, Holder
from relations.models.dates import PartialDate

from .official_words import CAPACITIES, capitalized, days
from .periods import since, starting, until
from .words import say

DAY = datetime.timedelta(days=1)


def title(each: HandOver) -> str:
    """The post, agreeing with whoever is in it now, else with whoever left."""
    now = [*each.came, *(turned for _was, turned in each.turned), *each.stayed] or [*each.left, *each.unsaid]
    genders = {holder.official.grammatical_gender for holder in now}
    return capitalized(say(each.post.named(genders.pop() if len(genders) == 1 else "")))


def words(each: HandOver) -> str:
    """What changed, in words of the active language; never more than the record says."""
    said = _one(each) or _several(each)
    named = _("named for the post: %(names)s") % {"names": _names(each.named)} if each.named else ""
    return capitalized("; ".join(filter(None, [said, named])))


def _one(each: HandOver) -> str:
    """The sentence where one person came, left or did both; empty where it takes a list."""
    old = [*each.left, *each.unsaid]
    if each.passed or max(map(len, (each.came, old, each.stayed, each.turned))) > 1:
        return ""
    if each.turned:
        return "" if each.came or old else _turned(*each.turned[0])
    if each.came and old:
        return "" if each.stayed else _follows(each.came[0], old[0], was_shown=bool(each.left))
    if each.came:
        return _comes(each, each.came[0])
    return _leaves(each, old[0], was_shown=bool(each.left)) if old else _vacant(each)


def _follows(new: Holder, old: Holder, *, was_shown: bool) -> str:
    given = {"new": _name(new), "old": _name(old)}
    start, last = new.term.held_from, old.term.last_on
    if not was_shown:
        return _noted(_("the record now names %(new)s instead of %(old)s") % given, _starting(start))
    said = _("%(new)s follows %(old)s") % given
    return _noted(said, _starting(start), "" if _at_once(last, start) else _left(old))


def _comes(each: HandOver, new: Holder) -> str:
    given, start = {"new": _name(new), "others": _names(each.stayed)}, _starting(new.term.held_from)
    if each.stayed:
        return _noted(_("%(new)s joins %(others)s in the post") % given, start)
    if each.was_vacant:
        vacant = _("vacant %(since)s") % {"since": since(each.was_vacant.held_from)}
        return _noted(_("%(new)s fills the vacant post") % given, start, vacant)
    return _noted(_("%(new)s holds the post") % given, start, _("this record showed nobody in office before"))


def _leaves(each: HandOver, old: Holder, *, was_shown: bool) -> str:
    given, last = {"old": _name(old), "others": _names(each.stayed)}, old.term.last_on
    if not was_shown:
        return _("the record no longer names %(old)s in this post") % given
    end = until(last) if last else ""
    if each.stayed:
        return _noted(_("%(old)s leaves the post, which %(others)s still holds") % given, end)
    if each.is_vacant:
        start = each.is_vacant.held_from
        end = "" if _at_once(last, start) else _left(old)
        return _noted(_("%(old)s leaves the post vacant") % given, starting(start), end)
    return _noted(_("%(old)s no longer holds the post") % given, end, _("no successor is recorded"))


def _vacant(each: HandOver) -> str:
    if each.is_vacant and not each.was_vacant:
        return _noted(_("the post is vacant"), starting(each.is_vacant.held_from))
    return _("the post is no longer vacant; nobody is recorded in it") if each.was_vacant and not each.is_vacant else ""


def _turned(was: Holder, now: Holder) -> str:
    given = {"name": now.official.name, "old": _capacity(was), "new": _capacity(now)}
    return _noted(_("%(name)s, until now %(old)s, is now %(new)s") % given, _starting(now.term.held_from))


def _several(each: HandOver) -> str:
    """Who is in office and who is not any more, without saying who follows whom."""

    def ended(one: Holder) -> str:
        return until(one.term.last_on) if one.term.last_on else ""

    parts = [
        (_("in office now: %(names)s"), _names(each.came, lambda one: _starting(one.term.held_from))),
        (_("in another capacity: %(names)s"), "; ".join(_turned(*pair) for pair in each.turned)),
        (_("still in office: %(names)s"), _names(each.stayed)),
        (_("no longer: %(names)s"), _names(each.left, ended)),
        (_("not named any more: %(names)s"), _names(each.unsaid)),
        (_("also recorded now: %(names)s"), _names(each.passed, lambda one: days(one.term))),
    ]
    vacant = "" if each.came or each.stayed or each.turned else _vacant(each)
    return "; ".join([*(said % {"names": names} for said, names in parts if names), *filter(None, [vacant])])


def _names(people: Iterable[Holder], note: Callable[[Holder], str] = lambda _one: "") -> str:
    return ", ".join(_name(each, note(each)) for each in people)


def _name(each: Holder, *notes: str) -> str:
    """The name, with the capacity of someone who is no plain holder."""
    return _noted(each.official.name, "" if each.term.capacity == "holder" else _capacity(each), *notes)


def _capacity(each: Holder) -> str:
    word = CAPACITIES.get((each.term.capacity, each.official.grammatical_gender))
    return str(word or _("holder of the post"))


def _left(old: Holder) -> str:
    last = old.term.last_on
    return _("%(name)s %(until)s") % {"name": old.official.name, "until": until(last)} if last else ""


def _starting(date: PartialDate | None) -> str:
    return starting(date) if date else ""


def _at_once(last: PartialDate | None, start: PartialDate | None) -> bool:
    """Whether one begins on the day after the other ends, or on the same: then one date says both."""
    if not last or not start or last.precision != "day" or start.precision != "day":
        return False
    return last.date <= start.date <= last.date + DAY


def _noted(said: str, *notes: str) -> str:
    """Words with what is to be added to them in brackets."""
    told = "; ".join(filter(None, notes))
    return f"{said} ({told})" if told else said

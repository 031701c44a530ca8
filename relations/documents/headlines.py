"""What readers want to know first of a difference: the figure rose, the commitment moved, the term ended."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from relations.models.content import PublicStatus

from .base import Document
from .change import Change
from .fact import Fact, Observation
from .official import Official
from .priority import Commitment, Priority
from .segments import words
from .wording import Wording, in_language


def headlines(old: Document | None, new: Document, wording: Wording) -> Iterator[Change]:
    """The headlines of a difference, to stand before all the rest of it. None where the document is new."""
    if isinstance(old, Fact) and isinstance(new, Fact):
        yield from _figure(old.figure, new.figure, wording)
    if isinstance(old, Priority) and isinstance(new, Priority):
        was = {each.id: each for each in old.commitments}
        for each in new.commitments:
            if each.id in was:
                yield from _commitment(was[each.id], each, wording)
    if isinstance(old, Official) and isinstance(new, Official):
        yield from _ended(old, new, wording)


def trend(before: Any, after: Any) -> Literal["", "up", "down"]:
    """Which way a figure went; a place in a list is no figure."""
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return "up" if after > before else "down"
    return ""


def _figure(before: Observation | None, after: Observation | None, wording: Wording) -> Iterator[Change]:
    """That the figure shown first is another one now, and by which way it went."""
    if not before or not after or before.id == after.id or before.unit.code != after.unit.code:
        return
    if before.value is None or after.value is None or before.value == after.value:
        return
    old, new = (_dated(_figures(each, wording), wording.say(None, each.as_of)) for each in (before, after))
    went, tells = trend(before.value, after.value), frozenset([after.id])
    yield Change(_("figure"), "changed", old=old, new=new, segments=words(old, new), trend=went, tells=tells)


def _figures(seen: Observation, wording: Wording) -> str:
    bounds = [wording.say(None, each) for each in (seen.value, seen.value_max) if each is not None]
    return f"{'–'.join(bounds)} {wording.say(None, seen.unit)}"


def _commitment(before: Commitment, after: Commitment, wording: Wording) -> Iterator[Change]:
    """That a commitment moved to another status, by the newest assessment of each text; else that there is evidence."""
    old, new = (str(PublicStatus(each.status).label) for each in (before, after))
    what = Truncator(in_language(after.statement).rstrip(".")).words(12).replace(",…", "…")
    given = {"what": what, "old": old, "new": new}
    known = {each.id for each in before.assessments}
    added = [each for each in after.assessments if each.id not in known]
    fresh = frozenset(each.id for each in added)
    if before.status != after.status:
        said = _("commitment “%(what)s” moved from “%(old)s” to “%(new)s”") % given
        if before.status == PublicStatus.NOT_ASSESSED:
            said = _("commitment “%(what)s” assessed as “%(new)s”") % given
        if shown := after.assessment:
            said, fresh = _dated(said, wording.say(None, shown.as_of)), fresh | {shown.id}
        label = _("status of “%(what)s”") % given
        yield Change(label, "changed", old=old, new=new, segments=words(old, new), said=said, tells=fresh)
    elif added:
        said = _("commitment “%(what)s”: new evidence, status still “%(new)s”") % given
        label, finding = _("evidence for “%(what)s”") % given, in_language(added[-1].finding)
        yield Change(label, "added", new=finding, said=said, tells=fresh)


def _ended(before: Official, after: Official, wording: Wording) -> Iterator[Change]:
    """Terms that were current and are over now."""
    current = {term.id for term in before.terms if term.standing == "current"}
    for term in after.terms:
        if term.id in current and term.standing != "current":
            post, last = wording.say(None, term.post), wording.say(None, term.last_on)
            said = _dated(_("no longer in office: %(post)s") % {"post": post}, last)
            yield Change(_("end of a term"), "added", new=_dated(post, last), said=said, tells=frozenset([term.id]))


def _dated(said: str, date: str) -> str:
    return _("%(figure)s (%(date)s)") % {"figure": said, "date": date} if date else said

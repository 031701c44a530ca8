"""What became of a record, on one line of time: what was saved, published and decided, by whom and why."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relations.documents import Document, Ref, parse
from relations.documents.compare import compare, in_short
from relations.models import Edition, Move, Record, Revision

from .labels import label
from .verbs.common import Names
from .versions import beside

PER_PAGE = 30
# A verb and what it left behind are written in one transaction, by two clocks.
TOGETHER = datetime.timedelta(minutes=2)
# Verbs whose edition says more than the move does.
OF_AN_EDITION = frozenset({Move.Verb.PUBLISH, Move.Verb.CORRECT, Move.Verb.WITHDRAW})
OF_A_REVISION = frozenset({Move.Verb.RESTORE, Move.Verb.DISCARD})


@dataclass(frozen=True)
class Entry:
    """One thing that happened. ``key`` names the text it left, if any; see ``texts``."""

    at: datetime.datetime
    order: int
    what: str
    who: str = ""  # empty where the system itself did it
    key: str = ""
    note: str = ""  # why: the words of whoever did it, or what readers were told
    summary: str = ""  # what changed, in one line
    marks: tuple[str, ...] = ()


def timeline(record: Record, page: Any, now: datetime.datetime) -> Page:
    """One page of entries, the newest first. Six queries, and one per kind that the changes of this page name."""
    entries = sorted(_entries(record, now), key=lambda each: (each.at, each.order), reverse=True)
    shown = Paginator(entries, PER_PAGE).get_page(page)
    shown.object_list = _summed_up(record, list(shown.object_list), entries)
    return shown


def _entries(record: Record, now: datetime.datetime) -> Iterator[Entry]:
    mine = {"record_id": record.pk}
    moves = list(Move.objects.filter(**mine).select_related("made_by", "release"))
    editions = Edition.objects.filter(**mine).defer("document", "search_en", "search_fr")
    revisions = Revision.objects.filter(**mine).defer("document").order_by("-pk")
    for edition in editions.select_related("made_by", "release"):
        move = _taken(moves, OF_AN_EDITION, lambda move, e=edition: move.edition_number == e.number)
        yield _of_edition(edition, move, now)
    desk = record.desk_digest
    for revision in revisions.select_related("made_by"):
        entry = _of_revision(revision, _taken(moves, OF_A_REVISION, lambda move, r=revision: _belongs(move, r)))
        if revision.desk_digest == desk:
            entry, desk = replace(entry, marks=(_("on the desk"),)), None
        yield entry
    yield from map(_of_move, moves)
    yield from _logged(record)


def _taken(moves: list[Move], verbs: frozenset, fits: Any) -> Move | None:
    """Takes the move that belongs to an edition or a revision out of the list."""
    found = next((move for move in moves if move.verb in verbs and fits(move)), None)
    if found:
        moves.remove(found)
    return found


def _belongs(move: Move, revision: Revision) -> bool:
    same = (move.desk_digest, move.made_by_id) == (revision.desk_digest, revision.made_by_id)
    return same and revision.origin == Revision.Origin.RESTORE and abs(move.made_at - revision.made_at) < TOGETHER


def _of_edition(edition: Edition, move: Move | None, now: datetime.datetime) -> Entry:
    what = _("Edition %(number)d") % {"number": edition.number}
    marks = []
    if edition.is_tombstone:
        what = _("Withdrawn from the site")
    elif edition.live_from > now:
        marks.append(_("scheduled"))
    elif edition.live_until is None or edition.live_until > now:
        marks.append(_("live"))
    marks += [_("corrected")] if move and move.verb == Move.Verb.CORRECT else []
    marks += [_("not reviewed")] if move and move.is_unreviewed else []
    marks += [_("minor")] if edition.is_minor else []
    marks += [_("redacted")] if edition.is_redacted else []
    marks += _pending(move)
    return Entry(
        edition.live_from,
        2,
        what,
        _name(edition.made_by),
        "" if edition.is_tombstone or edition.is_redacted else f"e{edition.number}",
        " – ".join(dict.fromkeys(filter(None, [_told(edition), move.reason if move else ""]))),
        marks=(*marks, *([str(edition.release)] if edition.release else [])),
    )


def _pending(move: Move | None) -> list[str]:
    """What became of what was scheduled."""
    return [move.get_pending_display()] if move and move.pending else []


def _told(edition: Edition) -> str:
    """What readers are told about it, in the language of the desk."""
    french = (translation.get_language() or "").startswith("fr")
    pair = ("reason_fr", "reason_en") if edition.is_tombstone else ("change_note_fr", "change_note_en")
    return getattr(edition, pair[0] if french else pair[1])


def _of_revision(revision: Revision, move: Move | None) -> Entry:
    what = capfirst(move.get_verb_display() if move else revision.get_origin_display())
    note = move.reason if move else ""
    return Entry(revision.made_at, 0, what, _name(revision.made_by), f"r{revision.pk}", note)


def _of_move(move: Move) -> Entry:
    marks = [_("not reviewed")] if move.is_unreviewed else []
    marks += _pending(move) + ([str(move.release)] if move.release else [])
    number = _("Edition %(number)d") % {"number": move.edition_number} if move.edition_number else ""
    what = ": ".join(filter(None, [capfirst(move.get_verb_display()), number]))
    return Entry(move.made_at, 1, what, _name(move.made_by), note=move.reason, marks=tuple(marks))


def _logged(record: Record) -> Iterator[Entry]:
    """Saves of what no document holds, such as who looks after the record: the admin's own log has them."""
    with translation.override(None):
        labels = {capfirst(str(column.verbose_name)): column for column in beside(type(record))}
    rows = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk), action_flag=CHANGE
    )
    for row in rows.select_related("user"):
        names = [str(labels[each].verbose_name) for each in _fields(row.change_message) if each in labels]
        if names:
            yield Entry(row.action_time, 0, _("Changed beside the text"), _name(row.user), summary=", ".join(names))


def _fields(message: str) -> list[str]:
    """The labels of the fields that a log entry says were changed, children left out."""
    try:
        parts = json.loads(message)
        changed = [part["changed"] for part in parts if "changed" in part and "name" not in part["changed"]]
        return [each for part in changed for each in part.get("fields", ())]
    except (ValueError, TypeError, AttributeError):
        return []


def _name(user: Any) -> str:
    return label(user) if user else ""


# ---- what changed, in one line -------------------------------------------------------------------------------------


def _summed_up(record: Record, shown: Sequence[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """These entries with what changed since the text of the same kind before. Two queries, and those for names."""
    before = dict(pairwise(_keys(entries, "r"))) | dict(pairwise(_keys(entries, "e")))
    wanted = {each.key for each in shown if each.key}
    documents = _documents(record, wanted | {before[key] for key in wanted if key in before})
    pairs = {key: (documents.get(before.get(key)), documents[key]) for key in wanted}
    asked: set[Ref] = set()
    for old, new in pairs.values():
        if old:
            in_short(compare(old, new, name=lambda ref: asked.add(ref) or ""))
    name = Names([], asked)
    said = {
        key: (in_short(compare(old, new, name=name)) or _("The same words.")) if old else _("The first text.")
        for key, (old, new) in pairs.items()
    }
    return [replace(each, summary=said.get(each.key, each.summary)) for each in shown]


def _keys(entries: Iterable[Entry], of: str) -> list[str]:
    """The keys of what was saved, or published, the newest first."""
    return [each.key for each in entries if each.key.startswith(of)]


def _documents(record: Record, keys: set[str]) -> dict[str, Document]:
    numbers = {of: [int(key[1:]) for key in keys if key.startswith(of)] for of in ("r", "e")}
    mine: dict[str, UUID] = {"record_id": record.pk}
    saves = Revision.objects.filter(**mine, pk__in=numbers["r"]).values_list("pk", "kind", "document")
    public = Edition.objects.filter(**mine, number__in=numbers["e"]).values_list("number", "kind", "document")
    found = {f"r{key}": parse(kind, text) for key, kind, text in saves}
    return found | {f"e{number}": parse(kind, text) for number, kind, text in public}

"""Every text that is kept of a record: what was saved, what was published, what stands on the desk. Each has a key."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from relations.documents import Document, freeze, parse
from relations.models import Edition, Record, Revision

from .labels import label

DESK = "desk"
KEY = re.compile(r"([re])(\d{1,18})")


@dataclass(frozen=True)
class Kept:
    """One text of a record."""

    key: str  # "r12" for a revision, "e3" for an edition by its number, "desk"
    at: datetime.datetime
    title: str  # what it is, in words
    who: str  # empty where the system itself made it
    document: Document


def text_of(record: Record, key: str) -> Kept | None:
    """The text of this record with this key; None where there is none, or nothing is left of it. One query or a few."""
    if key == DESK:
        return Kept(DESK, record.changed_at, _("On the desk now"), "", freeze(record))
    match = KEY.fullmatch(key)
    if match is None:
        return None
    kind, number = match[1], int(match[2])
    if kind == "r":
        return _of_revision(Revision.objects.filter(record_id=record.pk, pk=number).select_related("made_by").first())
    return _of_edition(Edition.objects.filter(record_id=record.pk, number=number).select_related("made_by").first())


def _of_revision(revision: Revision | None) -> Kept | None:
    if revision is None:
        return None
    document = parse(revision.kind, revision.document)
    return Kept(f"r{revision.pk}", revision.made_at, saved(revision), _who(revision), document)


def _of_edition(edition: Edition | None) -> Kept | None:
    if edition is None or not edition.document:
        return None
    title = _("Edition %(number)d") % {"number": edition.number}
    return Kept(f"e{edition.number}", edition.live_from, title, _who(edition), parse(edition.kind, edition.document))


def saved(revision: Revision) -> str:
    """How it came to the desk and when, in words."""
    when = formats.date_format(timezone.localtime(revision.made_at), "DATETIME_FORMAT")
    return _("%(how)s, %(when)s") % {"how": revision.get_origin_display().capitalize(), "when": when}


def _who(made: Revision | Edition) -> str:
    return label(made.made_by) if made.made_by else ""

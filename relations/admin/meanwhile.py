"""What others did to a record while somebody had its form open: who, when, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from relations.models import Edition, Record, Revision

from .labels import label
from .state import SOON
from .versions import Version


@dataclass(frozen=True)
class Save:
    """One save: by whom (nobody: the system itself), when, and how it came."""

    name: str
    at: datetime.datetime
    origin: str


@dataclass(frozen=True)
class Deletion:
    name: str
    at: datetime.datetime


def saved_since(opened: Version | None, record: Record) -> list[Save]:
    """Who saved the record after the form was opened with this version, the first to come first; two queries.

    Where that version is not known, the last save alone.
    """
    rows = Revision.objects.filter(record_id=record.pk).select_related("made_by").defer("document").order_by("-pk")
    found = []
    for row in rows[:20]:
        if opened and row.desk_digest == opened.digest:
            break
        found.append(Save(label(row.made_by) if row.made_by else "", row.made_at, row.get_origin_display()))
    return found[::-1] if opened else found[:1]


def published_since(edition: int, now: datetime.datetime) -> str:
    """What somebody did in public with the text that was saved before, in words. One query."""
    made = Edition.objects.select_related("made_by").defer("document").get(pk=edition)
    who = {"name": label(made.made_by) if made.made_by else _("The system"), "number": made.number}
    if made.is_tombstone:
        said = _("%(name)s withdrew it from the site while you had the form open.")
    elif made.live_from > now + SOON:
        said = _("%(name)s scheduled edition %(number)d while you had the form open.")
    else:
        said = _("%(name)s published edition %(number)d while you had the form open.")
    return f"{said % who} {_('What you saved is on the desk only: it is not part of that.')}"


def deleted_by(model: type[Record], key: Any) -> Deletion | None:
    """Who deleted a record from the desk; None where nobody noted it. One query."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id=str(key), action_flag=DELETION
    )
    entry = entries.select_related("user").order_by("-action_time").first()
    return entry and Deletion(label(entry.user), entry.action_time)

"""Traces: what the desk wrote about a record beside its texts, and how a redaction takes the words out of that.

Which of these words repeat what must go nobody can tell. So all that belong to the record go, and whatever says them
again elsewhere; who did what when stays.
"""

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model, Q

from relations.documents import Text
from relations.models import (
    Check,
    Edition,
    LinkAnswer,
    Move,
    PreviewLink,
    PreviewOpening,
    Record,
    Release,
    Report,
    Revision,
    Source,
    Upload,
    UploadLine,
)

from .editions import take_note_away

log = logging.getLogger(__name__)

# As much of a title as stands wherever one is cut short.
CUT = 60
SENTENCE = 4  # words


def erase(
    record: Record,
    *,
    redacted: Sequence[Edition],
    staying: Sequence[Edition],
    saves: Collection[str],
    words: Text,
    hides_address: bool,
    at: datetime.datetime,
) -> None:
    """Takes the words out of everything that the desk wrote about this record before an instant, in a redaction.

    ``redacted`` are its editions as they still stand, ``staying`` all others, ``saves`` the desk digests of the saves
    that stay. ``words`` take the place of names; notes and reasons become empty. Links to previews of this record end,
    and imports go as a whole that name it, that were not read yet or that could not be.
    """
    titles = _titles(redacted) - _titles(staying)
    releases = _releases(record, redacted, titles)
    links = PreviewLink.objects.filter(Q(record_id=record.pk) | Q(release__in=releases))
    reasons = _reasons(record, releases, at)
    names = titles | {release.name for release in releases}
    _log([record, *releases, *links, *Report.objects.filter(record_id=record.pk)], names, reasons, words)
    _saves(record, titles, saves)
    Check.objects.filter(record_id=record.pk).update(note="")
    _notes(releases, words)
    links.filter(record_id=record.pk, revoked_at__isnull=True).update(revoked_at=at)
    links.update(made_for=words.en)
    if hides_address:
        _paths({each.slug for each in redacted})
    _imports(record.pk)
    if isinstance(record, Source):
        LinkAnswer.objects.filter(source=record).delete()  # asked anew with the next round
    transaction.on_commit(overwrite, robust=True)


def _titles(editions: Iterable[Edition]) -> set[str]:
    return {title for each in editions for title in (each.title_en, each.title_fr) if title}


def _releases(record: Record, redacted: Sequence[Edition], titles: Iterable[str]) -> list[Release]:
    """The releases that brought these editions or were to bring the record and were given up, and those that name it.

    One that is still being prepared goes on as it is, unless it names the record by its title.
    """
    of_it = Q(editions__in=redacted) | Q(members__record_id=record.pk, state=Release.State.CANCELLED)
    for title in titles:
        for name in ("name", "note_en", "note_fr"):
            of_it |= Q(**{f"{name}__contains": title})
    return list(Release.objects.filter(of_it).distinct())


def _reasons(record: Record, releases: Sequence[Release], at: datetime.datetime) -> set[str]:
    """Takes the reasons out of the moves of this record and of these releases, and returns what they were.

    One that was given for several records at once goes from the moves of each.
    """
    own = Move.objects.filter(Q(record_id=record.pk) | Q(release__in=releases), made_at__lt=at).exclude(reason="")
    reasons = set(own.values_list("reason", flat=True))
    Move.objects.filter(reason__in=reasons, made_at__lt=at).update(reason="")
    return reasons


def _saves(record: Record, titles: Iterable[str], staying: Collection[str]) -> None:
    """Drops saves of other texts, and those of other records that say one of these sentences: copies began so.

    A title of a few words says nothing by itself; that of a source stands in whatever cites it, by right.
    """
    gone = Q(record_id=record.pk) & ~Q(desk_digest__in=staying)
    for title in titles:
        if len(title.split()) >= SENTENCE and not isinstance(record, Source):
            gone |= ~Q(record_id=record.pk) & Q(document__contains=json.dumps(title, ensure_ascii=False)[1:-1])
    Revision.objects.filter(gone).delete()


def _notes(releases: Sequence[Release], words: Text) -> None:
    """Takes the notes of these releases away, on each edition that bears them as well, and their names."""
    for release in releases:
        take_note_away(release)
    Release.objects.filter(pk__in=[each.pk for each in releases]).update(name=words.en, note_en="", note_fr="")


def _log(rows: Iterable[Model], names: Iterable[str], reasons: Iterable[str], words: Text) -> None:
    """Leaves, of what the admin's own log says of these rows, or elsewhere by these names, who did something when."""
    about = Q()
    for row in rows:
        about |= Q(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
    for name in {name[:CUT] for name in names}:
        # Of the parts of a form the log keeps JSON, in which a letter may be written as its number.
        about |= Q(change_message__contains=name) | Q(change_message__contains=json.dumps(name)[1:-1])
        about |= Q(object_repr__contains=name)
    for reason in reasons:
        about |= Q(change_message__endswith=f": {reason}")
    LogEntry.objects.filter(about).update(object_repr=words.en, change_message="")


def _paths(addresses: Iterable[str]) -> None:
    """Forgets which pages were opened through links, where the path has one of these addresses in it."""
    for address in addresses:
        PreviewOpening.objects.filter(path__contains=f"/{address}").update(path="")


def _imports(identity: UUID) -> None:
    whole = Q(lines__record_id=identity) | Q(lines__action=UploadLine.Action.PROBLEM) | Q(lines__isnull=True)
    found = Upload.objects.filter(whole).values_list("pk", flat=True)
    Upload.objects.filter(pk__in=set(found)).delete()


def overwrite() -> None:
    """Empties SQLite's write-ahead log, in which the old pages stand; over the file itself ``secure_delete`` writes.

    For PostgreSQL see the README.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        is_busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        log.warning("Somebody is still reading; what was redacted stays in SQLite’s log until the next checkpoint.")

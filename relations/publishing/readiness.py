"""Readiness: what keeps a set of documents from going live together, in words an editor can act on."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _
from pydantic import BaseModel

from relations.documents import (
    CommitmentRef,
    Document,
    Factsheet,
    Meeting,
    Official,
    Priority,
    Ref,
    Statement,
    TermRef,
    parse,
    refs,
    texts,
)
from relations.documents.wording import in_language
from relations.models import BY_KIND, Edition, PartialDate, Record

from .naming import briefly

# The years that dates on this site can mean: from the first treaties to the last targets.
EARLIEST, LATEST = 1500, 2200


@dataclass(frozen=True)
class Problem:
    """One reason why a record cannot go live: which record, where in it, and what to do."""

    kind: str
    record_id: UUID
    title: str
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.title} – {self.where}" if self.where else self.title
        return f"{place}: {self.message}"


def problems(documents: Sequence[Document], *, at: datetime.datetime) -> list[Problem]:
    """Everything that keeps these documents from going live together at this instant; empty means ready.

    A reference counts as live if it is live at the instant or goes live in the same set. Two queries, and one for
    each kind of what is named and not live.
    """
    together = {document.id: document for document in documents}
    named = {ref.id: ref for document in documents for ref in refs(document) if ref.id not in together}
    live = {edition.record_id: edition for edition in Edition.objects.live(at).filter(record_id__in=list(named))}
    known = _Known(together, live, named.values())
    taken = _taken_addresses(documents)
    found = []
    for document in documents:
        for path, message in _judge(document, known, taken):
            found.append(
                Problem(document.kind, document.id, in_language(document.title), label(document.kind, path), message)
            )
    return found


class _Known:
    """What will be readable at the instant: the set itself and what is live besides."""

    def __init__(self, together: dict[UUID, Document], live: dict[UUID, Edition], named: Iterable[Ref]) -> None:
        self.together = together
        self.live = live
        self.dead = _on_desk(ref for ref in named if ref.id not in live)

    def __contains__(self, identity: UUID) -> bool:
        return identity in self.together or identity in self.live

    def document(self, identity: UUID) -> Document | None:
        if identity in self.together:
            return self.together[identity]
        edition = self.live.get(identity)
        return edition and parse(edition.kind, edition.document)


def _on_desk(named: Iterable[Ref]) -> dict[UUID, Record]:
    """The desk rows of these references. One query per kind."""
    by_kind = defaultdict(list)
    for ref in named:
        by_kind[ref.kind].append(ref.id)
    return {row.pk: row for kind, ids in by_kind.items() for row in BY_KIND[kind].objects.filter(pk__in=ids)}


def _taken_addresses(documents: Sequence[Document]) -> dict[tuple, UUID]:
    """(kind, relationship, slug) → record, for every address of these documents that was ever issued."""
    slugs = Edition.objects.filter(slug__in={document.slug for document in documents})
    rows = slugs.order_by().values_list("kind", "relationship_id", "slug", "record_id").distinct()
    return {tuple(row[:3]): row[3] for row in rows}


def relationship_of(document: Document) -> UUID | None:
    """The relationship that a document's address is unique in; None for kinds that all share."""
    relationship = getattr(document, "relationship", None)
    return relationship and relationship.id


def _judge(document: Document, known: _Known, taken: dict[tuple, UUID]) -> Iterator[tuple[str, str]]:
    yield from _missing_languages(document)
    yield from _missing_sources(document)
    yield from _dead_references(document, known)
    yield from _terms(document, known)
    yield from _commitments(document, known)
    yield from _portrait(document)
    if getattr(document, "verified", True) is False and not document.note:
        yield "note", _("It is marked as not verified. Say why in the note, in both languages.")
    yield from _impossible_times(document)
    yield from _implausible_dates(document)
    if taken.get((document.kind, relationship_of(document), document.slug), document.id) != document.id:
        yield (
            "slug",
            _("Another record once had this address, and old links still lead there. Choose another."),
        )


def _missing_languages(document: Document) -> Iterator[tuple[str, str]]:
    names = {"en": _("English"), "fr": _("French")}
    for path, text in texts(document):
        if text.missing and (text or path in document.REQUIRED):
            missing = _(" and ").join(names[language] for language in text.missing)
            yield path, _("The %(language)s text is missing.") % {"language": missing}


def _missing_sources(document: Document) -> Iterator[tuple[str, str]]:
    for path, part in _models(document):
        if "sources" in type(part).model_fields and not part.sources:
            yield f"{path}.sources".lstrip("."), _("Name at least one source.")


def _models(value: object, path: str = "") -> Iterator[tuple[str, BaseModel]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _models(item, f"{path}[{index}]")
    elif isinstance(value, BaseModel):
        yield path, value
        for name in type(value).model_fields:
            yield from _models(getattr(value, name), f"{path}.{name}".lstrip("."))


def _dead_references(document: Document, known: _Known) -> Iterator[tuple[str, str]]:
    for ref in refs(document):
        if ref.id not in known:
            row, kind = known.dead.get(ref.id), BY_KIND[ref.kind]._meta.verbose_name
            yield (
                "",
                _("It names “%(name)s” (%(kind)s), which is not live and does not go live with it.")
                % {"name": briefly(row) if row else ref.id, "kind": kind},
            )


def _terms(document: Document, known: _Known) -> Iterator[tuple[str, str]]:
    """Whoever takes part or speaks must be shown in the post at some time of that day, month, year or visit."""
    if isinstance(document, Meeting):
        for index, each in enumerate(document.participants):
            yield from _term(f"participants[{index}]", each.term, document.starts_on, document.over_on, known)
    if isinstance(document, Statement):
        for term in document.speakers:
            yield from _term("speaker", term, document.said_on, document.said_on.until, known)


def _term(
    path: str, ref: TermRef, start: PartialDate, until: datetime.date, known: _Known
) -> Iterator[tuple[str, str]]:
    official = known.document(ref.official.id)
    if not isinstance(official, Official):
        return  # already reported as a dead reference
    term = official.term(ref.id)
    names = {"name": official.name, "day": start.isoformat}
    if term is None:
        yield path, _("%(name)s: this term is not in the live text yet. Publish the official as well.") % names
    elif not term.held_between(start.first, until):
        yield path, _("%(name)s: the term named does not cover %(day)s.") % names


def _commitments(document: Document, known: _Known) -> Iterator[tuple[str, str]]:
    """A commitment is part of a priority: that priority's text has to hold it."""
    for path, ref in _models(document):
        if isinstance(ref, CommitmentRef):
            priority = known.document(ref.priority.id)
            if isinstance(priority, Priority) and ref.id not in {each.id for each in priority.commitments}:
                yield path, _("This commitment is not in the live text yet. Publish its priority as well.")


def _portrait(document: Document) -> Iterator[tuple[str, str]]:
    """A picture says what it shows and whose it is; words about a picture come with one."""
    if not isinstance(document, Official):
        return
    if document.portrait:
        if not document.portrait_alt:
            yield "portrait_alt", _("Say in both languages what the picture shows, for whoever cannot see it.")
        if not document.portrait_credit:
            yield "portrait_credit", _("Say whose picture it is.")
    elif document.portrait_alt or document.portrait_credit or document.portrait_licence or document.portrait_source:
        yield "portrait", _("There is no picture that these words belong to. Add it, or empty them.")


def _impossible_times(document: Document) -> Iterator[tuple[str, str]]:
    """A local time that the clocks skip, or show twice, is no instant."""
    for path, day, time in _local_times(document):
        try:
            moment = datetime.datetime.combine(day, time, tzinfo=zoneinfo.ZoneInfo(document.timezone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            yield "timezone", _("This is not a time zone.")
            return
        there_and_back = moment.astimezone(datetime.UTC).astimezone(moment.tzinfo)
        if there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None):
            yield path, _("The clocks skip this hour on that day in that time zone.")
        elif moment.utcoffset() != moment.replace(fold=1).utcoffset():
            yield path, _("The clocks show this hour twice on that day. Leave it out and explain in the note.")


def _local_times(document: Document) -> Iterator[tuple[str, datetime.date, datetime.time]]:
    """Each clock time of a document with its path and its day, where both are known."""
    times: list[tuple[str, PartialDate, datetime.date, datetime.time | None]] = []
    if isinstance(document, Meeting):
        times.append(("start_time", document.starts_on, document.starts_on.date, document.start_time))
        times.append(("end_time", document.starts_on, document.last_on, document.end_time))
    if isinstance(document, Factsheet):
        times.append(("issue_time", document.issued_on, document.issued_on.date, document.issue_time))
    for path, known, day, time in times:
        if time is not None and known.precision == "day" and EARLIEST <= day.year <= LATEST:
            yield path, day, time


def _implausible_dates(document: Document) -> Iterator[tuple[str, str]]:
    """A slip of the keyboard in a year would stretch every list, calendar and chart that shows it."""
    for path, part in _models(document):
        for name, value in part:
            if isinstance(value, datetime.date) and not EARLIEST <= value.year <= LATEST:
                where = path if isinstance(part, PartialDate) else f"{path}.{name}".lstrip(".")
                yield where, _("The year %(year)s cannot be right.") % {"year": value.year}


def label(kind: str, path: str) -> str:
    """A path inside a document in an editor's words: ``observations[0].label`` → "observation 1, label"."""
    model: type[Model] | None = BY_KIND[kind]
    words = []
    for name, index in re.findall(r"(\w+)(?:\[(\d+)\])?", path):
        field = _field(model, name)
        if field is None:
            words.append(name.replace("_", " "))
        elif index:
            words.append(f"{field.related_model._meta.verbose_name} {int(index) + 1}")
            model = field.related_model
        else:
            words.append(str(getattr(field, "verbose_name", name)).removesuffix(_(" (English)")))
    return ", ".join(words)


def _field(model: type[Model] | None, name: str):
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return fields.get(name) or fields.get(f"{name}_en")

"""Writing a whole text to the desk in place of another one, and what keeps it from being written, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import CASCADE, ForeignKey, Model, ProtectedError
from django.utils.translation import gettext as _

from relations.documents import Document, thaw
from relations.documents.named import Named, named
from relations.models import BY_KIND, Edition, Record

from .readiness import Problem, label, relationship_of
from .refusals import NotRestorable


def put_on_desk(document: Document) -> Record:
    """Makes the desk copy of a record exactly this document, children under their ids, and returns its row.

    Call inside the transaction in which its row was locked. Raises NotRestorable; then nothing has changed.
    """
    if found := obstacles(document):
        raise NotRestorable(found)
    try:
        with transaction.atomic():
            return thaw(document)
    except ProtectedError as error:
        raise NotRestorable([_problem(document, "", _needed(error))]) from error
    except IntegrityError as error:
        message = _("It does not fit together with what is on the desk now. Copy what you need by hand.")
        raise NotRestorable([_problem(document, "", message)]) from error


def obstacles(document: Document) -> list[Problem]:
    """What this document names that is no longer on the desk, and whether its address is taken. A query per kind."""
    found = [
        _problem(document, each.path, _("%(what)s is no longer on the desk.") % {"what": _called(each)})
        for each in _gone(document)
    ]
    others = BY_KIND[document.kind].objects.filter(slug=document.slug).exclude(pk=document.id)
    if relationship := relationship_of(document):
        others = others.filter(relationship_id=relationship)
    if others.exists():
        message = _("Another record has the address “%(slug)s” now.") % {"slug": document.slug}
        found.append(_problem(document, "slug", message))
    return found


def whole(row: Model) -> Model:
    """The record that a child row is a part of; a record itself. A query per generation unless they were read."""
    while not isinstance(row, Record):
        parents = (each for each in row._meta.fields if isinstance(each, ForeignKey))
        parent = next((each for each in parents if each.remote_field.on_delete is CASCADE), None)
        if parent is None:
            return row
        row = getattr(row, parent.name)
    return row


def _gone(document: Document) -> Iterator[Named]:
    wanted: dict[type[Model], set] = defaultdict(set)
    for each in named(document):
        wanted[each.model].add(each.key)
    there = {model: set(model._base_manager.in_bulk(list(keys))) for model, keys in wanted.items()}
    inside = {part.path for part in named(document) if part.key not in there[part.model]}
    for each in named(document):
        # A term that is gone says so itself; the official it was of need not be named as well.
        if each.path in inside and not any(each.path.startswith(f"{other}.") for other in inside):
            yield each


def _called(gone: Named) -> str:
    """What is gone, in words: its kind, and the title under which it was last public, if it was."""
    kind = str(gone.model._meta.verbose_name)
    if issubclass(gone.model, Record):
        last = Edition.objects.filter(record_id=gone.key).order_by("number").last()
        if last:
            return _("%(kind)s “%(name)s”") % {"kind": kind, "name": last.title_en}
    return kind


def _needed(error: ProtectedError) -> str:
    names = sorted({str(whole(row)) for row in error.protected_objects})
    message = _("It lacks a part that is named by: %(names)s.")
    return message % {"names": ", ".join(names)}


def _problem(document: Document, path: str, message: str) -> Problem:
    where = label(document.kind, path.removesuffix(".source"))  # of a citation: what cites, not its own source
    return Problem(document.kind, document.id, document.title.en, where, message)

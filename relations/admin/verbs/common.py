"""What the buttons share: whose record it is, who may press, and what other records are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse

from relations.documents import Document, Ref, refs
from relations.models import BY_KIND, Edition, Record

from ..labels import joins, label

if TYPE_CHECKING:
    from ..base import RecordAdmin


def record_for(model_admin: RecordAdmin, request: HttpRequest, object_id: str, *, may: Callable) -> Record:
    """The record that a button is for. Raises PermissionDenied, or Http404 where there is none."""
    record = model_admin.get_object(request, unquote(object_id))
    if not may(request):
        raise PermissionDenied
    if record is None:
        raise Http404
    return record


def form_url(record: Record) -> str:
    """Where a record is edited."""
    return reverse(f"admin:relations_{record._meta.model_name}_change", args=[record.pk])


def back_to_form(record: Record) -> HttpResponseRedirect:
    return HttpResponseRedirect(form_url(record))


def page_context(site: AdminSite, request: HttpRequest, record: Record | None, **more: Any) -> dict[str, Any]:
    """The context of a page about one record, or about several if there is no one."""
    own = {"opts": record._meta, "original": record, "form_url": form_url(record)} if record else {}
    return {**site.each_context(request), **own, **more}


class Names:
    """What the desk calls the records that these documents name, and these. One query per kind; asking costs none."""

    def __init__(self, documents: Iterable[Document | None], more: Iterable[Ref] = ()) -> None:
        by_kind: dict[str, set[UUID]] = defaultdict(set)
        for ref in [*more, *(ref for document in filter(None, documents) for ref in refs(document))]:
            by_kind[ref.kind].add(ref.id)
        self.rows = {row.pk: row for kind, ids in by_kind.items() for row in _rows(kind, ids)}

    def __call__(self, ref: Ref) -> str:
        row = self.rows.get(ref.id)
        return label(row) if row else f"{BY_KIND[ref.kind]._meta.verbose_name} {ref.id}"


def _rows(kind: str, ids: set[UUID]) -> Iterable[Record]:
    model = BY_KIND[kind]
    return model.objects.filter(pk__in=ids)


def live_editions(ids: Iterable[UUID], now: Any) -> dict[UUID, Edition]:
    """The live edition of each of these records that has one. One query."""
    return {edition.record_id: edition for edition in Edition.objects.live(now).filter(record_id__in=list(ids))}


def desk_rows(found: Iterable[Ref]) -> list[Record]:
    """The desk rows of these references, in their order, with what a form would read. One query per kind."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for ref in found:
        by_kind[ref.kind].append(ref.id)
    rows = []
    for kind, ids in by_kind.items():
        model = BY_KIND[kind]
        rows += model.objects.filter(pk__in=ids).select_related(*joins(model)).order_by("position", "slug", "pk")
    return rows

"""Every list of records as a file: the same records, filters, search and order, and all that they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations.documents import Document, freeze_all
from relations.intake import papers
from relations.intake.tables import export
from relations.intake.tables.columns import tables
from relations.reading import clock
from relations.sheets import MOST_ROWS, Unreadable

if TYPE_CHECKING:
    from ..base import RecordAdmin

AT_ONCE = 500  # records that are read from the desk together
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"


Make = Callable[[list[Document]], bytes | str]


class Link(NamedTuple):
    """One way to take a list along."""

    words: str
    url: str


class Exported:
    """What a list of records offers: itself as a file, and a way for files to come in."""

    @property
    def exports(self) -> list[Link]:
        """Every form that the list can be had in."""
        name = f"admin:relations_{self.opts.model_name}_export"
        whole = [
            Link(_("Workbook (XLSX), everything"), reverse(name, args=["xlsx"])),
            Link(_("Documents (JSON), everything"), reverse(name, args=["json"])),
        ]
        parts = [
            Link(_("CSV: %(table)s") % {"table": table.label}, reverse(f"{name}_csv", args=[table.name]))
            for table in tables(self.model.KIND)
        ]
        return [*whole, *parts]

    @property
    def import_url(self) -> str:
        """Where files for this list come in."""
        return f"{reverse('admin:import')}?table={self.opts.model_name}"

    def get_urls(self) -> list[URLPattern]:
        name = f"relations_{self.opts.model_name}_export"
        return [
            path("export/csv/<slug:table>/", self.admin_site.admin_view(_seen(self, _csv)), name=f"{name}_csv"),
            path("export/<slug:form>/", self.admin_site.admin_view(_seen(self, _whole)), name=name),
            *super().get_urls(),
        ]


def _seen(model_admin: RecordAdmin, export: Callable) -> Callable:
    """A view for whoever may see the list."""

    @require_safe
    def view(request: HttpRequest, **given: str) -> HttpResponse:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        return export(model_admin, request, **given)

    return view


def _whole(model_admin: RecordAdmin, request: HttpRequest, form: str) -> HttpResponse:
    """The list with everything that its records say, in one file."""
    makers: dict[str, tuple[str, Make]] = {
        "xlsx": (XLSX, partial(export.workbook, model_admin.model.KIND)),
        "json": (JSON, lambda documents: papers.export(documents, map(export.version, documents))),
    }
    if form not in makers:
        raise Http404
    content_type, make = makers[form]
    return _file(model_admin, request, make, content_type, f"{_stem(model_admin.opts.verbose_name_plural)}.{form}")


def _csv(model_admin: RecordAdmin, request: HttpRequest, table: str) -> HttpResponse:
    """One table of the list: its records, or their parts of one kind."""
    chosen = next((each for each in tables(model_admin.model.KIND) if each.name == table), None)
    if chosen is None:
        raise Http404
    return _file(model_admin, request, partial(export.csv, chosen), CSV, f"{_stem(chosen.label)}.csv")


def _file(
    model_admin: RecordAdmin,
    request: HttpRequest,
    make: Make,
    content_type: str,
    name: str,
) -> HttpResponse:
    try:
        content = make(list(_documents(model_admin, _listed(model_admin, request))))
    except Unreadable as refusal:
        messages.error(request, str(refusal))
        back = reverse(f"admin:relations_{model_admin.opts.model_name}_changelist")
        return HttpResponseRedirect(f"{back}?{request.GET.urlencode()}")
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _listed(model_admin: RecordAdmin, request: HttpRequest) -> list[UUID]:
    """The records of the list that this address would show, on all its pages, in its order.

    Raises Unreadable for a filter that the list does not know, and where they are too many.
    """
    try:
        rows = model_admin.get_changelist_instance(request).queryset.values_list("pk", flat=True)
        found = list(rows[: MOST_ROWS + 1])
    except (IncorrectLookupParameters, ValueError, OverflowError) as error:
        raise Unreadable(_("This filter is not known here.")) from error
    if len(found) > MOST_ROWS:
        raise Unreadable(_("A file holds at most %(number)d records. Filter the list first.") % {"number": MOST_ROWS})
    return found


def _documents(model_admin: RecordAdmin, ids: list[UUID]) -> Iterator[Document]:
    """The desk copies of these records, in this order."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows = model_admin.model.objects.in_bulk(some)
        yield from freeze_all([rows[each] for each in some if each in rows])


def _stem(words: str) -> str:
    return f"{slugify(words)}-{clock.today().isoformat()}"

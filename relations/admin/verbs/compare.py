"""The Compare page: any two texts of a record, of its saves, its editions and the desk, word by word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from relations.documents.compare import compare as differences
from relations.models import Record
from relations.publishing import Verb, may

from ..labels import label
from ..texts import DESK, Kept, text_of
from .common import Names, page_context, record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin


def view(model_admin: RecordAdmin) -> Callable:
    """``?from=`` and ``?to=`` name two texts by their keys, see ``texts``; the older one is always shown first."""

    def compare(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET"])
        keys = [request.GET.get("from", ""), request.GET.get("to", DESK)]
        found = [text_of(record, key) for key in keys]
        if None in found:
            messages.error(request, _("Choose two texts to compare. What was withdrawn or redacted has none."))
            return HttpResponseRedirect(reverse(f"admin:relations_{record._meta.model_name}_history", args=[record.pk]))
        return _page(model_admin, request, record, *sorted(found, key=_place))

    return compare


def _place(text: Kept) -> tuple:
    """Where it stands on the line of time; the desk is its end."""
    return text.key == DESK, text.at, text.key


def _page(model_admin: RecordAdmin, request: HttpRequest, record: Record, older: Kept, newer: Kept) -> HttpResponse:
    name = Names([older.document, newer.document])
    context = page_context(
        model_admin.admin_site,
        request,
        record,
        title=_("Two texts of “%(name)s”") % {"name": label(record)},
        here=_("Compare"),
        sides=[(_("From"), older), (_("To"), newer)],
        changes=differences(older.document, newer.document, name=name),
        desk_digest=record.desk_digest,
        may_restore=may(Verb.RESTORE, record, request.user),
        prefix=f"admin:relations_{record._meta.model_name}",
    )
    return TemplateResponse(request, "admin/relations/compare.html", context)

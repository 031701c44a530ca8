"""The Unschedule button: takes back what waits for its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from relations import publishing
from relations.documents import Ref
from relations.models import Edition, Record
from relations.reading import clock

from ..labels import label
from ..times import moment
from .common import back_to_form, desk_rows, page_context, record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin


def view(model_admin: RecordAdmin) -> Callable:
    """POST only; the desk copy stays as it is. If asked, what was scheduled for the same instant is taken back too."""

    def unschedule(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_publish_permission)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        others = _scheduled_with(record)
        together = [record, *others] if "together" in request.POST else [record]
        try:
            editions = publishing.unschedule(together, by=request.user, clock=clock.now)
        except publishing.ChangePending as refusal:
            if others and len(together) == 1:
                return _ask(model_admin, request, record, others, str(refusal))
            messages.error(request, str(refusal))
        except publishing.Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            message = _("The edition scheduled for %(when)s was taken back.") % {"when": moment(editions[0].live_from)}
            for each in together:
                model_admin.admin_site.get_model_admin(type(each)).log_change(request, each, message)
            messages.success(request, message)
        return back_to_form(record)

    return unschedule


def _scheduled_with(record: Record) -> list[Record]:
    """Whatever else goes live at the instant of this record's next edition."""
    later = Edition.objects.filter(live_from__gt=clock.now())
    pending = later.filter(record_id=record.pk).order_by("live_from").first()
    if pending is None:
        return []
    same = later.filter(live_from=pending.live_from).exclude(record_id=record.pk).order_by("kind", "slug", "pk")
    return desk_rows(Ref(kind=edition.kind, id=edition.record_id) for edition in same)


def _ask(
    model_admin: RecordAdmin, request: HttpRequest, record: Record, others: list[Record], refusal: str
) -> HttpResponse:
    context = page_context(
        model_admin.admin_site,
        request,
        record,
        title=_("Unschedule “%(name)s”") % {"name": label(record)},
        here=_("Unschedule"),
        refusal=refusal,
        others=[(each._meta.verbose_name, label(each)) for each in others],
    )
    return TemplateResponse(request, "admin/relations/unschedule.html", context)

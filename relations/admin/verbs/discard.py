"""The Discard page: the desk copy goes back to what readers find; what was there stays in the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from relations import publishing
from relations.models import Edition
from relations.publishing import Verb
from relations.reading import clock

from ..labels import label
from ..texts import text_of
from .common import back_to_form, record_for
from .restore import Way, back

if TYPE_CHECKING:
    from ..base import RecordAdmin


def view(model_admin: RecordAdmin) -> Callable:
    """GET shows what would go, POST discards it."""

    def discard(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not publishing.may(Verb.DISCARD, record, request.user):
            raise PermissionDenied
        live = Edition.objects.live(clock.now()).filter(record_id=record.pk).values_list("number", flat=True).first()
        text = live and text_of(record, f"e{live}")
        if not text:
            messages.error(request, _("“%(name)s” is not on the site.") % {"name": label(record)})
            return back_to_form(record)
        way = Way(
            Verb.DISCARD,
            text,
            title=_("Discard the changes to “%(name)s”") % {"name": label(record)},
            here=_("Discard changes"),
            button=_("Discard the changes"),
            lead=_("The desk copy becomes what readers find now. What you discard stays in the history."),
            done=_("The desk copy of “%(name)s” is what readers find."),
        )
        return back(model_admin, request, record, way)

    return discard

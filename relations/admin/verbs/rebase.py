"""The Rebase page: what is scheduled was made before a fix; here the two are brought together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from relations import publishing
from relations.publishing import Verb
from relations.reading import clock

from ..labels import label
from .common import back_to_form, page_context, record_for
from .prepared import choices, shown

if TYPE_CHECKING:
    from ..base import RecordAdmin


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one record: GET shows both changes, POST brings what is scheduled up to date."""

    def rebase(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not publishing.may(Verb.REBASE, record, request.user):
            raise PermissionDenied
        refusals = []
        if request.method == "POST":
            try:
                how = {"by": request.user, "clock": clock.now, "choices": choices(request.POST)}
                publishing.rebase(record, **how)
            except publishing.Refusal as refusal:
                refusals.append(str(refusal))
            else:
                model_admin.log_change(request, record, _("Brought up to date with what is live."))
                names = {"name": publishing.briefly(record)}
                messages.success(request, _("What is scheduled for “%(name)s” holds the fix now.") % names)
                return back_to_form(record)
        known = publishing.standing(record, at=clock.now())
        waiting = publishing.to_rebase(known)
        why_not = publishing.why_not(Verb.REBASE, record, request.user, at=known.at, known=known)
        context = page_context(
            model_admin.admin_site,
            request,
            record,
            title=_("Bring up to date: “%(name)s”") % {"name": label(record)},
            here=_("Bring up to date"),
            refusals=refusals,
            why_not=[why_not] if why_not else [],
            proposals=shown(publishing.text_before(waiting[0]), waiting, request.POST or None) if waiting else [],
        )
        return TemplateResponse(request, "admin/relations/rebase.html", context)

    return rebase

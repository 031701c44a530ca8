"""The Duplicate button: a new draft with the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.publishing.copies import duplicate as copy_of

from ..labels import label
from .common import back_to_form, record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin

# What should not be the same twice, although nothing forbids it.
CAUTIONS = {
    "official": gettext_lazy(
        "The terms and the portrait were copied as well: they would show this person in the same posts."
    ),
}


def view(model_admin: RecordAdmin) -> Callable:
    """POST only. Leads to the form of the copy, and says what is left to do there."""

    def may(request: HttpRequest) -> bool:
        return model_admin.has_view_permission(request) and model_admin.has_add_permission(request)

    def duplicate(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=may)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            copy = copy_of(record, by=request.user)
        except publishing.Refusal as refusal:
            messages.error(request, str(refusal))
            return back_to_form(record)
        names = {"name": label(record)}
        model_admin.log_addition(request, copy, _("Copied from “%(name)s”.") % names)
        said = _("This is a copy of “%(name)s”. Nothing of it is public. Change its words and its address.")
        messages.success(request, said % names)
        if caution := CAUTIONS.get(record.KIND):
            messages.warning(request, caution)
        return back_to_form(copy)

    return duplicate

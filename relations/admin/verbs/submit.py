"""The Submit page: what a colleague will be asked to read, and a word to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.publishing import Verb
from relations.reading import clock

from ..labels import label
from .common import back_to_form, page_context, record_for
from .prepared import Prepared

if TYPE_CHECKING:
    from ..base import RecordAdmin


class SubmitForm(forms.Form):
    """A word to the reviewer."""

    reason = forms.CharField(
        label=gettext_lazy("To the reviewer"),
        help_text=gettext_lazy("Not public. What to look at, what is still in doubt. May stay empty."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one record: GET shows what changed, POST submits it."""

    def submit(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_change_permission)
        prepared = Prepared([record], request.user, clock.now())
        form, refusal = SubmitForm(request.POST or None), ""
        if request.method == "POST" and form.is_valid():
            try:
                prepared.need_seen(form.cleaned_data["seen"])
                how = {"by": request.user, "clock": clock.now, "seen": prepared.digests}
                publishing.submit([record], reason=form.cleaned_data["reason"], **how)
            except publishing.Refusal as error:
                refusal = str(error)
            else:
                model_admin.log_change(request, record, _("Submitted for review."))
                messages.success(request, _("“%(name)s” waits for review.") % {"name": publishing.briefly(record)})
                return back_to_form(record)
        context = page_context(
            model_admin.admin_site,
            request,
            record,
            title=_("Submit “%(name)s” for review") % {"name": label(record)},
            here=_("Submit for review"),
            form=form,
            refusals=[refusal] if refusal else [],
            why_not=prepared.why_not(Verb.SUBMIT),
            entries=prepared.entries,
            problems=publishing.problems(prepared.documents, at=prepared.now),
            seen=prepared.seen,
        )
        return TemplateResponse(request, "admin/relations/submit.html", context)

    return submit

"""The Restore page: an older text, what it would change on the desk, and what keeps it from coming back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.documents import freeze
from relations.documents.compare import compare
from relations.models import Record
from relations.publishing import Verb
from relations.reading import clock

from ..labels import label
from ..texts import DESK, Kept, text_of
from .common import Names, back_to_form, page_context, record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin


class BackForm(forms.Form):
    """Why, for colleagues."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Not public: for the history. May stay empty."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class Way:
    """A way back: the verb, the text it leads to, and what the page says."""

    verb: Verb
    text: Kept
    title: str
    here: str
    button: str
    lead: str
    done: str


def view(model_admin: RecordAdmin) -> Callable:
    """``?text=`` names the text by its key, see ``texts``. GET shows what would change, POST does it."""

    def restore(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not publishing.may(Verb.RESTORE, record, request.user):
            raise PermissionDenied
        key = request.GET.get("text", "")
        text = text_of(record, key) if key != DESK else None
        if text is None:
            messages.error(request, _("Choose the text that is to come back."))
            return HttpResponseRedirect(reverse(f"admin:relations_{record._meta.model_name}_history", args=[record.pk]))
        return back(model_admin, request, record, _restoring(record, text))

    return restore


def _restoring(record: Record, text: Kept) -> Way:
    return Way(
        Verb.RESTORE,
        text,
        title=_("Bring an older text of “%(name)s” back") % {"name": label(record)},
        here=_("Restore"),
        button=_("Bring it back to the desk"),
        lead=_("The desk copy becomes this text again. Nothing changes for readers before you publish it."),
        done=_("“%(name)s” has its older text again, on the desk."),
    )


def back(model_admin: RecordAdmin, request: HttpRequest, record: Record, way: Way) -> HttpResponse:
    """The page for one way back, and the way itself."""
    now = freeze(record)
    form, refusal = BackForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        how = {"by": request.user, "clock": clock.now, **form.cleaned_data}
        try:
            if way.verb == Verb.DISCARD:
                publishing.discard(record, **how)
            else:
                publishing.restore(record, document=way.text.document, **how)
        except publishing.Refusal as error:
            refusal = str(error)
        else:
            model_admin.log_change(request, record, f"{way.here}: {way.text.title}")
            messages.success(request, way.done % {"name": label(record)})
            return back_to_form(record)
    why_not = publishing.why_not(way.verb, record, request.user, at=clock.now())
    changes = compare(now, way.text.document, name=Names([now, way.text.document]))
    same = now.desk_digest == way.text.document.desk_digest
    context = page_context(
        model_admin.admin_site,
        request,
        record,
        title=way.title,
        here=way.here,
        way=way,
        form=form,
        refusals=[refusal] if refusal else [],
        why_not=why_not or (_("The desk copy is exactly this text.") if same else ""),
        problems=publishing.obstacles(way.text.document),
        changes=changes,
        seen=now.desk_digest,
    )
    return TemplateResponse(request, "admin/relations/back.html", context)

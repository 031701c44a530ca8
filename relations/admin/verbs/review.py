"""The Review page: what a colleague wrote, and two buttons: approve it, or return it with a comment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.models import Move, Record
from relations.publishing import Verb
from relations.reading import clock

from ..labels import label
from .common import back_to_form, page_context, record_for
from .prepared import Prepared

if TYPE_CHECKING:
    from ..base import RecordAdmin

BUTTONS = {"_approve": Verb.APPROVE, "_send_back": Verb.SEND_BACK}


class ReviewForm(forms.Form):
    """What the reviewer says."""

    reason = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("Not public; the writer sees it in the form. Obligatory when you return it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one record: GET shows what changed, POST approves or returns it."""

    def review(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not publishing.may(Verb.APPROVE, record, request.user):
            raise PermissionDenied
        return _Page(model_admin, request, record).respond()

    return review


class _Page:
    """One showing of the page."""

    def __init__(self, model_admin: RecordAdmin, request: HttpRequest, record: Record) -> None:
        self.model_admin, self.request, self.record = model_admin, request, record
        self.prepared = Prepared([record], request.user, clock.now())
        self.form = ReviewForm(request.POST or None)
        self.refusals: list[str] = []

    def respond(self) -> HttpResponse:
        pressed = next((verb for name, verb in BUTTONS.items() if name in self.request.POST), None)
        if pressed and self.form.is_valid():
            try:
                return self._decide(pressed)
            except publishing.ReasonMissing:
                self.form.add_error("reason", _("Say what has to change."))
            except publishing.Refusal as refusal:
                self.refusals.append(str(refusal))
        return self._show()

    def _decide(self, pressed: Verb) -> HttpResponse:
        given = self.form.cleaned_data
        self.prepared.need_seen(given["seen"])
        verb = publishing.approve if pressed == Verb.APPROVE else publishing.send_back
        decide = partial(verb, [self.record], by=self.request.user, clock=clock.now, seen=self.prepared.digests)
        [move] = decide(reason=given["reason"])
        self._tell(move)
        return back_to_form(self.record)

    def _tell(self, move: Move) -> None:
        names = {"name": publishing.briefly(self.record)}
        if move.verb == Verb.APPROVE:
            self.model_admin.log_change(self.request, self.record, _("Approved."))
            messages.success(self.request, _("“%(name)s” is approved and may go live as it stands.") % names)
        else:
            self.model_admin.log_change(self.request, self.record, _("Returned: %(reason)s") % {"reason": move.reason})
            messages.success(self.request, _("“%(name)s” was returned with your comment.") % names)

    def _show(self) -> HttpResponse:
        prepared = self.prepared
        submitted = Move.objects.filter(record_id=self.record.pk, verb=Verb.SUBMIT).select_related("made_by")
        context = page_context(
            self.model_admin.admin_site,
            self.request,
            self.record,
            title=_("Review “%(name)s”") % {"name": label(self.record)},
            here=_("Review"),
            form=self.form,
            refusals=self.refusals,
            why_not_approve=prepared.why_not(Verb.APPROVE),
            why_not_return=prepared.why_not(Verb.SEND_BACK),
            submitted=submitted.order_by("made_at", "pk").last(),
            entries=prepared.entries,
            problems=publishing.problems(prepared.documents, at=prepared.now),
            seen=prepared.seen,
        )
        return TemplateResponse(self.request, "admin/relations/review.html", context)

"""Submit, approve or return what was chosen in a list: what can be is done at once, the rest is named with why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relations import publishing
from relations.models import Move, Record
from relations.publishing import Verb
from relations.reading import clock

from ..labels import label
from .prepared import Prepared
from .publish import AT_MOST
from .review import ReviewForm
from .submit import SubmitForm

if TYPE_CHECKING:
    from ..base import RecordAdmin


@dataclass(frozen=True)
class Step:
    """One of the three: the verb, its form, and what is said."""

    verb: Verb
    call: Callable[..., list[Move]]
    form: type[forms.Form]
    title: Any
    button: Any
    logged: Any


STEPS = {
    "submit_selected": Step(
        Verb.SUBMIT,
        publishing.submit,
        SubmitForm,
        gettext_lazy("Submit together for review"),
        gettext_lazy("Submit for review"),
        gettext_lazy("Submitted for review."),
    ),
    "approve_selected": Step(
        Verb.APPROVE,
        publishing.approve,
        ReviewForm,
        gettext_lazy("Approve together"),
        gettext_lazy("Approve"),
        gettext_lazy("Approved."),
    ),
    "return_selected": Step(
        Verb.SEND_BACK,
        publishing.send_back,
        ReviewForm,
        gettext_lazy("Return together"),
        gettext_lazy("Return with the comment"),
        gettext_lazy("Returned: %(reason)s"),
    ),
}


class Together:
    """The three as actions of a list."""

    @admin.action(description=gettext_lazy("Submit selected for review…"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return _page(self, request, "submit_selected", list(queryset))

    @admin.action(description=gettext_lazy("Approve selected…"), permissions=["review"])
    def approve_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return _page(self, request, "approve_selected", list(queryset))

    @admin.action(description=gettext_lazy("Return selected with a comment…"), permissions=["review"])
    def return_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return _page(self, request, "return_selected", list(queryset))

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("relations.review_record") and self.has_view_permission(request)


def _page(model_admin: RecordAdmin, request: HttpRequest, action: str, records: Sequence[Record]) -> HttpResponse:
    """Shows what changed in these, and what is left out and why; does it once its button was pressed."""
    back = HttpResponseRedirect(request.get_full_path())
    if len(records) > AT_MOST:
        messages.error(request, _("Choose at most %(number)d records at a time.") % {"number": AT_MOST})
        return back
    step = STEPS[action]
    possible, refused = _sorted_out(step.verb, records, request.user)
    if not possible:
        for reason in dict.fromkeys(refused.values()):
            messages.error(request, reason)
        return back
    prepared = Prepared(possible, request.user, clock.now())
    form = step.form(request.POST if "_together" in request.POST else None)
    refusals = []
    if form.is_bound and form.is_valid():
        try:
            _do(model_admin, request, step, prepared, form.cleaned_data)
        except publishing.ReasonMissing:
            form.add_error("reason", _("Say what has to change."))
        except publishing.Refusal as refusal:
            refusals.append(str(refusal))
        else:
            return back
    context = {
        **model_admin.admin_site.each_context(request),
        "title": step.title,
        "here": step.button,
        "form": form,
        "refusals": refusals,
        "left_out": [(label(record), reason) for record, reason in refused.items()],
        "entries": prepared.entries,
        "seen": prepared.seen,
        "action": action,
        "button": step.button,
        "chosen_name": ACTION_CHECKBOX_NAME,
        "chosen": [record.pk for record in possible],
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/relations/together.html", context)


def _sorted_out(verb: Verb, records: Sequence[Record], user: Any) -> tuple[list[Record], dict[Record, str]]:
    """What this person may do it to now, and why not for the rest. Two queries."""
    now = clock.now()
    known = publishing.standings(records, at=now)
    reasons = {each: publishing.why_not(verb, each, user, at=now, known=known[each.pk]) for each in records}
    return [each for each in records if not reasons[each]], {each: why for each, why in reasons.items() if why}


def _do(model_admin: RecordAdmin, request: HttpRequest, step: Step, prepared: Prepared, given: dict[str, str]) -> None:
    """All of it or nothing: raises a Refusal if the desk has moved on since the page was shown."""
    prepared.need_seen(given["seen"])
    step.call(prepared.records, by=request.user, clock=clock.now, reason=given["reason"], seen=prepared.digests)
    for record in prepared.records:
        model_admin.log_change(request, record, step.logged % {"reason": given["reason"]})
    done = ngettext("%(number)d record: %(done)s.", "%(number)d records: %(done)s.", len(prepared.records))
    messages.success(request, done % {"number": len(prepared.records), "done": step.verb.label})

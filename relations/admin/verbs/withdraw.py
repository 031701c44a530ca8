"""The Withdraw page: a public reason in both languages, and what still refers to the record."""

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
from relations.documents import Text
from relations.models import BY_KIND
from relations.publishing import Verb
from relations.reading import at, clock

from ..labels import label
from ..state import state_of
from .common import back_to_form, page_context, record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin


class WithdrawForm(forms.Form):
    """Why it is taken off the site. Readers who follow an old link see this."""

    reason_en = forms.CharField(
        label=gettext_lazy("Public reason (English)"),
        help_text=gettext_lazy("Shown to whoever follows an old link, for as long as the site stands."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )
    reason_fr = forms.CharField(
        label=gettext_lazy("Public reason (French)"), widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"})
    )


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one record: GET asks, POST withdraws."""

    def withdraw(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_withdraw_permission)
        form = WithdrawForm(request.POST or None)
        refusals = []
        if request.method == "POST" and form.is_valid():
            reason = Text(en=form.cleaned_data["reason_en"], fr=form.cleaned_data["reason_fr"])
            try:
                publishing.withdraw(record, reason=reason, by=request.user, clock=clock.now)
            except publishing.Refusal as error:
                refusals.append(str(error))
            else:
                model_admin.log_change(request, record, _("Withdrawn: %(reason)s") % {"reason": reason.en})
                messages.success(
                    request, _("“%(name)s” is no longer on the site.") % {"name": publishing.briefly(record)}
                )
                return back_to_form(record)
        naming = at(clock.now()).naming(record.pk, *BY_KIND).order_by("kind", "position", "slug", "pk")
        known = publishing.standing(record, at=clock.now())
        why_not = publishing.why_not(Verb.WITHDRAW, record, request.user, at=known.at, known=known)
        context = page_context(
            model_admin.admin_site,
            request,
            record,
            title=_("Withdraw “%(name)s”") % {"name": label(record)},
            here=_("Withdraw"),
            form=form,
            refusals=refusals,
            why_not=[why_not] if why_not else [],
            state=state_of(record),
            naming=[
                (BY_KIND[each.kind]._meta.verbose_name, publishing.briefly(each)) for each in naming.defer("document")
            ],
        )
        return TemplateResponse(request, "admin/relations/withdraw.html", context)

    return withdraw

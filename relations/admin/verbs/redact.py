"""The Redact page: where the law demands it, the content of editions is replaced by a public reason, for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.documents import Text
from relations.models import BY_KIND, Edition, Record, Source
from relations.publishing import Standing, Verb
from relations.reading import clock

from ..labels import label
from ..state import SOON
from .common import back_to_form, page_context, record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin


class RedactForm(forms.Form):
    """Which editions, and why. Readers see the reason in their place."""

    editions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Editions whose content is removed"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one edition."),
            "invalid_choice": gettext_lazy("Edition %(value)s is redacted already, or readers could never find it."),
        },
    )
    withdrawing = forms.BooleanField(
        label=gettext_lazy("Withdraw the page as well"),
        help_text=gettext_lazy("Needed for the edition that readers find now: its page would be empty."),
        required=False,
    )
    hides_address = forms.BooleanField(
        label=gettext_lazy("Give these editions a neutral address"),
        help_text=gettext_lazy("Where the address itself says what must go. Old links then lead nowhere."),
        required=False,
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Public reason (English)"),
        help_text=gettext_lazy("Shown in place of the text, and in the public list. Do not repeat what must go."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )
    reason_fr = forms.CharField(
        label=gettext_lazy("Public reason (French)"), widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"})
    )
    sure = forms.BooleanField(
        label=gettext_lazy("The law demands it, and I know that it cannot be undone"),
        error_messages={"required": gettext_lazy("Confirm it: nobody can bring the content back.")},
    )

    def __init__(self, data: Any, *, known: Standing) -> None:
        super().__init__(data)
        self.fields["editions"].choices = [(each.number, _name(each)) for each in reversed(known.texts)]
        if not known.live:
            del self.fields["withdrawing"]

    @property
    def reason(self) -> Text:
        return Text(en=self.cleaned_data["reason_en"], fr=self.cleaned_data["reason_fr"])


def _name(edition: Edition) -> str:
    ends = (_when(each) for each in (edition.live_from, edition.live_until) if each)
    return _("Edition %(number)d (%(period)s)") % {"number": edition.number, "period": " – ".join(ends)}


def _when(instant: Any) -> str:
    return formats.date_format(timezone.localtime(instant), "DATETIME_FORMAT")


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one record: GET asks, POST redacts."""

    def redact(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not publishing.may(Verb.REDACT, record, request.user):
            raise PermissionDenied
        known = publishing.standing(record, at=clock.now() + SOON)
        form = RedactForm(request.POST or None, known=known)
        refusals = []
        if request.method == "POST" and form.is_valid():
            try:
                _redact(record, form, request)
            except publishing.Refusal as error:
                refusals.append(str(error))
            else:
                # Nothing for the admin's log, which would call the record by its name again: its moves tell.
                return back_to_form(record)
        why_not = publishing.why_not(Verb.REDACT, record, request.user, at=known.at, known=known)
        context = page_context(
            model_admin.admin_site,
            request,
            record,
            title=_("Redact “%(name)s”") % {"name": label(record)},
            here=_("Redact"),
            form=form,
            refusals=refusals,
            why_not=[why_not] if why_not else [],
            citing=_citing(record),
        )
        return TemplateResponse(request, "admin/relations/redact.html", context)

    return redact


def _redact(record: Record, form: RedactForm, request: HttpRequest) -> None:
    """Redacts, and says what is left to do: the desk copy is not the ledger."""
    given = form.cleaned_data
    publishing.redact(
        record,
        editions=given["editions"],
        reason=form.reason,
        by=request.user,
        clock=clock.now,
        withdrawing=given.get("withdrawing", False),
        hides_address=given["hides_address"],
    )
    messages.success(request, _("The content is removed, and readers are told why."))
    record.refresh_from_db()
    if publishing.says_again(record, publishing.standing(record, at=clock.now() + SOON).redacted):
        messages.warning(request, _("The desk copy still says the same: change it here and save it."))


def _citing(record: Record) -> Sequence[tuple[str, str, int]]:
    """Of a source, the editions that hold its citation as their own text: kind, title, number. One query, or none."""
    if not isinstance(record, Source):
        return []
    naming = Edition.objects.filter(facets__name="ref", facets__value=str(record.pk))
    rows = naming.order_by("kind", "slug", "number").distinct().defer("document", "search_en", "search_fr")
    return [(str(BY_KIND[each.kind]._meta.verbose_name), publishing.briefly(each), each.number) for each in rows]

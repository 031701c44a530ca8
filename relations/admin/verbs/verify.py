"""The Verify page: somebody looked, and what is live is still true. No text changes; readers see the day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.documents import Citation, Document, Source, Stale, citations, freeze, parse
from relations.models import Edition, Record
from relations.publishing.checks import verify
from relations.publishing.languages import where_behind
from relations.reading import Item, at, clock
from relations.reading.freshness import Freshness, freshness

from ..labels import label
from .common import back_to_form, page_context, record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin

WHY = {
    Stale.FIGURE: gettext_lazy("A newer figure should be out by now."),
    Stale.UPCOMING: gettext_lazy("Its day has passed, and nothing tells what came of it."),
    Stale.TERM: gettext_lazy("Somebody else is shown in the same post from a later day on."),
    Stale.CHECK: gettext_lazy("The next check was due."),
}


class DayInput(forms.DateInput):
    """A day as browsers ask for it, in any language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class VerifyForm(forms.Form):
    """When, against what, and when again."""

    checked_on = forms.DateField(label=gettext_lazy("Checked on"), widget=DayInput)
    source = forms.TypedChoiceField(
        label=gettext_lazy("Against which source"),
        help_text=gettext_lazy("Readers see it beside the day. Another one has to be cited first."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Not public. Without a source: how you know."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    due_on = forms.DateField(
        label=gettext_lazy("Check again on"),
        help_text=gettext_lazy("After that day readers are told that it may be out of date, until somebody looks."),
        widget=DayInput,
        required=False,
    )
    french_fits = forms.BooleanField(
        label=gettext_lazy("I read the French as well: it says what the English says"), required=False
    )

    def __init__(self, data: Any, *, document: Document, today: datetime.date, behind: list[str]) -> None:
        due = document.check_after(today)
        super().__init__(data, initial={"checked_on": today, "due_on": due})
        self.fields["source"].choices = [
            ("", _("None of these")),
            *((str(key), words) for key, words in _named(document)),
        ]
        if not behind:
            del self.fields["french_fits"]


def _named(document: Document) -> list[tuple[UUID, str]]:
    """The sources against which it can be checked, as they are cited."""
    cited = [document.citation] if isinstance(document, Source) else citations(document)
    return [(each.source.id, _words(each)) for each in cited]


def _words(citation: Citation) -> str:
    return f"{citation.cited.title} ({citation.cited.publisher})"


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one record: GET asks, POST records the check."""

    def verify_page(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not publishing.may(publishing.Verb.VERIFY, record, request.user):
            raise PermissionDenied
        live = Edition.objects.live(clock.now()).filter(record_id=record.pk).first()
        if live is None:
            messages.error(request, _("“%(name)s” is not on the site.") % {"name": label(record)})
            return back_to_form(record)
        return _Page(model_admin, request, record, live).respond()

    return verify_page


class _Page:
    """One showing of the page."""

    def __init__(self, model_admin: RecordAdmin, request: HttpRequest, record: Record, live: Edition) -> None:
        self.model_admin, self.request, self.record, self.live = model_admin, request, record, live
        self.document = parse(live.kind, live.document)
        self.behind = where_behind(record, freeze(record)) if record.french_behind else []
        self.form = VerifyForm(request.POST or None, document=self.document, today=clock.today(), behind=self.behind)
        self.refusal = ""

    def respond(self) -> HttpResponse:
        if self.request.method == "POST" and self.form.is_valid():
            try:
                check = verify(self.record, by=self.request.user, clock=clock.now, **self.form.cleaned_data)
            except publishing.Refusal as refusal:
                self.refusal = str(refusal)
            else:
                day = formats.date_format(check.checked_on, "DATE_FORMAT")
                message = _("Checked on %(day)s: still true.") % {"day": day}
                self.model_admin.log_change(self.request, self.record, message)
                messages.success(self.request, message)
                return back_to_form(self.record)
        return self._show()

    def _show(self) -> HttpResponse:
        known = self._freshness()
        context = page_context(
            self.model_admin.admin_site,
            self.request,
            self.record,
            title=_("Is it still true? “%(name)s”") % {"name": label(self.record)},
            here=_("Still true?"),
            form=self.form,
            refusal=self.refusal,
            live=self.live,
            known=known,
            why=[WHY[cause] for cause in known.causes],
            behind=self.behind,
            is_changed=self.live.desk_digest != self.record.desk_digest,
            sources=[] if isinstance(self.document, Source) else citations(self.document),
            source_url=self.document.url if isinstance(self.document, Source) else "",
        )
        return TemplateResponse(self.request, "admin/relations/verify.html", context)

    def _freshness(self) -> Freshness:
        return freshness(at(clock.now()), [Item(self.live)])[self.record.pk]

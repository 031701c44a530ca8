"""Readers' reports on the desk: what a reader wrote, to look at, and what the public is told came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.documents import Text
from relations.models import BY_KIND, Correction, Report
from relations.publishing import Refusal, reports
from relations.publishing.reports import RIGHT, State
from relations.reading import clock

from .ledger import KindColumn, ViewOnly
from .verbs.common import page_context, record_for


class CorrectionField(forms.ModelChoiceField):
    def label_from_instance(self, correction: Correction) -> str:
        day = date_format(timezone.localtime(correction.live_from), "DATE_FORMAT")
        return f"{day}: {Truncator(correction.right_en).chars(90)}"


class DecideForm(forms.Form):
    """What the public is told came of a report."""

    state = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[choice for choice in State.choices if choice[0] != State.OPEN],
        widget=forms.RadioSelect,
    )
    correction = CorrectionField(
        label=gettext_lazy("The correction"),
        help_text=gettext_lazy("Where one was published already. To publish one now, press Correct… above."),
        queryset=Correction.objects.none(),
        required=False,
    )
    outcome_en = forms.CharField(
        label=gettext_lazy("In words (English)"),
        help_text=gettext_lazy("Public, and for good. Do not repeat the reader’s words, and name nobody."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )
    outcome_fr = forms.CharField(
        label=gettext_lazy("In words (French)"), widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"})
    )

    def __init__(self, data: Any, *, report: Report) -> None:
        super().__init__(data)
        about = {"record_id": report.record_id} if report.record_id else {}
        self.fields["correction"].queryset = Correction.objects.filter(**about).order_by("-live_from", "-pk")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        is_corrected = given.get("state") == State.CORRECTED
        if is_corrected and not given.get("correction") and "correction" not in self.errors:
            self.add_error("correction", _("Say which: readers find it under the report’s number."))
        if not is_corrected and given.get("correction"):
            self.add_error("state", _("With a correction the outcome is “Corrected”."))
        return given


@admin.register(Report)
class ReportAdmin(KindColumn, ViewOnly):
    """A list, and for each report a page that shows it and, to those who may, asks what came of it."""

    list_display = ("number", "kind_name", "path", "state", "made_at", "decided_at", "decided_by")
    list_filter = ("state", "made_at")
    list_select_related = ("decided_by",)
    search_fields = ("=id", "text", "path")
    ordering = ("-made_at", "-pk")

    @admin.display(description=gettext_lazy("number"), ordering="pk")
    def number(self, report: Report) -> str:
        return str(report)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """GET shows a report; POST decides what came of it, and stays on the page where that is refused."""
        report = record_for(self, request, object_id, may=self.has_view_permission)
        form, refusals = DecideForm(request.POST or None, report=report), []
        if request.method == "POST":
            if not request.user.has_perm(RIGHT):
                raise PermissionDenied
            if form.is_valid():
                try:
                    return self._decide(request, report, form.cleaned_data)
                except Refusal as refusal:
                    refusals.append(str(refusal))
        return TemplateResponse(request, "admin/relations/report.html", self._shown(request, report, form, refusals))

    def _decide(self, request: HttpRequest, report: Report, given: dict[str, Any]) -> HttpResponse:
        text = Text(en=given["outcome_en"], fr=given["outcome_fr"])
        told = {"state": given["state"], "correction": given["correction"]}
        reports.decide(report, text=text, by=request.user, clock=clock.now, **told)
        self.log_change(request, report, _("Decided: %(outcome)s") % {"outcome": text.en})
        messages.success(
            request, _("%(report)s is decided, and everybody can read what came of it.") % {"report": report}
        )
        return HttpResponseRedirect(reverse("admin:relations_report_changelist"))

    def _shown(self, request: HttpRequest, report: Report, form: DecideForm, refusals: list[str]) -> dict[str, Any]:
        may_decide = request.user.has_perm(RIGHT)
        correct_url = ""
        if may_decide and report.kind in BY_KIND and report.record_id:
            correct_url = reverse(f"admin:relations_{report.kind}_correct", args=[report.record_id])
        return page_context(
            self.admin_site,
            request,
            None,
            opts=self.opts,
            title=str(report),
            report=report,
            is_open=report.state == State.OPEN,
            may_decide=may_decide,
            page_url=report.path and f"/{report.language}{report.path}",
            public_url=f"/{report.language}/reports/{report.pk}/",
            correct_url=correct_url and f"{correct_url}?report={report.pk}",
            form=form,
            refusals=refusals,
        )

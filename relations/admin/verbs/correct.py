"""The Correct page: puts an error right in public, and tells readers what was wrong, in which editions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.documents import Text
from relations.models import Edition, Record, Report
from relations.publishing import Erratum, Verb
from relations.publishing.reports import RIGHT
from relations.reading import clock

from ..labels import label
from .common import back_to_form, page_context, record_for
from .prepared import Prepared, choices
from .public import link_to_public
from .publish_form import pending_field, reason_field

if TYPE_CHECKING:
    from ..base import RecordAdmin

AREA = {"en": forms.Textarea(attrs={"rows": 3, "lang": "en"}), "fr": forms.Textarea(attrs={"rows": 3, "lang": "fr"})}


class ReportField(forms.ModelChoiceField):
    def label_from_instance(self, report: Report) -> str:
        named = _("may be named as %(name)s") % {"name": report.name} if report.may_be_named and report.name else ""
        return " – ".join(filter(None, [str(report), Truncator(report.text).chars(60), named]))


class CorrectForm(forms.Form):
    """What readers are told, and since when it was wrong."""

    wrong_en = forms.CharField(
        label=gettext_lazy("What was wrong (English)"),
        help_text=gettext_lazy("Public. Say what we said: “We gave the length of the border as 5,252 miles.”"),
        widget=AREA["en"],
    )
    wrong_fr = forms.CharField(label=gettext_lazy("What was wrong (French)"), widget=AREA["fr"])
    right_en = forms.CharField(
        label=gettext_lazy("What is right (English)"),
        help_text=gettext_lazy("Public. “It is 5,525 miles long.”"),
        widget=AREA["en"],
    )
    right_fr = forms.CharField(label=gettext_lazy("What is right (French)"), widget=AREA["fr"])
    first_edition = forms.TypedChoiceField(label=gettext_lazy("First edition with the error"), coerce=int)
    last_edition = forms.TypedChoiceField(label=gettext_lazy("Last edition with the error"), coerce=int)
    reported_by = forms.CharField(
        label=gettext_lazy("Who told us"),
        help_text=gettext_lazy("Public. Only somebody who agreed to be named; else leave it empty."),
        max_length=200,
        required=False,
    )
    report = ReportField(
        label=gettext_lazy("Which reader’s report it answers"),
        help_text=gettext_lazy("It is decided with it: “What is right” is what readers find under its number."),
        queryset=Report.objects.none(),
        required=False,
    )
    reason = reason_field(required=False)
    pending = pending_field()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, editions: list[Edition], needs_reason: bool, answers: QuerySet[Report], answer: str
    ) -> None:
        newest = editions[-1].number if editions else None
        answered = answers.filter(pk=answer).first() if answer.isdecimal() else None
        told_by = answered.name if answered and answered.may_be_named else ""
        initial = {"first_edition": newest, "last_edition": newest, "report": answered, "reported_by": told_by}
        super().__init__(data, initial=initial)
        self.fields["report"].queryset = answers
        self.needs_reason = needs_reason
        offered = [(each.number, _name(each)) for each in reversed(editions)]
        self.fields["first_edition"].choices = self.fields["last_edition"].choices = offered

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.needs_reason and not given.get("reason"):
            self.add_error("reason", _("Nobody but you has reviewed this. Say why it cannot wait for a colleague."))
        if given.get("first_edition") and given.get("last_edition", 0) < given["first_edition"]:
            self.add_error("last_edition", _("The last edition does not come before the first."))
        return given

    @property
    def erratum(self) -> Erratum:
        given = self.cleaned_data
        return Erratum(
            wrong=Text(en=given["wrong_en"], fr=given["wrong_fr"]),
            right=Text(en=given["right_en"], fr=given["right_fr"]),
            first_edition=given["first_edition"],
            last_edition=given["last_edition"],
            reported_by=given["reported_by"],
        )


def _name(edition: Edition) -> str:
    when = formats.date_format(timezone.localtime(edition.live_from), "DATETIME_FORMAT")
    return _("Edition %(number)d, live from %(when)s") % {"number": edition.number, "when": when}


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one record: GET asks, POST corrects."""

    def correct(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not publishing.may(Verb.CORRECT, record, request.user):
            raise PermissionDenied
        return _Page(model_admin, request, record).respond()

    return correct


def _answerable(record: Record, user: User) -> QuerySet[Report]:
    """The readers' reports about a record that this person may decide. No query."""
    found = Report.objects.filter(record_id=record.pk, state=Report.State.OPEN).order_by("pk")
    return found if user.has_perm(RIGHT) else found.none()


class _Page:
    """One showing of the page."""

    def __init__(self, model_admin: RecordAdmin, request: HttpRequest, record: Record) -> None:
        self.model_admin, self.request, self.record = model_admin, request, record
        self.prepared = Prepared([record], request.user, clock.now())
        self.form = CorrectForm(
            request.POST or None,
            editions=publishing.correctable(self.prepared.known[record.pk]),
            needs_reason=bool(self.prepared.own_work),
            answers=_answerable(record, request.user),
            answer=request.GET.get("report", ""),
        )
        self.refusals: list[str] = []

    def respond(self) -> HttpResponse:
        if "_correct" in self.request.POST and self.form.is_valid():
            try:
                return self._correct()
            except publishing.NotReady as refusal:
                self.refusals += map(str, refusal.problems)
            except publishing.Refusal as refusal:
                self.refusals.append(str(refusal))
        return self._show()

    def _correct(self) -> HttpResponse:
        given = self.form.cleaned_data
        self.prepared.need_seen(given["seen"])
        publishing.correct(
            self.record,
            erratum=self.form.erratum,
            by=self.request.user,
            clock=clock.now,
            reason=given["reason"],
            pending=given["pending"],
            choices=choices(self.request.POST),
            seen=self.prepared.digests,
            report=given["report"],
        )
        self.model_admin.log_change(self.request, self.record, _("Corrected: %(right)s") % {"right": given["right_en"]})
        edition = Edition.objects.filter(record_id=self.record.pk, live_until=None).get()
        said = _("“%(name)s” is corrected, and readers are told.") % {"name": publishing.briefly(self.record)}
        messages.success(self.request, format_html("{} {}", said, link_to_public(self.record, edition)))
        return back_to_form(self.record)

    def _show(self) -> HttpResponse:
        prepared = self.prepared
        context = page_context(
            self.model_admin.admin_site,
            self.request,
            self.record,
            title=_("Correct “%(name)s”") % {"name": label(self.record)},
            here=_("Correct"),
            form=self.form,
            refusals=self.refusals,
            why_not=prepared.why_not(Verb.CORRECT),
            is_unchanged=prepared.is_unchanged,
            entries=prepared.entries,
            problems=publishing.problems(prepared.documents, at=prepared.now),
            moved_forward=prepared.scheduled_already,
            proposals=prepared.proposals(self.request.POST or None),
            seen=prepared.seen,
        )
        return TemplateResponse(self.request, "admin/relations/correct.html", context)

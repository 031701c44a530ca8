"""Priorities on the desk, with their commitments; each commitment with what shows its status."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relations.models import Assessment, Commitment, Priority

from .base import DESK, PartInline, RecordAdmin, dated, pair
from .part import PartAdmin

COMMITMENT_FIELDS = (
    pair("statement"),
    ("made_by", "made_at"),
    (*dated("made_on"), *dated("due_on")),
    pair("made_in"),
    "sources",
    pair("note"),
)
COMMITMENT_HELP = {
    "slug": _("Where the priority’s page can be linked to: short, lower case, never changed."),
    "made_in_en": _("The text it stands in: a roadmap, a joint statement."),
}


class CommitmentInline(PartInline):
    """What was promised. Its status is given on the commitment’s own form, always with evidence."""

    model = Commitment
    fields = (("position", "slug", "evidence"), *COMMITMENT_FIELDS)
    readonly_fields = ("evidence",)
    show_change_link = True
    help_texts = COMMITMENT_HELP

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(assessment_count=Count("assessments"))

    @admin.display(description=_("Assessments"))
    def evidence(self, commitment: Commitment) -> str:
        number = getattr(commitment, "assessment_count", 0)
        return ngettext("%(number)d assessment", "%(number)d assessments", number) % {"number": number}


class AssessmentInline(PartInline):
    model = Assessment
    fields = ("position", ("status", *dated("as_of")), ("source", "evidence_on"), pair("finding"))


@admin.register(Priority)
class PriorityAdmin(RecordAdmin):
    list_display = ("name_en", "framework_en")
    list_filter = ("relationship", "topics")
    search_fields = ("name_en", "name_fr", "framework_en", "framework_fr", "slug", "commitments__statement_en")
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (CommitmentInline,)
    fieldsets = [
        (None, {"fields": ("relationship", pair("name"), pair("summary"), pair("framework"), "topics")}),
        (_("What it rests on"), {"fields": ("sources", pair("note"))}),
        DESK,
    ]


@admin.register(Commitment)
class CommitmentAdmin(PartAdmin):
    """One commitment, and the evidence for its status."""

    parent = "priority"
    list_display = ("short_statement", "priority", "made_on", "due_on")
    list_filter = ("priority__relationship", "made_by")
    search_fields = ("statement_en", "statement_fr", "slug", "priority__name_en", "priority__name_fr")
    ordering = ("priority__position", "position", "pk")
    inlines = (AssessmentInline,)
    fields = ("priority", *COMMITMENT_FIELDS, ("slug", "position"))
    help_texts = COMMITMENT_HELP

    @admin.display(description=_("statement (English)"), ordering="statement_en")
    def short_statement(self, commitment: Commitment) -> str:
        return Truncator(commitment.statement_en).chars(110)

"""Fact sheets on the desk: sections, and the lines of each that point at other records."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relations.models import Factsheet, Line, Section
from relations.models.factsheet import TARGETS

from .base import DESK, PartRow, RecordAdmin, dated, pair
from .part import PartAdmin


class SectionInline(PartRow):
    """A heading. Its lines are on the section’s own form."""

    model = Section
    fields = ("position", "slug", *pair("heading"), "line_count")
    readonly_fields = ("line_count",)
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(lines_in_all=Count("lines"))

    @admin.display(description=_("lines"))
    def line_count(self, section: Section) -> str:
        number = getattr(section, "lines_in_all", 0)
        return ngettext("%(number)d line", "%(number)d lines", number) % {"number": number}


class LineInline(PartRow):
    model = Line
    fields = ("position", *TARGETS)
    help_texts = {"statement": _("Choose exactly one of these.")}

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """A column is called what it points at."""
        kwargs["label"] = capfirst(db_field.related_model._meta.verbose_name)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Factsheet)
class FactsheetAdmin(RecordAdmin):
    list_display = ("title_en", "issuer_en", "issued_on")
    list_filter = ("relationship",)
    search_fields = ("title_en", "title_fr", "issuer_en", "issuer_fr", "slug")
    prepopulated_fields = {"slug": ("title_en",)}
    ordering = ("-issued_on", "slug", "pk")
    inlines = (SectionInline,)
    fieldsets = [
        (
            None,
            {
                "fields": (
                    "relationship",
                    pair("title"),
                    pair("issuer"),
                    (*dated("issued_on"), "issue_time", "timezone"),
                    "original_language",
                    pair("intro"),
                    pair("translation_note"),
                )
            },
        ),
        (_("What it rests on"), {"fields": ("sources", pair("note"))}),
        DESK,
    ]
    help_texts = {"timezone": _("For example: America/Toronto")}


@admin.register(Section)
class SectionAdmin(PartAdmin):
    """One section with its lines."""

    parent = "factsheet"
    list_display = ("heading_en", "factsheet", "position")
    search_fields = ("heading_en", "heading_fr", "factsheet__title_en")
    ordering = ("factsheet__slug", "position", "pk")
    inlines = (LineInline,)
    fields = ("factsheet", pair("heading"), ("slug", "position"))

"""Relationships on the desk, with the key figures and dates of their home pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from relations.documents import Map
from relations.models import KeyDate, KeyFigure, Relationship

from .base import DESK, PartInline, PartRow, RecordAdmin, dated, pair
from .forms import DeskForm


class RelationshipForm(DeskForm):
    """Refuses a map that no page could draw."""

    def clean_map(self) -> Any:
        drawing = self.cleaned_data["map"]
        if drawing:
            try:
                Map.model_validate(drawing)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"]))
                message = _("This is not a map: %(where)s: %(problem)s.")
                given = {"where": where, "problem": first["msg"]}
                raise forms.ValidationError(message, params=given) from error
        return drawing or None


class KeyFigureInline(PartRow):
    model = KeyFigure
    fields = ("position", "fact", *pair("label"))


class KeyDateInline(PartInline):
    model = KeyDate
    fields = (
        ("position", "slug"),
        dated("date"),
        pair("label"),
        ("facts", "meetings", "officials"),
        "sources",
    )


@admin.register(Relationship)
class RelationshipAdmin(RecordAdmin):
    form = RelationshipForm
    list_display = ("title_en", "party_a", "party_b", "status_on")
    search_fields = ("title_en", "title_fr", "slug")
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = (KeyFigureInline, KeyDateInline)
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("party_a", "party_b"),
                    pair("title"),
                    pair("short_title"),
                    pair("tagline"),
                    pair("summary"),
                    "status_on",
                )
            },
        ),
        (_("On its home page"), {"fields": (("lead_statement", "lead_factsheet"), "map")}),
        (_("What it rests on"), {"fields": ("sources",)}),
        DESK,
    ]
    help_texts = {
        "summary_en": _("Two sentences that a stranger understands, true on the day below."),
        "map": _("Paths and labels as data. Leave it as it is unless you draw maps."),
    }

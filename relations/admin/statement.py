"""Statements on the desk."""

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from relations.models import CoSpeaker, Statement

from .base import DESK, PartRow, RecordAdmin, dated, pair
from .labels import label


class CoSpeakerInline(PartRow):
    model = CoSpeaker
    fields = ("position", "term")


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    list_display = ("short_quote", "spoken_by", "said_on")
    list_filter = ("relationship", "speaker__official__party", "original_language")
    search_fields = ("quote_en", "quote_fr", "speaker__official__name", "slug")
    ordering = ("-said_on", "slug", "pk")
    inlines = (CoSpeakerInline,)
    fieldsets = [
        (
            None,
            {
                "description": _("Exact words only. Where one language is a translation, say whose."),
                "fields": (
                    "relationship",
                    pair("quote"),
                    ("original_language", "basis_en", "basis_fr"),
                    "speaker",
                    (*dated("said_on"), "meeting"),
                    pair("context"),
                ),
            },
        ),
        (_("What it rests on"), {"fields": ("sources", pair("note"))}),
        DESK,
    ]
    help_texts = {"speaker": _("The post in which it was said.")}

    @admin.display(description=_("words"), ordering="quote_en")
    def short_quote(self, statement: Statement) -> str:
        return Truncator(statement.quote_en).chars(90)

    @admin.display(description=_("speaker’s term"), ordering="speaker__official__sort_name")
    def spoken_by(self, statement: Statement) -> str:
        return label(statement.speaker)

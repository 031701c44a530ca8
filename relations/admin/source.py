"""Sources on the desk."""

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from relations.models import Source

from .base import DESK, RecordAdmin, dated, pair


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("short_title", "publisher", "source_kind", "language", "published")
    list_filter = ("source_kind", "language", "speaks_for")
    search_fields = ("original_title", "publisher", "url", "slug")
    prepopulated_fields = {"slug": ("original_title",)}
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "Write title and publisher as they stand on the page, in its own language. "
                    "A change here reaches what cites it when that is next published."
                ),
                "fields": (
                    "original_title",
                    ("title_basis", "language"),
                    ("publisher", "source_kind"),
                    "url",
                    dated("published"),
                    "speaks_for",
                ),
            },
        ),
        (_("How it was read"), {"fields": ("accessed_on", "archived_url", pair("supports"), pair("note"))}),
        DESK,
    ]

    @admin.display(description=_("title"), ordering="original_title")
    def short_title(self, source: Source) -> str:
        return Truncator(source.original_title).chars(90)

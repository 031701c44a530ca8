"""Topics on the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relations.models import Topic

from .base import DESK, RecordAdmin, pair


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    list_display = ("name_en", "name_fr")
    list_filter = ("relationship",)
    search_fields = ("name_en", "name_fr", "slug")
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = [
        (None, {"fields": ("relationship", pair("name"), pair("description"))}),
        (_("What it rests on"), {"fields": ("sources",)}),
        DESK,
    ]

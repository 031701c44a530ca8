"""Parties on the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relations.models import Party

from .base import DESK, RecordAdmin, pair


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    list_display = ("name_en", "name_fr", "iso3")
    search_fields = ("name_en", "name_fr", "long_name_en", "long_name_fr", "iso2", "iso3", "slug")
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = [
        (
            None,
            {"fields": (pair("name"), pair("long_name"), pair("with_article"), pair("capital"), "capital_timezone")},
        ),
        (_("Codes"), {"fields": (("iso2", "iso3", "iso_numeric"),)}),
        (
            _("Which post is which"),
            {
                "description": _("Visitors look for counterparts: these posts face each other on the site."),
                "fields": (
                    ("head_of_state_post", "head_of_government_post"),
                    ("foreign_affairs_post", "defense_post"),
                    "ambassador_post",
                ),
            },
        ),
        (_("What it rests on"), {"fields": ("sources", pair("note"))}),
        DESK,
    ]
    help_texts = {"capital_timezone": _("For example: America/Toronto")}

"""Facts on the desk, with their observations; and the units that figures are in."""

from django.contrib import admin
from django.forms import Script
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from relations.models import Fact, Observation, Unit

from . import figures
from .base import DESK, DeskAdmin, PartInline, RecordAdmin, dated, pair


class ObservationInline(PartInline):
    model = Observation
    fields = (
        ("position", "qualifier", "value", "value_max", "unit"),
        dated("value_date"),
        "readers_see",
        (*dated("as_of"), "rank"),
        ("source", "locator"),
        pair("label"),
        pair("note"),
    )
    help_texts = {
        "value_date": _("Only where the figure is itself a date, such as the day a treaty entered into force."),
        "rank": _("Preferred: shown before newer ones. Known to be wrong: kept, and not shown first."),
        "locator": _("Page, table or paragraph."),
    }
    readonly_fields = ("readers_see",)

    class Media:
        js = (Script("js/figures.js", defer=True),)

    @admin.display(description=_("readers see"))
    def readers_see(self, observation: Observation) -> str:
        return figures.beside(observation)


@admin.register(Fact)
class FactAdmin(RecordAdmin):
    list_display = ("short_statement", "verified")
    list_filter = ("relationship", "topics", "verified")
    search_fields = ("statement_en", "statement_fr", "slug")
    prepopulated_fields = {"slug": ("statement_en",)}
    inlines = (ObservationInline,)
    fieldsets = [
        (None, {"fields": ("relationship", pair("statement"), ("topics", "parties"), "rhythm")}),
        (_("What it rests on"), {"fields": ("sources", "verified", pair("note"))}),
        DESK,
    ]
    help_texts = {"parties": _("Leave empty where it is about both alike.")}

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view(figures.view(self))
        return [path("figure/", door, name="relations_fact_figure"), *super().get_urls()]

    @admin.display(description=_("statement (English)"), ordering="statement_en")
    def short_statement(self, fact: Fact) -> str:
        return Truncator(fact.statement_en).chars(110)


@admin.register(Unit)
class UnitAdmin(DeskAdmin):
    """Reference data: managers keep it. A new name reaches a figure when its fact is next published."""

    list_display = ("code", "name_en", "name_fr", "singular_en", "singular_fr")
    search_fields = ("code", "name_en", "name_fr")
    ordering = ("code",)
    fields = ("code", pair("singular"), pair("name"))

    def get_readonly_fields(self, request, obj=None) -> tuple:
        return ("code",) if obj else ()  # another code would be another unit

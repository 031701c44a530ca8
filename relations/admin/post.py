"""Posts on the desk, with the times when they were empty."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from relations.models import Post, Vacancy

from .base import DESK, PartInline, RecordAdmin, dated, pair
from .verbs import hand_over


class VacancyInline(PartInline):
    model = Vacancy
    fields = ("position", dated("held_from"), dated("held_until"), "source", pair("note"))


@admin.register(Post)
class PostAdmin(RecordAdmin):
    list_display = ("name_en", "name_fr", "party", "role", "accredited_to")
    list_filter = ("party", "role")
    search_fields = ("name_en", "name_fr", "name_feminine_en", "name_feminine_fr", "slug")
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (VacancyInline,)
    fieldsets = [
        (None, {"fields": (("party", "accredited_to"), "role", pair("name"), pair("name_feminine"))}),
        (_("What it rests on"), {"fields": ("sources", pair("note"))}),
        DESK,
    ]
    help_texts = {
        "name_feminine_en": _("Only where it differs."),
        "name_feminine_fr": _("Shown for women who hold the post: première ministre, ambassadrice."),
    }

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(hand_over.view(self))
        return [path("<path:object_id>/hand_over/", page, name="relations_post_hand_over"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **how: Any) -> HttpResponse:
        may = request.user.has_perms(["relations.change_post", "relations.change_official"])
        return super().render_change_form(request, {**context, "may_hand_over": may}, *args, **how)

"""Officials on the desk, with their terms."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from relations.models import Official, Portrait, Term

from . import portrait
from .base import DESK, PartInline, RecordAdmin, dated, pair
from .forms import DaysField, DeskForm
from .part import PartAdmin

TERM_FIELDS = (
    ("post", "capacity", "standing"),
    (*dated("held_from"), *dated("held_until")),
    ("attested_on", "last_verified", "verified"),
    "sources",
    pair("note"),
)
TERM_HELP = {
    "held_until": _("The day after the last day in office, so that two terms can meet without a gap."),
    "attested_on": _("Days on which a source shows the person in the post, one on each line: 2021-02-26."),
}


class Attested:
    """Days are typed one on each line."""

    help_texts = TERM_HELP

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "attested_on":
            kwargs["form_class"] = DaysField
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class TermInline(Attested, PartInline):
    model = Term
    fields = ("position", *TERM_FIELDS)


class OfficialForm(DeskForm):
    """Whoever takes the picture out takes out what was said about it."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.initial.get("portrait") and "portrait" in given and given["portrait"] is None:
            given |= dict.fromkeys(portrait.WORDS, "")
        return given


@admin.register(Official)
class OfficialAdmin(RecordAdmin):
    form = OfficialForm
    hidden_relations = ("portrait",)
    list_display = ("name", "sort_name", "party")
    list_filter = ("party", "terms__post__role")
    search_fields = ("name", "sort_name", "slug", "terms__post__name_en", "terms__post__name_fr")
    prepopulated_fields = {"slug": ("name",)}
    ordering = ("sort_name", "slug", "pk")
    inlines = (TermInline,)
    fieldsets = [
        (None, {"fields": ("party", ("name", "sort_name", "grammatical_gender"), pair("summary"), "wikidata")}),
        (
            _("Portrait"),
            {
                "fields": (
                    "portrait",
                    pair("portrait_alt"),
                    ("portrait_credit", "portrait_licence"),
                    "portrait_source",
                )
            },
        ),
        (_("What it rests on"), {"fields": ("sources",)}),
        DESK,
    ]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "portrait":
            return portrait.PortraitField(Portrait.objects.all(), required=False, label=_("Picture"))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """Before the form opens its transaction: a picture takes a second."""
        may = self.has_change_permission if object_id else self.has_add_permission
        if request.method == "POST" and may(request):
            portrait.keep_upload(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view(self._portrait)
        address = "portraits/<sha256:sha256>-<int:width>.webp"
        return [path(address, door, name="relations_official_portrait"), *super().get_urls()]

    def _portrait(self, request: HttpRequest, sha256: str, width: int) -> HttpResponse:
        """A picture on the desk, whether public or not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return portrait.view(request, sha256, width)


@admin.register(Term)
class TermAdmin(Attested, PartAdmin):
    """A term by itself; meetings and statements choose theirs here."""

    parent = "official"
    list_display = ("official", "post", "standing", "held_from", "held_until")
    list_filter = ("standing", "post__party")
    search_fields = ("official__name", "official__sort_name", "post__name_en", "post__name_fr")
    ordering = ("official__sort_name", "-held_from", "pk")
    fields = ("official", *TERM_FIELDS, "position")

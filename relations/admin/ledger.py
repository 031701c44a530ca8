"""The ledger to look at: what was published and what was saved. Nobody edits it, whatever their rights."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from relations.documents import parse
from relations.documents.compare import compare
from relations.models import BY_KIND, Edition, Revision
from relations.reading import clock

from .state import ChoiceFilter
from .verbs.common import Names


class ViewOnly(admin.ModelAdmin):
    """A list and a form without a way to change anything."""

    actions = None
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(kind, model._meta.verbose_name_plural) for kind, model in BY_KIND.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() in BY_KIND else queryset


class WhenFilter(ChoiceFilter):
    title = _("when")
    parameter_name = "when"
    answers = {
        "live": (
            _("Live now"),
            lambda: (
                Q(live_from__lte=clock.now(), is_tombstone=False, is_redacted=False)
                & (Q(live_until__isnull=True) | Q(live_until__gt=clock.now()))
            ),
        ),
        "scheduled": (_("Scheduled"), lambda: Q(live_from__gt=clock.now())),
        "past": (_("Superseded"), lambda: Q(live_until__lte=clock.now())),
        "withdrawn": (_("Notices of withdrawal"), lambda: Q(is_tombstone=True)),
        "redacted": (_("Redacted"), lambda: Q(is_redacted=True, is_tombstone=False)),
    }


class KindColumn:
    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, row: Any) -> str:
        return BY_KIND[row.kind]._meta.verbose_name if row.kind in BY_KIND else row.kind


@admin.register(Edition)
class EditionAdmin(KindColumn, ViewOnly):
    list_display = ("short_title", "kind_name", "number", "live_from", "live_until", "is_tombstone", "made_by")
    list_filter = (KindFilter, WhenFilter, "live_from")
    list_select_related = ("made_by", "release")
    search_fields = ("title_en", "title_fr", "slug", "=digest")
    ordering = ("-live_from", "-pk")
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("title_en", "title_fr"),
                    ("kind_name", "slug", "number"),
                    ("live_from", "live_until", "is_tombstone"),
                    ("reason_en", "reason_fr"),
                    ("change_note_en", "change_note_fr"),
                    ("made_by", "made_at", "release"),
                )
            },
        ),
        (_("What changed in it"), {"fields": ("differences",)}),
        (_("Proof"), {"fields": ("record_id", "digest", "previous_digest", "document")}),
    ]
    readonly_fields = ("kind_name", "made_at", "differences")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name.endswith("_changelist"):
            rows = rows.defer("document", "search_en", "search_fr")  # long, and not shown in a list
        return rows

    @admin.display(description=_("title"), ordering="title_en")
    def short_title(self, edition: Edition) -> str:
        return Truncator(edition.title_en).chars(90)

    @admin.display(description=_("Since the edition before"))
    def differences(self, edition: Edition) -> SafeString | str:
        """The changes from the edition before, or all that the first one says."""
        if edition.is_tombstone:
            return _("It was withdrawn; see the public reason.")
        if edition.is_redacted:
            return _("Its content was removed from the ledger.")
        earlier = Edition.objects.filter(record_id=edition.record_id, number__lt=edition.number).exclude(document="")
        before = earlier.order_by("number").last()
        old = before and parse(before.kind, before.document)
        new = parse(edition.kind, edition.document)
        changes = compare(old, new, name=Names([old, new]))
        return render_to_string("components/changes.html", {"changes": changes})


@admin.register(Revision)
class RevisionAdmin(KindColumn, ViewOnly):
    list_display = ("title", "kind_name", "origin", "made_at", "made_by")
    list_filter = (KindFilter, "origin", "made_at")
    list_select_related = ("made_by",)
    search_fields = ("document",)
    ordering = ("-made_at", "-pk")
    fields = ("kind_name", "record_id", "origin", ("made_by", "made_at"), "differences", "document")
    readonly_fields = ("kind_name", "made_at", "differences")

    @admin.display(description=_("title"))
    def title(self, revision: Revision) -> str:
        return Truncator(parse(revision.kind, revision.document).title.en).chars(90)

    @admin.display(description=_("Since the save before"))
    def differences(self, revision: Revision) -> SafeString:
        """The changes since the revision before, or all that the first one says."""
        earlier = Revision.objects.filter(record_id=revision.record_id, pk__lt=revision.pk)
        before = earlier.order_by("pk").last()
        old = before and parse(before.kind, before.document)
        new = parse(revision.kind, revision.document)
        changes = compare(old, new, name=Names([old, new]))
        return render_to_string("components/changes.html", {"changes": changes})

"""What the desk of every noun has: its form, its list, its children. Saving here never changes what is public."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from relations import publishing
from relations.models import Edition, Record, Relationship

from .carry import Exported
from .comfort import comfort, tidied
from .deletion import Deletion
from .forms import DeskForm, KnownSelect, KnownSelectMultiple, PartFormSet, RowFormSet
from .guard import Guarded
from .history import Past
from .labels import joins, label, sets
from .releases import collect
from .stale import StaleFilter
from .state import ChangedFilter, LiveFilter, ReviewFilter, StageFilter, StateColumns, state_of, with_state
from .verbs import (
    correct,
    duplicate,
    preview,
    public,
    publish,
    rebase,
    redact,
    review,
    share,
    submit,
    unschedule,
    verify,
    withdraw,
)
from .verbs.bar import Bar
from .verbs.together import Together
from .waiting import WaitsFilter


def pair(name: str) -> tuple[str, str]:
    """Both languages of a text, side by side on one line of a form."""
    return f"{name}_en", f"{name}_fr"


def dated(name: str) -> tuple[str, str]:
    """A date beside its precision."""
    return name, f"{name}_precision"


DESK = (_("On the desk"), {"fields": (("slug", "position"), ("owner", "review_by"))})


class DeskFields:
    """How fields are shown: every relation is an autocomplete, every French field says that it is French."""

    help_texts: dict[str, Any] = {}
    hidden_relations: tuple[str, ...] = ()

    def get_autocomplete_fields(self, request: HttpRequest | None) -> list[str]:
        """Every relation."""
        opts = self.model._meta
        relations = [field for field in opts.fields if field.remote_field] + list(opts.many_to_many)
        return [field.name for field in relations if field.name not in self.hidden_relations]

    def formfield_for_foreignkey(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)
        return _labelled(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)
        return _labelled(super().formfield_for_manytomany(db_field, request, **kwargs))

    def get_field_queryset(self, db: Any, db_field: models.Field, request: HttpRequest) -> QuerySet:
        found = super().get_field_queryset(db, db_field, request)
        found = db_field.remote_field.model._default_manager.all() if found is None else found
        return found.select_related(*joins(found.model)) if joins(found.model) else found

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **tidied(db_field) | kwargs)
        if field is None:
            return None
        if db_field.name in self.help_texts:
            field.help_text = self.help_texts[db_field.name]
        comfort(field, db_field)
        if db_field.name.endswith(("_en", "_fr")):
            field.widget.attrs["lang"] = db_field.name[-2:]
        if isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 3
        if hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False  # what others rest on is not deleted from inside a form
            field.widget.can_view_related &= not field.widget.can_change_related
        return field


def _labelled(field: forms.ModelChoiceField) -> forms.ModelChoiceField:
    field.label_from_instance = label
    return field


class PartInline(DeskFields, admin.StackedInline):
    """Children of a record, in their order. An empty position puts a new one last."""

    extra = 0
    form = DeskForm
    formset = PartFormSet
    ordering = ("position", "pk")

    def get_autocomplete_fields(self, request: HttpRequest | None) -> list[str]:
        return [name for name in super().get_autocomplete_fields(request) if name not in self._parents()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        others = joins(self.model, skip=self._parents())
        rows = rows.select_related(*others) if others else rows
        return rows.prefetch_related(*sets(self.model))

    def _parents(self) -> list[str]:
        return [field.name for field in self.model._meta.fields if field.related_model is self.parent_model]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "position":
            field.help_text = _("Empty: after the last.")
        return field


class PartRow(PartInline):
    """Children that are short enough for one line each."""

    template = "admin/relations/rows.html"
    formset = RowFormSet


class DeskAdmin(DeskFields, admin.ModelAdmin):
    """A form that reads what it shows at once, and that survives junk in its address."""

    form = DeskForm
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        names = joins(self.model)
        return rows.select_related(*names) if names else rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            prefetch_related_objects([row], *sets(self.model))
        return row

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address proposes, without what the fields would not accept."""
        proposed = super().get_changeform_initial_data(request)
        fields = self.get_form(request, change=False).base_fields
        return {name: value for name, value in proposed.items() if name in fields and _fits(fields[name], value)}

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """A day that no calendar has shows the whole list; Django would fail on it."""
        if self.date_hierarchy and not _is_day(request.GET, self.date_hierarchy):
            return HttpResponseRedirect(f"{request.path}?e=1")
        return super().changelist_view(request, extra_context)

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Junk among the chosen rows is nothing chosen, not an error of ours."""
        try:
            return super().response_action(request, queryset)
        except ValidationError:
            return HttpResponseRedirect(request.get_full_path())


def _is_day(given: QueryDict, field: str) -> bool:
    """Whether the year, month and day that an address names for this field are a day, as far as they are there."""
    parts = [given.get(f"{field}__{part}", "1") for part in ("year", "month", "day")]
    try:
        datetime.date(*map(int, parts))
    except (ValueError, OverflowError):
        return False
    return True


def _fits(field: forms.Field, value: Any) -> bool:
    try:
        field.clean(value)
    except ValidationError:
        return False
    return True


class RecordAdmin(Deletion, Guarded, Past, Together, StateColumns, Exported, DeskAdmin):
    """The desk of one noun. What is public changes only through the verbs that its buttons call."""

    state_columns = ("live", "changed", "stage_reached", "review")
    state_filters = (WaitsFilter, StaleFilter, StageFilter, LiveFilter, ChangedFilter, ReviewFilter)
    actions = ("submit_selected", "approve_selected", "return_selected", "publish_selected", "collect_selected")
    ordering = ("position", "slug", "pk")

    # ---- lists -------------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_state(super().get_queryset(request))

    def get_list_display(self, request: HttpRequest) -> tuple:
        name, *others = self.list_display
        return (name, *self.state_columns, *others)

    def get_list_filter(self, request: HttpRequest) -> tuple:
        return (*self.state_filters, *self.list_filter)

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # one at a time, with what depends on it shown
        return actions

    @admin.action(description=_("Publish selected…"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return publish.page(self.admin_site, request, list(queryset))

    @admin.action(description=_("Add selected to a release…"), permissions=["release"])
    def collect_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return collect.page(self.admin_site, request, list(queryset))

    # ---- forms -------------------------------------------------------------------------------------------------------

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Where there is one relationship only, a new record belongs to it."""
        initial = super().get_changeform_initial_data(request)
        if any(field.name == "relationship" for field in self.model._meta.fields):
            only = Relationship.objects.values_list("pk", flat=True)[:2]
            if len(only) == 1:
                initial.setdefault("relationship", only[0])
        return initial

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keeps a revision of the record with its children. Publishes nothing."""
        super().save_related(request, form, formsets, change)
        # Read anew: what the form held may be older than what its children just became.
        publishing.save_revision(self.model._base_manager.get(pk=form.instance.pk), by=request.user)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        state = state_of(obj) if obj else None
        context.update(
            state=state,
            bar=Bar(obj, request.user) if obj else None,
            may_submit=self.has_change_permission(request),
            may_publish=self.has_publish_permission(request),
            can_preview=preview.is_possible(self.model),
            verb_prefix=f"admin:relations_{self.opts.model_name}",
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request: HttpRequest, obj: Record, post_url_continue: Any = None) -> HttpResponse:
        return self._on_to_verb(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Record) -> HttpResponse:
        return self._on_to_verb(request, obj) or super().response_change(request, obj)

    def _on_to_verb(self, request: HttpRequest, obj: Record) -> HttpResponse | None:
        for button, verb in (("_publish", publishing.Verb.PUBLISH), ("_submit", publishing.Verb.SUBMIT)):
            if button in request.POST and publishing.may(verb, obj, request.user):
                name = f"admin:relations_{self.opts.model_name}{button}"
                return HttpResponseRedirect(reverse(name, args=[obj.pk]))
        return None

    # ---- rights ------------------------------------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("relations.publish_record") and self.has_view_permission(request)

    def has_release_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("relations.manage_release") and self.has_view_permission(request)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("relations.withdraw_record") and self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        """Only what was never public, nor is to be."""
        allowed = super().has_delete_permission(request, obj)
        if not allowed or obj is None:
            return allowed
        if hasattr(obj, "edition_number"):
            return not state_of(obj).was_public
        return not Edition.objects.filter(record_id=obj.pk).exists()

    # ---- verbs -------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        verbs = {
            "publish": publish,
            "withdraw": withdraw,
            "redact": redact,
            "unschedule": unschedule,
            "preview": preview,
            "share": share,
            "verify": verify,
            "duplicate": duplicate,
            "submit": submit,
            "review": review,
            "correct": correct,
            "rebase": rebase,
            "public": public,
        }
        routes = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(verb.view(self)),
                name=f"relations_{self.opts.model_name}_{name}",
            )
            for name, verb in verbs.items()
        ]
        return [*routes, *super().get_urls()]

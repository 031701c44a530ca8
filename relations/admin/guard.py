"""No silent overwriting: every form of a record, or of a part of one, is saved under this guard."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminErrorList
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from relations.documents import freeze
from relations.models import Record
from relations.reading import clock

from .conflict import Rehearsed, Saving
from .presence import open_form, with_presence
from .versions import Version, values_beside


class NotYet:
    """A form that is filled in and shown, but not to be saved before somebody looked at it."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        raise forms.ValidationError("…")


class Guarded:
    """What a form is opened with comes back with it; where somebody saved in between, both texts are shown.

    The row of the whole record is locked before anything of the form is read, so whoever saves comes one after the
    other. ``parent`` names the record where the form is of a part.
    """

    parent = ""

    # ---- what is guarded ---------------------------------------------------------------------------------------------

    @property
    def whole_model(self) -> type[Record]:
        """The noun whose records are guarded."""
        return self.model._meta.get_field(self.parent).related_model if self.parent else self.model

    def whole_of(self, row: Model) -> Record:
        """The record that this row is, or is a part of."""
        return getattr(row, self.parent) if self.parent else row

    def locked(self, object_id: str, opened: Version | None) -> Record | None:
        """The record as it is now, locked until the transaction ends; None where it is gone."""
        try:
            if self.parent:
                key = self.model._base_manager.filter(pk=object_id).values_list(f"{self.parent}_id", flat=True).first()
                key = key or (opened and opened.record)  # the part is gone; the record may be there
            else:
                key = object_id
            # Others may go on naming the record meanwhile: their locks and this one do not wait for each other.
            return self.whole_model._base_manager.select_for_update(no_key=True).filter(pk=key).first()
        except ValidationError:
            return None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if request.method != "GET" or not _is_form(request):
            return rows
        return with_presence(rows, f"{self.parent}_id" if self.parent else "pk", request.user, clock.now())

    # ---- saving ------------------------------------------------------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        save = partial(super().changeform_view, request, form_url=form_url, extra_context=extra_context)
        if request.method == "POST" and object_id is not None:
            return Saving(self, request, unquote(object_id), save).respond()
        try:
            return save(object_id)
        except IntegrityError:  # somebody took the same address at the same moment: now the form can say so
            return save(object_id)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if getattr(request, "is_rehearsal", False):
            record = self.whole_model._base_manager.get(pk=self.whole_of(form.instance).pk)
            raise Rehearsed(freeze(record), values_beside(record))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[forms.Form]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form)(form.__name__, (NotYet, form), {}) if getattr(request, "not_yet", "") else form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Gives the form its version, says who else has it open, and why a filled one is not saved yet."""
        if obj is not None:
            record = self.whole_of(obj)
            context["version"] = request.POST.get("version") or str(Version.of(record))
            if hasattr(obj, "presence_own") and self.has_change_permission(request, obj):
                context["others"] = open_form(obj, record, request.user, clock.now())
        if not_yet := getattr(request, "not_yet", ""):
            form = context["adminform"].form
            form.errors.pop(NON_FIELD_ERRORS, None)  # it says nothing that ``not_yet`` does not
            formsets = [each.formset for each in context["inline_admin_formsets"]]
            context.update(not_yet=not_yet, errors=AdminErrorList(form, formsets))
        return super().render_change_form(request, context, add, change, form_url, obj)

    # ---- deleting ----------------------------------------------------------------------------------------------------

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """What was saved while somebody thought about deleting it is not deleted unseen."""
        opened = Version.read(request.POST.get("version", ""))
        with transaction.atomic():
            record = self.locked(unquote(object_id), opened) if request.method == "POST" else None
            if record and opened and not opened.is_text_of(Version.of(record)):
                messages.error(request, _("It was saved again while you were looking. Read what changed, then decide."))
                return HttpResponseRedirect(request.get_full_path())
            found = record or self._there(unquote(object_id))
            extra = {**(extra_context or {}), "version": str(Version.of(found)) if found else ""}
            return super().delete_view(request, object_id, extra)

    def _there(self, object_id: str) -> Record | None:
        try:
            row = self.model._base_manager.filter(pk=object_id).first()
        except ValidationError:
            return None
        return row and self.whole_of(row)


def _is_form(request: HttpRequest) -> bool:
    return bool(request.resolver_match and (request.resolver_match.url_name or "").endswith("_change"))

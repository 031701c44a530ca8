"""What the desk of a child has that has children of its own: it is edited on a page of its own, for its record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from relations import publishing

from .base import DeskAdmin
from .guard import Guarded
from .history import PastOfWhole


class PartAdmin(Guarded, PastOfWhole, DeskAdmin):
    """A child that has children of its own. Added in its parent's form; saved, it keeps a revision of the record."""

    parent: str  # the foreign key to what it is a part of

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # reached through its parent, not from the index

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        return (*super().get_readonly_fields(request, obj), self.parent)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._keep_revision(request, form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self._keep_revision(request, obj)

    def get_actions(self, request: HttpRequest) -> dict:
        return {}

    def _keep_revision(self, request: HttpRequest, obj: Any) -> None:
        model = self.model._meta.get_field(self.parent).related_model
        record = model._base_manager.get(pk=getattr(obj, f"{self.parent}_id"))
        record.save(update_fields=["changed_at"])
        publishing.save_revision(record, by=request.user)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context.update(whole=getattr(obj, self.parent, None), whole_url=self._whole_url(obj) if obj else "")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to what it is a part of."""
        return HttpResponseRedirect(self._whole_url(obj))

    def _whole_url(self, obj: Any) -> str:
        model = self.model._meta.get_field(self.parent).related_model
        return reverse(f"admin:relations_{model._meta.model_name}_change", args=[getattr(obj, f"{self.parent}_id")])

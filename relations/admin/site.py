"""The desk as a whole: its name, the order of its nouns, and what holds for every page of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import get_permission_codename
from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from . import carry, front, help, notices
from .labels import label
from .verbs import publish

# As editors think of them: what is written every day first. (name, object names of the models)
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("The record"), ("Fact", "Meeting", "Priority", "Official", "Statement", "Factsheet")),
    (_("What it stands on"), ("Topic", "Post", "Source", "Party", "Relationship", "Unit")),
    (_("Readers"), ("Report",)),
    (_("Ledger"), ("Edition", "Release", "Revision", "PreviewLink")),
    (_("People"), ("User", "Group")),
)


class DeskChoices(AutocompleteJsonView):
    """What an autocomplete offers, under the names that forms use."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change a record may name its owner, without seeing the list of people."""
        if self.source_field.name == "owner":
            opts = self.source_field.model._meta
            return request.user.has_perm(f"{opts.app_label}.{get_permission_codename('change', opts)}")
        return super().has_perm(request, obj)


class Desk(admin.AdminSite):
    """Django's admin with the nouns in the editors' order."""

    site_header = _("Bilateral Record – Desk")
    site_title = _("Bilateral Record – Desk")
    index_title = _("Desk")
    enable_nav_sidebar = False  # the masthead leads to the nouns; the page is for the form

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Sections in place of apps; whatever belongs to none follows under its app's own name."""
        apps = super().get_app_list(request, app_label)
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        listed = [
            {
                "name": name,
                "app_label": f"section-{number}",
                "app_url": "",
                "has_module_perms": True,
                "models": [models.pop(each) for each in names if each in models],
            }
            for number, (name, names) in enumerate(SECTIONS)
        ]
        rest = [{**app, "models": [each for each in app["models"] if each["object_name"] in models]} for app in apps]
        return [section for section in [*listed, *rest] if section["models"]]

    def get_urls(self) -> list[URLPattern]:
        """Django's, without the redirect that tells any of the staff the address of a record by its number."""
        stock = [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]
        own = [
            path("publish/", self.admin_view(publish.set_view(self)), name="publish"),
            path("help/", self.admin_view(help.view(self)), name="help"),
            path("notices/", self.admin_view(notices.view(self)), name="notices"),
            *carry.urls(self),
        ]
        return [*own, *stock]

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """As Django's; and what no form of ours sends is a bad request instead of an error."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _refuse_nul(request)
            return inner(request, *args, **kwargs)

        return guarded

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """As Django's; and whether people with power may come in without a second factor, which every page says."""
        return {**super().each_context(request), "is_lax": not settings.REQUIRE_SECOND_FACTOR}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What waits, what is going stale, what changed today; and the way to every noun."""
        return super().index(request, {**front.context(request), **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return DeskChoices.as_view(admin_site=self)(request)


def _refuse_nul(request: HttpRequest) -> None:
    """Raises BadRequest for a NUL: no one types it, and PostgreSQL fails on it."""
    given = [request.path, *request.GET, *(value for _key, values in request.GET.lists() for value in values)]
    if request.method == "POST":
        given += [value for _key, values in request.POST.lists() for value in values]
    if any("\x00" in value for value in given):
        raise BadRequest("NUL")

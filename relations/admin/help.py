"""The editor's guide, in the language of the desk; each language is a text of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def view(site: admin.AdminSite) -> Callable:
    """The guide, for whoever may come to the desk."""

    def guide(request: HttpRequest) -> HttpResponse:
        text = f"admin/help/{get_language()[:2]}.html"
        context = {**site.each_context(request), "title": _("Editor’s guide"), "text": text}
        return TemplateResponse(request, "admin/help/guide.html", context)

    return guide

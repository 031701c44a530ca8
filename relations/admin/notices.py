"""Everybody's own choice of notices by e-mail, and of their language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.forms import ModelForm, RadioSelect
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.models import NoticeChoice
from relations.publishing.reports import RIGHT

ALL = ("review", "returned", "published", "overdue", "report", "digest")
# Who never gets a notice need not choose it.
NEEDED = {"review": "relations.review_record", "overdue": "relations.manage_release", "report": RIGHT}


class NoticeForm(ModelForm):
    class Meta:
        model = NoticeChoice
        fields = ("language", *ALL)
        widgets = {"language": RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = NoticeChoice._meta.get_field("language").choices  # one is always chosen
        for name, right in NEEDED.items():
            if not user.has_perm(right):
                del self.fields[name]


def view(site: AdminSite) -> Callable:
    """The page of whoever is signed in."""

    def notices(request: HttpRequest) -> HttpResponse:
        choice = NoticeChoice.objects.filter(pk=request.user.pk).first()
        choice = choice or NoticeChoice(user=request.user, language=(get_language() or "en")[:2])
        form = NoticeForm(request.POST or None, instance=choice, user=request.user)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Your choice is kept."))
            return HttpResponseRedirect(reverse("admin:notices"))
        context = {
            **site.each_context(request),
            "title": _("Notices by e-mail"),
            "here": _("Notices"),
            "form": form,
            "ticks": [form[name] for name in ALL if name in form.fields],
            "email": request.user.email,
        }
        return TemplateResponse(request, "admin/relations/notices.html", context)

    return notices

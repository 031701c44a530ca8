"""Releases at the desk: the list, and the pages of one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.models import Release
from relations.publishing.phases import Phase, phase_of
from relations.publishing.releases import create_release
from relations.reading import clock

from .ledger import ViewOnly
from .releases import collect, live, page, undo
from .releases.forms import ReleaseForm
from .state import ChoiceFilter
from .verbs import share
from .verbs.common import back_to_form, page_context, record_for
from .verbs.preview import staff_url

State = Release.State


class PhaseFilter(ChoiceFilter):
    title = gettext_lazy("state")
    parameter_name = "phase"
    answers = {
        Phase.OPEN: (Phase.OPEN.label, lambda: Q(state=State.OPEN)),
        Phase.SCHEDULED: (Phase.SCHEDULED.label, lambda: Q(state=State.SCHEDULED, goes_live_at__gt=clock.now())),
        Phase.LIVE: (Phase.LIVE.label, lambda: Q(state=State.SCHEDULED, goes_live_at__lte=clock.now())),
        Phase.CANCELLED: (Phase.CANCELLED.label, lambda: Q(state=State.CANCELLED)),
        Phase.UNDONE: (Phase.UNDONE.label, lambda: Q(state=State.UNDONE)),
    }


@admin.register(Release)
class ReleaseAdmin(ViewOnly):
    """What is public changes only through the verbs that the pages of a release call."""

    list_display = ("name", "phase", "goes_live_at", "record_count", "made_by", "made_at")
    list_filter = (PhaseFilter,)
    list_select_related = ("made_by",)
    search_fields = ("name",)
    ordering = ("-made_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counts = {"in_all": Count("editions", distinct=True), "members_in_all": Count("members", distinct=True)}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=gettext_lazy("state"))
    def phase(self, release: Release) -> str:
        return phase_of(release, at=clock.now()).label

    @admin.display(description=gettext_lazy("records"))
    def record_count(self, release: Release) -> int:
        return max(release.in_all, release.members_in_all)

    # ---- rights ------------------------------------------------------------------------------------------------------

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("relations.manage_release") and self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("relations.manage_release")

    # ---- pages -------------------------------------------------------------------------------------------------------

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            return super().add_view(request)  # which refuses
        form = ReleaseForm(request.POST or None)
        refusals = []
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            try:
                release = create_release(given["name"], note=form.note, at=given["at"], by=request.user)
            except publishing.Refusal as refusal:
                refusals.append(str(refusal))
            else:
                self.log_addition(request, release, [{"added": {}}])
                messages.success(request, _("Now add records: from their lists, or from their forms."))
                return back_to_form(release)
        more = {"title": _("New release"), "here": _("New release"), "form": form, "refusals": refusals}
        context = page_context(self.admin_site, request, None, **more)
        return TemplateResponse(request, "admin/relations/release/add.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return page.view(self, request, object_id)

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """To the whole site as this release will make it."""
        release = record_for(self, request, object_id, may=self.has_view_permission)
        return HttpResponseRedirect(staff_url("release", release.pk, request.GET.get("language")))

    def get_urls(self) -> list[URLPattern]:
        views = {
            "publish": live.publish(self),
            "move": live.move(self),
            "undo": undo.view(self),
            "preview": self.preview,
            "share": share.view(self),
            "include": page.include(self),
            "exclude": page.exclude(self),
            "again": page.again(self),
            "cancel": page.cancel(self),
            "abandon": page.abandon(self),
            "reopen": page.reopen(self),
        }
        wrap = self.admin_site.admin_view
        routes = [
            path(f"<path:object_id>/{name}/", wrap(each), name=f"relations_release_{name}")
            for name, each in views.items()
        ]
        collecting = path("collect/", wrap(collect.view(self)), name="relations_release_collect")
        return [collecting, *routes, *super().get_urls()]

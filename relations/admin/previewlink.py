"""All preview links at one place: what they show, whether they still work, who opened them."""

from __future__ import annotations

import datetime

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import BY_KIND, PreviewLink
from relations.publishing.locking import rows_of
from relations.publishing.previews import LinkState, links_at, revoke_preview, state_of
from relations.reading import clock

from .labels import label
from .ledger import ViewOnly
from .state import ChoiceFilter
from .verbs.common import record_for
from .verbs.share import OPENINGS


class LinkFilter(ChoiceFilter):
    title = gettext_lazy("state")
    parameter_name = "state"
    answers = {
        state.value: (state.label, condition)
        for state, condition in {
            LinkState.ALIVE: lambda: Q(revoked_at=None, is_over=False, expires_at__gt=clock.now()),
            LinkState.EXPIRED: lambda: Q(revoked_at=None, is_over=False, expires_at__lte=clock.now()),
            LinkState.REVOKED: lambda: Q(revoked_at__isnull=False),
            LinkState.OVER: lambda: Q(revoked_at=None, is_over=True),
        }.items()
    }


@admin.register(PreviewLink)
class PreviewLinkAdmin(ViewOnly):
    """To look at. Links are made and closed on the Share page of what they show."""

    list_display = ("made_for", "shows", "state", "expires_at", "opened", "last_opened", "made_by", "made_at")
    list_filter = (LinkFilter,)
    list_select_related = ("made_by", "release")
    search_fields = ("made_for",)
    ordering = ("-made_at", "-pk")
    fields = (("made_for", "shows"), ("state", "expires_at", "revoked_at"), ("made_by", "made_at"), "openings")
    readonly_fields = ("shows", "state", "made_at", "openings")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        own = links_at(clock.now())
        return own.annotate(times=Count("openings"), last=Max("openings__opened_at"))

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Looks up what the records of this page are called: a query per kind."""
        found = super().get_changelist_instance(request)
        rows = rows_of((link.kind, link.record_id) for link in found.result_list if link.record_id)
        names = {row.pk: label(row) for row in rows}
        for link in found.result_list:
            if link.record_id in names:
                link.record_name = names[link.record_id]
        return found

    @admin.display(description=gettext_lazy("shows"))
    def shows(self, link: PreviewLink) -> SafeString | str:
        kind = "release" if link.release_id else link.kind
        name = link.release.name if link.release else getattr(link, "record_name", BY_KIND[kind]._meta.verbose_name)
        url = reverse(f"admin:relations_{kind}_share", args=[link.release_id or link.record_id])
        return format_html('<a href="{}">{}</a>', url, name)

    @admin.display(description=gettext_lazy("state"))
    def state(self, link: PreviewLink) -> str:
        return state_of(link, clock.now()).label

    @admin.display(description=gettext_lazy("opened"), ordering="times")
    def opened(self, link: PreviewLink) -> int:
        return link.times

    @admin.display(description=gettext_lazy("last opened"), ordering="last")
    def last_opened(self, link: PreviewLink) -> datetime.datetime | None:
        return link.last

    @admin.display(description=gettext_lazy("openings"))
    def openings(self, link: PreviewLink) -> SafeString:
        found = link.openings.order_by("-opened_at", "-pk")[:OPENINGS]
        return render_to_string("admin/relations/openings.html", {"openings": found})

    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Closes a link at once. POST only."""
        link = record_for(self, request, object_id, may=self.has_view_permission)
        if not request.user.has_perm("relations.share_preview"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        revoke_preview(link, clock=clock.now)
        self.log_change(request, link, _("Closed."))
        messages.success(request, _("The link for “%(who)s” shows nothing any more.") % {"who": link.made_for})
        kind, subject = ("release", link.release_id) if link.release_id else (link.kind, link.record_id)
        return HttpResponseRedirect(reverse(f"admin:relations_{kind}_share", args=[subject]))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "relations_previewlink_revoke"
        return [path("<path:object_id>/revoke/", wrap(self.revoke), name=name), *super().get_urls()]

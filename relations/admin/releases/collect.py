"""From lists and forms into a release: which records, into which one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from relations import publishing
from relations.models import BY_KIND, Record, Release
from relations.publishing import releases
from relations.publishing.locking import verb
from relations.publishing.phases import Phase, phase_of
from relations.reading import clock

from ..labels import label
from ..verbs.common import back_to_form, page_context
from ..verbs.publish import AT_MOST
from .forms import IntoForm
from .page import added_words, rows_named, standing_words

if TYPE_CHECKING:
    from ..release import ReleaseAdmin


def address(record: Record) -> str:
    """Where this record is put into a release."""
    return f"{reverse('admin:relations_release_collect')}?records={record.KIND}:{record.pk}"


def view(model_admin: ReleaseAdmin):
    """For records that the address or the form names: ``records=kind:id,kind:id``."""

    def collect(request: HttpRequest) -> HttpResponse:
        if not model_admin.has_manage_permission(request):
            raise PermissionDenied
        given = request.POST.get("records") or request.GET.get("records") or ""
        records = rows_named(given.split(","))
        site = model_admin.admin_site
        if not all(site.get_model_admin(BY_KIND[each.KIND]).has_view_permission(request) for each in records):
            raise PermissionDenied
        if not records:
            raise Http404
        return page(site, request, records)

    return collect


def page(site: admin.AdminSite, request: HttpRequest, records: Sequence[Record]) -> HttpResponse:
    """Asks which release these go into; puts them in if that was answered."""
    if not request.user.has_perm("relations.manage_release"):
        raise PermissionDenied
    if len(records) > AT_MOST:
        messages.error(request, _("Choose at most %(number)d records at a time.") % {"number": AT_MOST})
        return HttpResponseRedirect(request.get_full_path())
    known = _on_their_way()
    form = IntoForm(request.POST if "_add" in request.POST else None, releases=[_choice(each) for each in known])
    refusals = []
    if form.is_bound and form.is_valid():
        try:
            release, new = _put(request, records, form.cleaned_data, known)
        except publishing.Refusal as refusal:
            refusals.append(str(refusal))
        else:
            site.get_model_admin(Release).log_change(request, release, added_words(len(new)))
            messages.success(request, added_words(len(new)))
            return back_to_form(release)
    one = records[0] if len(records) == 1 else None
    context = page_context(
        site,
        request,
        one,
        title=_("Add “%(name)s” to a release") % {"name": label(one)} if one else _("Add to a release"),
        here=_("Add to a release"),
        form=form,
        refusals=refusals,
        chosen=[(each._meta.verbose_name, label(each)) for each in records],
        records=",".join(f"{each.KIND}:{each.pk}" for each in records),
        action=reverse("admin:relations_release_collect"),
    )
    return TemplateResponse(request, "admin/relations/release/collect.html", context)


def _on_their_way() -> list[Release]:
    """Releases that can still be added to: those being prepared first."""
    state = Release.State
    found = Release.objects.filter(state__in=(state.OPEN, state.SCHEDULED)).order_by("state", "goes_live_at", "name")
    return [each for each in found if phase_of(each, at=clock.now()) != Phase.LIVE]


def _choice(release: Release) -> tuple[str, str]:
    return str(release.pk), f"{release.name} – {standing_words(release, phase_of(release, at=clock.now()))}"


@verb
def _put(
    request: HttpRequest, records: Sequence[Record], given: dict, known: Sequence[Release]
) -> tuple[Release, list[Record]]:
    """Puts them in, into a new release if need be: both or neither."""
    if given["into"] == IntoForm.NEW:
        release = releases.create_release(given["name"], by=request.user)
    else:
        release = next(each for each in known if str(each.pk) == given["into"])
    how = {"by": request.user, "clock": clock.now, "reason": given["reason"]}
    return release, releases.add_to_release(release, records, **how)

"""The Share page: links to a preview for people without an account, and who opened them when."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.models import PreviewLink, PreviewOpening, Record, Release
from relations.publishing.phases import Phase, phase_of
from relations.publishing.previews import LinkState, links_at, share_preview, state_of, token_of
from relations.reading import clock
from relations.rendering.preview import can_preview

from ..labels import label
from .common import page_context, record_for

LINKS = 50  # as many as the page lists
OPENINGS = 20  # of each link
DAYS = (1, 3, 7, 14, 30)


class ShareForm(forms.Form):
    """For whom a link is, and how long it lives."""

    made_for = forms.CharField(
        label=gettext_lazy("Made for"),
        help_text=gettext_lazy("Who gets this link. Not public, and not shown to them."),
        max_length=PreviewLink._meta.get_field("made_for").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Works for"), coerce=int, initial=7)

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.fields["days"].choices = [(1, _("1 day")), *((n, _("%(n)d days") % {"n": n}) for n in DAYS[1:])]


@dataclass(frozen=True)
class Shown:
    """One link as the page shows it."""

    link: PreviewLink
    made_by: str
    state: LinkState
    addresses: Sequence[tuple[str, str]]  # language, address; none for a dead link
    openings: Sequence[PreviewOpening]
    opened: int


def view(model_admin: admin.ModelAdmin) -> Callable:
    """GET lists the links of a record or release; POST makes one."""

    def share(request: HttpRequest, object_id: str) -> HttpResponse:
        subject = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not request.user.has_perm("relations.share_preview"):
            raise PermissionDenied
        if not isinstance(subject, Release) and not can_preview(subject.KIND):
            raise Http404
        why_not = _why_not(subject)
        form = ShareForm(request.POST or None)
        refusals = []
        if form.is_bound and not why_not and form.is_valid():
            until = clock.now() + datetime.timedelta(days=form.cleaned_data["days"])
            made_for = form.cleaned_data["made_for"]
            try:
                share_preview(subject, made_for=made_for, until=until, by=request.user, clock=clock.now)
            except publishing.Refusal as refusal:
                refusals.append(str(refusal))
            else:
                model_admin.log_change(request, subject, _("A preview was shared: %(who)s") % {"who": made_for})
                messages.success(request, _("The link is ready. Copy it from below."))
                return HttpResponseRedirect(request.path)
        context = page_context(
            model_admin.admin_site,
            request,
            subject,
            title=_("Share a preview of “%(name)s”") % {"name": label(subject)},
            here=_("Share"),
            form=form,
            refusals=refusals,
            why_not=[why_not] if why_not else [],
            is_release=isinstance(subject, Release),
            links=shown(subject, clock.now()),
        )
        return TemplateResponse(request, "admin/relations/share.html", context)

    return share


def _why_not(subject: Record | Release) -> str:
    if isinstance(subject, Release) and phase_of(subject, at=clock.now()) not in (Phase.OPEN, Phase.SCHEDULED):
        return _("There is nothing to preview: it is live, or not being prepared any more.")
    return ""


def shown(subject: Record | Release, now: datetime.datetime) -> list[Shown]:
    """The links of a record or release, the newest first. Two queries."""
    own = {"release": subject} if isinstance(subject, Release) else {"kind": subject.KIND, "record_id": subject.pk}
    links = links_at(now).filter(**own).select_related("made_by").order_by("-made_at", "-pk")[:LINKS]
    openings: dict[Any, list[PreviewOpening]] = defaultdict(list)
    for opening in PreviewOpening.objects.filter(link__in=[link.pk for link in links]).order_by("-opened_at", "-pk"):
        openings[opening.link_id].append(opening)
    return [
        Shown(
            link,
            label(link.made_by) if link.made_by else "",
            state_of(link, now),
            _addresses(link, now),
            openings[link.pk][:OPENINGS],
            len(openings[link.pk]),
        )
        for link in links
    ]


def _addresses(link: PreviewLink, now: datetime.datetime) -> list[tuple[str, str]]:
    if state_of(link, now) != LinkState.ALIVE:
        return []
    return [(name, f"{settings.PUBLIC_URL}/{code}/@{token_of(link)}/") for code, name in settings.LANGUAGES]

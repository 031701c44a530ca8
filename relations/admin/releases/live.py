"""The pages on which a release goes live: now, at an instant, or at another one than it was scheduled for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from relations import publishing
from relations.models import Edition, Release
from relations.publishing import Verb, releases
from relations.publishing.phases import Phase, phase_of
from relations.reading import clock

from ..labels import label
from ..times import moment
from ..verbs.common import back_to_form, page_context, record_for
from ..verbs.prepared import Prepared
from .forms import LiveForm, MoveForm
from .members import Members
from .page import standing_words

if TYPE_CHECKING:
    from ..release import ReleaseAdmin


def publish(model_admin: ReleaseAdmin) -> Callable:
    """GET shows what the whole set would change; POST schedules it or puts it live now."""

    def view(request: HttpRequest, object_id: str) -> HttpResponse:
        release = record_for(model_admin, request, object_id, may=model_admin.has_manage_permission)
        return _Publishing(model_admin, request, release).respond()

    return view


class _Publishing:
    """One showing of the page."""

    def __init__(self, model_admin: ReleaseAdmin, request: HttpRequest, release: Release) -> None:
        self.model_admin, self.request, self.release = model_admin, request, release
        self.now = clock.now()
        self.members = Members(release, request.user, self.now)
        planned = release.goes_live_at
        at = planned if planned and planned > self.now else self.now
        self.prepared = Prepared(list(self.members.records.values()), request.user, at)
        self.form = LiveForm(
            request.POST or None,
            release=release,
            wants_time="_later" in request.POST,
            needs_reason=bool(self.prepared.own_work),
        )
        self.refusals: list[str] = []

    def respond(self) -> HttpResponse:
        wants = {"_now", "_later"} & set(self.request.POST)
        if wants and not self.why_not and self.form.is_valid():
            try:
                self.prepared.need_seen(self.form.cleaned_data["seen"])
                return self._go_live("_later" in wants)
            except publishing.NotReady:
                pass  # the page lists the problems anyway
            except publishing.Refusal as refusal:
                self.refusals.append(str(refusal))
        return self._show()

    def _go_live(self, later: bool) -> HttpResponse:
        given = self.form.cleaned_data
        how = {
            "by": self.request.user,
            "clock": clock.now,
            "reason": given["reason"],
            "pending": given["pending"],
            "seen": self.prepared.digests,
        }
        if later:
            editions = releases.schedule_release(self.release, at=given["at"], **how)
            said = _("Scheduled for %(when)s.") % {"when": moment(given["at"])}
        else:
            editions = releases.publish_release(self.release, **how)
            said = _("Published.")
        _log(self.model_admin, self.request, self.release, editions, said)
        return back_to_form(self.release)

    @property
    def why_not(self) -> list[str]:
        """What keeps this set from going live, whatever its texts say."""
        found = [refusal] if (refusal := _phase_refusal(self.release, Phase.OPEN, self.now)) else []
        if not self.members.named:
            found.append(_("It has no records yet."))
        if len(self.members.records) < len(self.members.named):
            found.append(_("A record of it was deleted from the desk. Take it out first."))
        if self.members.unchanged:
            found.append(_("Some of it is live exactly as it stands. Take that out first."))
        if self.members.changes_something_live and releases.note_of(self.release) is None:
            found.append(_("It changes what readers know: write its change note first."))
        return [*found, *self.prepared.why_not(Verb.SCHEDULE)]

    def _show(self) -> HttpResponse:
        documents, at = self.prepared.documents, self.prepared.now
        context = page_context(
            self.model_admin.admin_site,
            self.request,
            self.release,
            title=_("Publish “%(name)s”") % {"name": self.release.name},
            here=_("Publish"),
            form=self.form,
            note=releases.note_of(self.release),
            entries=self.prepared.entries,
            problems=publishing.problems(documents, at=at) if documents else [],
            proposals=self.prepared.proposals(self.request.POST if self.form.is_bound else None),
            refusals=self.refusals,
            why_not=self.why_not,
            seen=self.prepared.seen,
        )
        return TemplateResponse(self.request, "admin/relations/release/publish.html", context)


def move(model_admin: ReleaseAdmin) -> Callable:
    """GET asks for another time; POST moves all that is scheduled to it, or to now."""

    def view(request: HttpRequest, object_id: str) -> HttpResponse:
        release = record_for(model_admin, request, object_id, may=model_admin.has_manage_permission)
        form = MoveForm(request.POST or None, release=release, wants_time="_now" not in request.POST)
        refusal = _phase_refusal(release, Phase.SCHEDULED, clock.now())
        refusals = []
        if form.is_bound and not refusal and form.is_valid():
            at = None if "_now" in request.POST else form.cleaned_data["at"]
            try:
                editions = releases.move_release(release, at=at, by=request.user, clock=clock.now)
            except publishing.Refusal as error:
                refusals.append(str(error))
            else:
                said = _("Moved to %(when)s.") % {"when": moment(at)} if at else _("Published.")
                _log(model_admin, request, release, editions, said)
                return back_to_form(release)
        context = page_context(
            model_admin.admin_site,
            request,
            release,
            title=_("Move “%(name)s”") % {"name": release.name},
            here=_("Move"),
            form=form,
            refusals=refusals,
            standing=standing_words(release, phase_of(release, at=clock.now())),
            why_not=[refusal] if refusal else [],
        )
        return TemplateResponse(request, "admin/relations/release/move.html", context)

    return view


def _phase_refusal(release: Release, wanted: Phase, now: Any) -> str:
    phase = phase_of(release, at=now)
    return (
        ""
        if phase == wanted
        else _("This cannot be done to “%(name)s” now. Its state: %(state)s.")
        % {
            "name": release.name,
            "state": phase.label,
        }
    )


def _log(model_admin: ReleaseAdmin, request: HttpRequest, release: Release, editions: list[Edition], said: str) -> None:
    """Tells the person, and writes it into the history of the release and of each of its records."""
    model_admin.log_change(request, release, said)
    records = Members(release, request.user, clock.now()).records
    for edition in editions:
        record = records[edition.record_id]
        desk = model_admin.admin_site.get_model_admin(type(record))
        desk.log_change(request, record, f"{label(release)}: {said}")
    messages.success(request, said)

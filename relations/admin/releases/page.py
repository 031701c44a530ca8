"""The page of one release: where it stands, what is in it, what it still needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations import publishing
from relations.models import BY_KIND, PreviewLink, Record, Release
from relations.publishing import releases
from relations.publishing.locking import rows_of
from relations.publishing.phases import Phase
from relations.reading import clock

from ..labels import label
from ..times import moment
from ..verbs.common import back_to_form, page_context, record_for
from ..verbs.prepared import Prepared
from ..verbs.preview import staff_url
from ..verbs.publish import AT_MOST, not_live
from .forms import ReleaseForm
from .members import Members

if TYPE_CHECKING:
    from ..release import ReleaseAdmin


def view(model_admin: ReleaseAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """GET shows the release; POST gives it another name, note or planned time."""
    release = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
    may_manage = model_admin.has_manage_permission(request)
    if request.method == "POST" and not may_manage:
        raise PermissionDenied
    form = ReleaseForm(request.POST or None, release=release)
    if form.is_bound and form.is_valid():
        done = attempt(
            request,
            releases.edit_release,
            release,
            name=form.cleaned_data["name"],
            note=form.note,
            at=form.at_time,
            clock=clock.now,
        )
        if done is not None:
            model_admin.log_change(request, release, _("Name, note or time changed."))
            messages.success(request, _("Saved."))
        return back_to_form(release)
    return TemplateResponse(request, "admin/relations/release/page.html", _context(model_admin, request, release, form))


def _context(model_admin: ReleaseAdmin, request: HttpRequest, release: Release, form: ReleaseForm) -> dict[str, Any]:
    now = clock.now()
    members = Members(release, request.user, now)
    may_manage = model_admin.has_manage_permission(request)
    return page_context(
        model_admin.admin_site,
        request,
        release,
        title=release.name,
        here=release.name,
        phase=members.phase,
        standing=standing_words(release, members.phase),
        members=members,
        may_manage=may_manage,
        may_share=request.user.has_perm("relations.share_preview"),
        links=PreviewLink.objects.filter(release=release, revoked_at=None, expires_at__gt=now).count(),
        form=form if may_manage and members.phase in (Phase.OPEN, Phase.SCHEDULED) else None,
        previews=[(name, staff_url("release", release.pk, code)) for code, name in _languages()],
        **(_readiness(members, request.user) if members.phase == Phase.OPEN else {}),
    )


def _languages() -> list[tuple[str, str]]:
    return [("en", _("Preview the site in English")), ("fr", _("Preview the site in French"))]


def _readiness(members: Members, user: Any) -> dict[str, Any]:
    """What keeps the whole set from going live together, and what it names that is not live."""
    records = list(members.records.values())
    if not records or len(records) > AT_MOST:
        return {"is_judged": False}
    planned = members.release.goes_live_at
    at = planned if planned and planned > members.now else members.now
    prepared = Prepared(records, user, at)
    needed = not_live(prepared.documents, at)
    return {
        "is_judged": True,
        "problems": publishing.problems(prepared.documents, at=at),
        "lacks_note": members.changes_something_live and releases.note_of(members.release) is None,
        "offered": [(f"{row.KIND}:{row.pk}", row._meta.verbose_name, label(row)) for row in needed],
    }


def standing_words(release: Release, phase: Phase) -> str:
    """Where it stands, with its time, in one line."""
    if release.goes_live_at is None or phase == Phase.CANCELLED:
        return str(phase.label)
    said = {
        Phase.OPEN: _("Being prepared, planned for %(when)s"),
        Phase.SCHEDULED: _("Scheduled for %(when)s"),
        Phase.LIVE: _("Live since %(when)s"),
        Phase.UNDONE: _("Undone; it was live since %(when)s"),
    }
    return said[phase] % {"when": moment(release.goes_live_at)}


def attempt(request: HttpRequest, verb: Callable, *what: Any, **how: Any) -> Any:
    """Calls a verb for this person; says why it refused, and returns None then."""
    try:
        return verb(*what, by=request.user, **how)
    except publishing.Refusal as refusal:
        messages.error(request, str(refusal))
        return None


# ---- what is done at once: POST only -------------------------------------------------------------------------------


def _at_once(act: Callable[[HttpRequest, Release], str | None]) -> Callable:
    """A view that does something to a release, says what, and leads back to its page."""

    def for_admin(model_admin: ReleaseAdmin) -> Callable:
        def at_once(request: HttpRequest, object_id: str) -> HttpResponse:
            release = record_for(model_admin, request, object_id, may=model_admin.has_manage_permission)
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            if said := act(request, release):
                model_admin.log_change(request, release, said)
                messages.success(request, said)
            return back_to_form(release)

        return at_once

    return for_admin


@_at_once
def include(request: HttpRequest, release: Release) -> str | None:
    """The records that are ticked go in."""
    records = rows_named(request.POST.getlist("record"))
    new = attempt(request, releases.add_to_release, release, records, clock=clock.now)
    return new and added_words(len(new))


@_at_once
def exclude(request: HttpRequest, release: Release) -> str | None:
    """The records that are ticked are taken out."""
    ids = [identity for identity in map(_uuid, request.POST.getlist("record")) if identity]
    number = attempt(request, releases.remove_from_release, release, ids, clock=clock.now)
    said = ngettext("%(number)d record was taken out.", "%(number)d records were taken out.", number or 0)
    return number and said % {"number": number}


@_at_once
def again(request: HttpRequest, release: Release) -> str | None:
    """What was changed on the desk since is scheduled as it stands now."""
    editions = attempt(
        request, releases.reschedule_release, release, clock=clock.now, reason=request.POST.get("reason", "")
    )
    if not editions:
        return None
    said = ngettext(
        "%(number)d record was scheduled again as it stands on the desk now.",
        "%(number)d records were scheduled again as they stand on the desk now.",
        len(editions),
    )
    return said % {"number": len(editions)}


@_at_once
def cancel(request: HttpRequest, release: Release) -> str | None:
    """Everything is taken off the schedule."""
    taken = attempt(request, releases.cancel_release, release, clock=clock.now)
    return None if taken is None else _("Nothing of it is scheduled any more; it is being prepared again.")


@_at_once
def abandon(request: HttpRequest, release: Release) -> str | None:
    """It is given up."""
    done = attempt(request, releases.abandon_release, release, clock=clock.now)
    return done and _("The release was given up. Its records stay on the desk as they are.")


@_at_once
def reopen(request: HttpRequest, release: Release) -> str | None:
    """It is taken up again."""
    done = attempt(request, releases.reopen_release, release, clock=clock.now)
    return done and _("It is being prepared again.")


def added_words(number: int) -> str:
    """What is said when so many records were added."""
    said = ngettext("%(number)d record was added.", "%(number)d records were added.", number)
    return said % {"number": number}


def rows_named(given: list[str]) -> list[Record]:
    """The desk rows of these "kind:id"; what is junk, or gone, is left out."""
    pairs = [each.partition(":") for each in given]
    named = [(kind, _uuid(text)) for kind, _colon, text in pairs if kind in BY_KIND]
    return rows_of((kind, identity) for kind, identity in named if identity)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

"""The Publish page: what will change in public, what stands in the way, and the buttons that do it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations import publishing
from relations.documents import Document, Ref, Text, refs
from relations.models import BY_KIND, Edition, Record, Release
from relations.publishing.releases import add_to_release
from relations.reading import clock

from ..labels import label
from ..times import moment
from .common import back_to_form, desk_rows, live_editions, page_context, record_for
from .prepared import Prepared, choices
from .public import link_to_public
from .publish_form import PublishForm

if TYPE_CHECKING:
    from ..base import RecordAdmin

AT_MOST = 400  # records in one set: beyond that the page itself would take too long
OFFERED = 100  # records named but not live that are followed further


def view(model_admin: RecordAdmin) -> Callable:
    """The page for one record, at its own address."""

    def publish(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_publish_permission)
        return page(model_admin.admin_site, request, [record])

    return publish


def set_view(site: admin.AdminSite) -> Callable:
    """The page for several, which names them in its form."""

    def publish(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:index"))
        return page(site, request, _named(site, request))

    return publish


def _named(site: admin.AdminSite, request: HttpRequest) -> list[Record]:
    """The records that the form names, each of a kind that this person may see."""
    try:
        pairs = [each.split(":") for each in request.POST.get("records", "").split(",")]
        found = [Ref(kind=kind, id=UUID(identity)) for kind, identity in pairs if BY_KIND.get(kind)]
    except ValueError as error:
        raise Http404 from error
    for kind in {ref.kind for ref in found}:
        if not site.get_model_admin(BY_KIND[kind]).has_publish_permission(request):
            raise PermissionDenied
    if not found:
        raise Http404
    return desk_rows(found)


def page(site: admin.AdminSite, request: HttpRequest, records: Sequence[Record]) -> HttpResponse:
    """Shows what publishing these records would do; does it if a button was pressed and nothing is in the way."""
    if len(records) > AT_MOST:
        message = _("Choose at most %(number)d records at a time.") % {"number": AT_MOST}
        messages.error(request, message)
        return HttpResponseRedirect(request.get_full_path())
    return _Page(site, request, records).respond()


class _Page:
    """One showing of the page."""

    def __init__(self, site: admin.AdminSite, request: HttpRequest, records: Sequence[Record]) -> None:
        self.site, self.request, self.now = site, request, clock.now()
        self.prepared = Prepared(records, request.user, self.now)
        self.unchanged = self.prepared.without_unchanged()
        self.records = self.prepared.records
        self.pressed = {"_now", "_later", "_into"} & set(request.POST)
        self.releases = list(_open_releases(request))
        self.form = PublishForm(
            request.POST if self.pressed or "_check" in request.POST else None,
            offered=not_live(self.prepared.documents, self.now),
            releases=self.releases,
            needs_note=any(record.pk in self.prepared.live for record in self.records),
            needs_reason=bool(self.prepared.own_work),
        )
        self.refusals: list[str] = []

    def respond(self) -> HttpResponse:
        if self.form.is_bound and self.pressed and self.records and self.form.is_valid():
            try:
                self.prepared.need_seen(self.form.cleaned_data["seen"])
                return self._into_release() if "_into" in self.pressed else self._go_live()
            except publishing.NotReady as refusal:
                self.refusals += map(str, refusal.problems[:1])  # the page lists them all
            except publishing.ReasonMissing as refusal:  # for one that goes live together with these
                self.form.needs_reason = True
                self.form.add_error("reason", str(refusal))
            except publishing.Refusal as refusal:
                self.refusals.append(str(refusal))
        return self._show()

    def _go_live(self) -> HttpResponse:
        given = self.form.cleaned_data
        at = given["at"] if "_later" in self.pressed else None
        chosen = [*self.records, *self.form.chosen]
        verb = partial(publishing.schedule, at=at) if at else publishing.publish
        editions = verb(
            chosen,
            by=self.request.user,
            clock=clock.now,
            note=Text(en=given["note_en"], fr=given["note_fr"]),
            is_minor=given["is_minor"],
            release=given["release"],
            reason=given["reason"],
            pending=given["pending"],
            choices=choices(self.request.POST),
            seen=self.prepared.digests,
        )
        self._tell(chosen, editions, at)
        return self._leave()

    def _into_release(self) -> HttpResponse:
        chosen = [*self.records, *self.form.chosen]
        release = self.form.releases[self.form.cleaned_data["into"]]
        new = add_to_release(release, chosen, by=self.request.user, clock=clock.now)
        message = ngettext(
            "%(number)d record was added to “%(name)s”.", "%(number)d records were added to “%(name)s”.", len(new)
        )
        messages.success(self.request, message % {"number": len(new), "name": release})
        return self._leave()

    def _leave(self) -> HttpResponse:
        if len(self.records) == 1:
            return back_to_form(self.records[0])
        return HttpResponseRedirect(reverse(f"admin:relations_{self.records[0]._meta.model_name}_changelist"))

    def _tell(self, records: list[Record], editions: list[Edition], at: datetime.datetime | None) -> None:
        numbers = {edition.record_id: edition.number for edition in editions}
        for record in records:
            said = _("Scheduled as edition %(number)d.") if at else _("Published as edition %(number)d.")
            message = said % {"number": numbers[record.pk]}
            self.site.get_model_admin(type(record)).log_change(self.request, record, message)
        if at is not None:
            counted = ngettext(
                "%(number)d record goes live on %(when)s.", "%(number)d records go live on %(when)s.", len(records)
            )
            messages.success(self.request, counted % {"number": len(records), "when": moment(at)})
        elif len(records) == 1:
            said = _("“%(name)s” is live as edition %(number)d.") % {
                "name": publishing.briefly(records[0]),
                "number": editions[0].number,
            }
            messages.success(self.request, format_html("{} {}", said, link_to_public(records[0], editions[0])))
        else:
            messages.success(self.request, _("%(number)d records are live.") % {"number": len(records)})
        for record in self.unchanged:
            message = _("“%(name)s” is already live exactly as it stands.") % {"name": publishing.briefly(record)}
            messages.warning(self.request, message)

    def _show(self) -> HttpResponse:
        prepared, together = self.prepared, self.form.chosen
        documents = [*prepared.documents, *publishing.draft(together, at=self.now)]
        one = self.records[0] if len(self.records) == 1 and not self.unchanged else None
        one = one or (self.unchanged[0] if len(self.unchanged) == 1 and not self.records else None)
        posted = self.request.POST if self.form.is_bound else None
        context = page_context(
            self.site,
            self.request,
            one,
            title=_("Publish “%(name)s”") % {"name": label(one)} if one else _("Publish together"),
            here=_("Publish"),
            form=self.form,
            entries=prepared.entries,
            unchanged=[label(record) for record in self.unchanged],
            problems=publishing.problems(documents, at=self.now) if documents else [],
            refusals=self.refusals,
            why_not=prepared.why_not(publishing.Verb.PUBLISH),
            seen=prepared.seen,
            moved_forward=prepared.scheduled_already,
            proposals=prepared.proposals(posted),
            records=",".join(f"{record.KIND}:{record.pk}" for record in self.records),
            action=reverse(f"admin:relations_{one._meta.model_name}_publish", args=[one.pk])
            if one
            else reverse("admin:publish"),
        )
        return TemplateResponse(self.request, "admin/relations/publish.html", context)


def _open_releases(request: HttpRequest) -> QuerySet[Release]:
    """The releases that this person may put something into."""
    if not request.user.has_perm("relations.manage_release"):
        return Release.objects.none()
    return Release.objects.filter(state=Release.State.OPEN).order_by("goes_live_at", "name", "pk")


def not_live(documents: Sequence[Document], now: datetime.datetime) -> list[Record]:
    """Every record that these name, and that those name in turn, which is not live. A few queries per step."""
    known = {document.id for document in documents}
    found: list[Record] = []
    step = list(documents)
    while step and len(found) < OFFERED:
        named = {ref.id: ref for document in step for ref in refs(document) if ref.id not in known}
        live = live_editions(named, now)
        rows = desk_rows(ref for ref in named.values() if ref.id not in live)
        known |= set(named)
        found += rows
        step = publishing.draft(rows, at=now)
    return found

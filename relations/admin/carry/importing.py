"""Files come in: chosen, planned, looked at, and applied as drafts, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from relations.intake import Broken
from relations.intake.uploads import KEPT, apply_upload, keep, plan_upload
from relations.intake.writing import Progress
from relations.models import BY_KIND, Upload, UploadLine
from relations.publishing.locking import rows_of
from relations.reading import clock

from ..verbs.common import page_context
from . import progress
from .forms import UploadForm
from .guide import guide
from .plan import plan_context

# From here on it is likely to take longer than somebody waits without a word.
LONG_FILES = 150_000  # bytes
LONG_PLAN = 100  # records


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of the import."""
    return [
        path("import/", site.admin_view(_choose(site)), name="import"),
        path("import/<uuid:upload>/", site.admin_view(_plan(site)), name="import_plan"),
    ]


def may_import(site: AdminSite, request: HttpRequest) -> Callable[[str], bool]:
    """Whether the person may import records of a kind: who may add and change them."""

    def may(kind: str) -> bool:
        desk = site.get_model_admin(BY_KIND[kind])
        return desk.has_add_permission(request) and desk.has_change_permission(request)

    return may


# ---- files ---------------------------------------------------------------------------------------------------------


def _choose(site: AdminSite) -> Callable:
    """The page on which files are chosen; once they are, leads to their plan."""

    def choose(request: HttpRequest) -> HttpResponse:
        kinds = [kind for kind in BY_KIND if may_import(site, request)(kind)]
        if not kinds:
            raise PermissionDenied
        table = request.GET.get("table", "")
        form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds, initial={"table": table})
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            upload = keep(given["files"], by=request.user, at=clock.now(), table=given["table"])
            return _planned(site, request, upload, sum(map(len, given["files"].values())))
        context = page_context(
            site,
            request,
            None,
            title=_("Import"),
            here=_("Import"),
            form=form,
            nouns=guide(kinds, table),
            waiting=_waiting(request),
        )
        return TemplateResponse(request, "admin/relations/import.html", context)

    return choose


def _waiting(request: HttpRequest) -> list[Upload]:
    """What this person brought and neither applied nor gave up."""
    since = clock.now() - KEPT
    own = Upload.objects.filter(made_by=request.user, applied_at=None, made_at__gte=since)
    return list(own.order_by("-made_at").prefetch_related("files"))


def _planned(site: AdminSite, request: HttpRequest, upload: Upload, size: int) -> HttpResponse:
    """Makes the plan and leads to it; with a page that says how far it has come, if it takes long."""
    return _worked(site, request, plan_upload(upload, may_import=may_import(site, request)), upload, size > LONG_FILES)


def _worked(
    site: AdminSite, request: HttpRequest, work: Iterator[Progress], upload: Upload, is_long: bool
) -> HttpResponse:
    to = reverse("admin:import_plan", args=[upload.pk])
    if not is_long:
        return progress.done(work, to)
    return progress.streamed(request, work, to, page_context(site, request, None, title=_("Import"), here=_("Import")))


# ---- the plan ------------------------------------------------------------------------------------------------------


def _plan(site: AdminSite) -> Callable:
    """What an import would do, line by line, and the buttons that do it, look again, or give it up."""

    def plan(request: HttpRequest, upload: Any) -> HttpResponse:
        found = Upload.objects.filter(pk=upload, made_by=request.user, made_at__gte=clock.now() - KEPT).first()
        if found is None:
            raise Http404
        if request.method == "POST" and found.applied_at is None:
            return _pressed(site, request, found)
        context = page_context(site, request, None, title=_("Import"), here=_("Plan"), **plan_context(request, found))
        return TemplateResponse(request, "admin/relations/import_plan.html", context)

    return plan


def _pressed(site: AdminSite, request: HttpRequest, upload: Upload) -> HttpResponse:
    if "_discard" in request.POST:
        upload.delete()
        messages.success(request, _("Given up. Nothing was changed."))
        return HttpResponseRedirect(reverse("admin:import"))
    if "_apply" in request.POST:
        work = _applied(site, request, upload)
        number = upload.lines.filter(action__in=(UploadLine.Action.CREATE, UploadLine.Action.CHANGE)).count()
        return _worked(site, request, work, upload, number > LONG_PLAN)
    size = sum(len(each.content) for each in upload.files.all())
    return _planned(site, request, upload, size)


def _applied(site: AdminSite, request: HttpRequest, upload: Upload) -> Iterator[Progress]:
    """Applies the plan, and notes it in the history of each record; or keeps the reasons why not."""
    names = ", ".join(upload.files.order_by("pk").values_list("name", flat=True))
    how = {"by": request.user, "at": clock.now(), "may_import": may_import(site, request)}
    try:
        yield from apply_upload(upload, **how, log=lambda: _log(request, upload, names))
    except Broken as broken:
        upload.refusals = [str(problem) for problem in broken.problems]
        upload.save(update_fields=["refusals"])


def _log(request: HttpRequest, upload: Upload, names: str) -> None:
    """A line in the history of each record."""
    message = _("Imported from %(files)s.") % {"files": names}
    for action, flag in ((UploadLine.Action.CREATE, ADDITION), (UploadLine.Action.CHANGE, CHANGE)):
        pairs = upload.lines.filter(action=action).values_list("kind", "record_id")
        if rows := rows_of(pairs):
            LogEntry.objects.log_actions(request.user.pk, rows, flag, change_message=message)

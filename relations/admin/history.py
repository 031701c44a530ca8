"""The past of a record at the desk, in place of Django's history page: one line of time, and ways back along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from relations.models import Record
from relations.publishing import Verb, may, why_not
from relations.reading import clock

from .labels import label
from .state import SOON
from .timeline import timeline
from .verbs import compare, discard, restore
from .verbs.common import page_context

if TYPE_CHECKING:
    from .base import RecordAdmin


class Past:
    """The pages of a record's past: what happened, two texts compared, an older one brought back."""

    def get_urls(self) -> list[URLPattern]:
        pages = {"compare": compare, "restore": restore, "discard": discard}
        routes = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(page.view(self)),
                name=f"relations_{self.opts.model_name}_{name}",
            )
            for name, page in pages.items()
        ]
        return [*routes, *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        return history(self, request, looked_at(self, request, object_id))


class PastOfWhole:
    """A part has no past of its own: it is a part of its record's."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        part = _row(self, object_id)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if part is None:
            raise Http404
        name = f"admin:relations_{self.whole_model._meta.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[getattr(part, f"{self.parent}_id")]))


def looked_at(model_admin: RecordAdmin, request: HttpRequest, object_id: str) -> Record:
    """The record whose past somebody looks at. Raises PermissionDenied, or Http404. One query."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    record = _row(model_admin, object_id)
    if record is None:
        raise Http404
    return record


def _row(model_admin: RecordAdmin, object_id: str) -> Record | None:
    try:
        return model_admin.model._base_manager.filter(pk=unquote(object_id)).first()
    except ValidationError:
        return None


def history(model_admin: RecordAdmin, request: HttpRequest, record: Record) -> HttpResponse:
    """The page: every entry with radio buttons where it left a text, so that two of them can be compared."""
    now = clock.now() + SOON
    page = timeline(record, request.GET.get("p"), now)
    texts = [each.key for each in page.object_list if each.key]
    context = page_context(
        model_admin.admin_site,
        request,
        record,
        title=_("History of “%(name)s”") % {"name": label(record)},
        here=_("History"),
        page=page,
        pages=page.paginator.get_elided_page_range(page.number),
        older=texts[1] if len(texts) > 1 else "desk",
        newer=texts[0] if texts else "desk",
        prefix=f"admin:relations_{record._meta.model_name}",
        why_not_restore=why_not(Verb.RESTORE, record, request.user, at=now),
        why_not_discard=why_not(Verb.DISCARD, record, request.user, at=now),
        may_redact=may(Verb.REDACT, record, request.user),
    )
    return TemplateResponse(request, "admin/relations/history.html", context)

"""Preview: from a form to the desk copy as last saved, as the public would see it, with nothing published."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from relations.models import Record
from relations.rendering.preview import can_preview

from .common import record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin


def is_possible(model: type[Record]) -> bool:
    """Whether records of this kind have a page of their own."""
    return can_preview(model.KIND)


def view(model_admin: RecordAdmin) -> Callable:
    """To the preview in the language that ``?language=`` names, else in the editor's."""

    def preview(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        if not is_possible(model_admin.model):
            raise Http404
        return HttpResponseRedirect(staff_url(record.KIND, record.pk, request.GET.get("language")))

    return preview


def staff_url(kind: str, identity: UUID, language: str | None = None) -> str:
    """Where staff read a preview of this record, or of this release (kind "release"); see relations.views.preview."""
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language()[:2]
    return f"/{language}/@{kind}-{identity}/"

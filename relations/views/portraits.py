"""Portraits of officials: gated like the text that shows them, at the instant at which it is read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from relations.models.portrait import Rendition
from relations.reading import NotPublished, at
from relations.reading.portraits import rendition, rendition_of_edition
from relations.rendering import moment


@require_safe
def show(request: HttpRequest, sha256: str, width: int) -> HttpResponse:
    """One rendition of the picture with which an official is shown now."""
    try:
        found = rendition(at(moment.instant(request)), sha256, width)
    except NotPublished as error:
        raise Http404 from error
    return _answer(request, found)


@require_safe
def of_edition(request: HttpRequest, slug: str, number: int, width: int) -> HttpResponse:
    """One rendition of the picture with which an edition shows an official, whatever came after it."""
    try:
        found = rendition_of_edition(at(moment.instant(request)), slug, number, width)
    except NotPublished as error:
        raise Http404 from error
    return _answer(request, found)


def _answer(request: HttpRequest, found: Rendition) -> HttpResponse:
    """Kept by nobody without asking again, so that a withdrawal is not late; asking again is cheap."""
    etag = f'"{found.portrait_id}-{found.width}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(bytes(found.content), content_type="image/webp")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return response

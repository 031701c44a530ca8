"""How a public page is answered: read at the request's instant, resolve, render; or say why not."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations.reading import Moved, NotPublished, Redacted, Withdrawn, at

from . import corrections, doubts, frozen, memento, moment
from .addresses import address, history_address
from .day import Day
from .site import Site

View = Callable[..., HttpResponse]


def public(
    section: str = "", *, on_a_day: bool = False, lasts: bool = False, fixed: bool = False
) -> Callable[[View], View]:
    """A view of the public site: ``view(request, site, **kwargs)``; GET and HEAD only.

    ``site`` is the page's frame, read at the instant of the request; where the address has a ``relationship``,
    it is looked up first. What is not published is a 404, whatever the reason; a former address redirects;
    what was withdrawn is a 410 with its reason, what was redacted a 451. ``on_a_day``: the page honors ``?on=``, a day
    in the world. ``lasts``: it outlives the withdrawal of its relationship. ``fixed``: it never changes, so it has no
    past to lead to, and says itself which one it is.
    """

    def decorate(view: View) -> View:
        @require_safe
        @functools.wraps(view)
        def answer(request: HttpRequest, *, relationship: str | None = None, **kwargs: Any) -> HttpResponse:
            instant = moment.instant(request)
            on = Day.asked(request.GET, timezone.localdate(instant)) if on_a_day else None
            reader = at(instant, on=on.day if on else None)
            query = request.META.get("QUERY_STRING", "")
            site = Site(reader, request.path, query, section=section, moment=moment.of(request), on=on)
            site.frozen = frozen.of(request)
            subject = None
            try:
                if relationship is not None:
                    site.relationship_item = reader.relationship(relationship, or_last=lasts)
                subject = memento.subject_of(request.resolver_match, site.relationship_item)
                past = None if site.moment or fixed else memento.negotiate(request, reader.instant, subject)
                response = past or view(request, site, **kwargs)
            except NotPublished as error:
                raise Http404 from error
            except Moved as moved:
                response = _redirect(request, moved, site, relationship)
            except Withdrawn as withdrawn:
                response = gone(request, site, withdrawn)
            if "Link" not in response.headers and not fixed:
                memento.describe(response, site, subject)
            # Kept by nobody without asking again: what is read here may change at any instant.
            response.headers.setdefault("Cache-Control", "no-cache")
            return response

        return answer

    return decorate


def _redirect(request: HttpRequest, moved: Moved, site: Site, relationship: str | None) -> HttpResponse:
    """To the present address. Of a relationship that moved, the page below it is kept."""
    if moved.item.kind == "relationship":
        target = request.path.replace(f"/{relationship}/", f"/{moved.item.slug}/", 1)
    else:
        target = address(moved.item, site.reader)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)


def gone(request: HttpRequest, site: Site, withdrawn: Withdrawn) -> HttpResponse:
    """What was here, until when, and why no more: 410, or 451 (RFC 7725) where the law demanded that it goes.

    451 and not 410, so that machines can tell "we took it back" from "we may not show it", as readers can.
    """
    site.robots = "noindex"
    item = withdrawn.item
    if site.relationship_item is None:
        site.relationship_item = site.reader.relationship_of(item)
    if not _has_sides(site):
        site.relationship_item = None
    status = 451 if isinstance(withdrawn, Redacted) else 410
    context = {"site": site, "item": item, "history_url": history_address(item, site.reader)}
    return render(request, f"{status}.html", context, status=status)


def _has_sides(site: Site) -> bool:
    """Whether both parties of the page's relationship can be read, so that it can stand in the frame."""
    try:
        return len(site.sides) == 2
    except NotPublished:
        return False


def page(request: HttpRequest, template: str, site: Site, context: dict[str, Any] | None = None) -> HttpResponse:
    """A template in its frame."""
    notices = {"doubts": doubts.notice(site), "corrected": corrections.notice(site)}
    return render(request, template, {"site": site, **notices, **(context or {})})

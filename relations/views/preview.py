"""The door of previews: links for people without an account, and the same pages for staff."""

from __future__ import annotations

import datetime
import re
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from relations.publishing import previews
from relations.publishing.previews import RELEASE, Ended, IsLive, Subject, UnknownLink
from relations.reading import at, clock
from relations.rendering import moment, preview
from relations.rendering.preview import HEADERS, Ahead, Preview
from relations.rendering.site import Site

from . import errors

# How staff address what they are working on: no signature, for their session says who they are.
STAFF = re.compile(rf"({RELEASE}|{'|'.join(preview.WITH_PAGE)})-([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})")


def show(request: HttpRequest, stamp: str, path: str) -> HttpResponse:
    """A page of the preview that the stamp in its address names: GET and HEAD only, which the caller sees to.

    404 for whatever was not made here, 410 in words for what has ended. Kept by nobody, whatever it answers.
    """
    try:
        response = _answer(request, stamp, path)
    except (Http404, UnknownLink):
        response = errors.not_found(request)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _answer(request: HttpRequest, stamp: str, path: str) -> HttpResponse:
    now = clock.now()
    try:
        if of_staff := STAFF.fullmatch(stamp):
            return _for_staff(request, stamp, path, Subject(of_staff[1], UUID(of_staff[2])), now)
        return _for_guest(request, stamp, path, now)
    except Ended as ended:
        return _explain(request, ended.why, now)
    except IsLive:
        return preview.to_the_site(request, path)


def _for_guest(request: HttpRequest, stamp: str, path: str, now: datetime.datetime) -> HttpResponse:
    link = previews.link_of(stamp, now=now)
    with previews.rehearse(previews.subject_of(link), now=now, alone=True) as rehearsal:
        shown = Preview(stamp=stamp, instant=rehearsal.instant, now=now, until=link.expires_at, rehearsal=rehearsal)
        response = preview.show(request, shown, path)
    if response.status_code == 200:
        previews.note_opening(link, path=f"/{get_language()[:2]}{path}", at=now)
    return response


def ahead(request: HttpRequest, stamp: str, day: datetime.date, path: str) -> HttpResponse | None:
    """The page at the end of a day that has not come, for staff who may see releases; None for everybody else.

    Raises Http404 where nothing will be read there then. Kept by nobody.
    """
    if not admin.site.has_permission(request) or not request.user.has_perm(f"relations.view_{RELEASE}"):
        return None
    shown = Ahead(stamp=stamp, instant=moment.end_of(day), now=clock.now())
    response = moment.answer(request, shown, f"/{get_language()[:2]}/@{stamp}/", path)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _for_staff(request: HttpRequest, stamp: str, path: str, subject: Subject, now: datetime.datetime) -> HttpResponse:
    if not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if not request.user.has_perm(f"relations.view_{subject.kind}"):
        raise Http404
    desk_url = reverse(f"admin:relations_{subject.kind}_change", args=[subject.id])
    with previews.rehearse(subject, now=now, alone=False) as rehearsal:
        shown = Preview(stamp=stamp, instant=rehearsal.instant, now=now, desk_url=desk_url, rehearsal=rehearsal)
        return preview.show(request, shown, path)


def _explain(request: HttpRequest, why: str, now: datetime.datetime) -> HttpResponse:
    """410 in words, without a word of what was there."""
    site = Site(at(now), request.path, robots="noindex")
    return render(request, "moment/ended.html", {"site": site, "why": why}, status=410)

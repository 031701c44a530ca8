"""The pages of readers' reports: the form, what is said after it, and what came of each."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from relations.publishing import reports
from relations.publishing.limits import network
from relations.publishing.refusals import TooMany
from relations.reading import at, clock
from relations.rendering import reports as pages
from relations.rendering.pages import page, public
from relations.rendering.site import Site, public_url

from .report_form import ReportForm


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The form about the page that ``?page=`` names. Only in the present, and kept by nobody: it sets a cookie.

    What cannot be taken comes back with what was written: with 200 where that wants a change, 429 where it wants time.
    """
    now = clock.now()
    subject = pages.subject(request.GET.get("page", ""), now=now)
    site = _present(request, now)
    site.relationship_item = subject.relationship
    filled = ReportForm(request.POST if request.method == "POST" else None, now=now)
    status = 200
    if filled.is_valid():
        try:
            number = reports.report(
                filled.words,
                about=subject.about,
                language=get_language()[:2],
                form=filled.showing.name,
                network=network(request.META),
                at=now,
            )
        except TooMany as refusal:
            filled.add_error(None, str(refusal))
            status = 429
        else:
            return redirect("report_sent", number)
    response = page(request, "report/form.html", site, {"form": filled, "subject": subject})
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def sent(request: HttpRequest, number: int) -> HttpResponse:
    """After the form: the number, and where its outcome will be."""
    site = _present(request, clock.now())
    context = pages.outcome(site, _outcome(site, number))
    response = page(request, "report/sent.html", site, {**context, "public_url": public_url(context["url"])})
    response.headers["Cache-Control"] = "no-store"
    return response


@public()
def outcome(request: HttpRequest, site: Site, number: int) -> HttpResponse:
    """What came of one report, as it could be known at the instant of the page."""
    site.robots = "noindex"
    return page(request, "report/outcome.html", site, pages.outcome(site, _outcome(site, number)))


@public()
def index(request: HttpRequest, site: Site) -> HttpResponse:
    """What came of every report that was decided."""
    site.robots = "noindex"
    return page(request, "report/list.html", site, pages.listing(site, request.GET.get("page")))


def _present(request: HttpRequest, now: datetime.datetime) -> Site:
    """The frame of a page that there is today only."""
    return Site(at(now), request.path, request.META.get("QUERY_STRING", ""), robots="noindex")


def _outcome(site: Site, number: int) -> reports.Outcome:
    """Raises Http404."""
    found = reports.outcome(number, at=site.reader.instant)
    if found is None:
        raise Http404
    return found

"""The door, all relationships, and the home of one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations.rendering import corrections as errors
from relations.rendering import doubts, frozen, parts, redactions, relationship
from relations.rendering.pages import page, public
from relations.rendering.site import Side, Site, public_url
from relations.rendering.words import say


@require_safe
def language_choice(request: HttpRequest) -> HttpResponse:
    """Both languages, side by side: nobody is sent to one by guesswork."""
    alternates = [{"hreflang": code, "url": public_url(f"/{code}/")} for code, _label in settings.LANGUAGES]
    alternates.append({"hreflang": "x-default", "url": public_url("/")})
    return render(request, "relationship/language.html", {"alternates": alternates, "frozen": frozen.of(request)})


@public()
def index(request: HttpRequest, site: Site) -> HttpResponse:
    """All relationships; with one alone, straight to it."""
    items = site.reader.relationships
    if len(items) == 1:
        return redirect("relationship", items[0].slug)
    rows = []
    for item in items:
        a, b = site.reader.parties(item)
        url = reverse("relationship", args=[item.slug])
        pair = {"url": url, "title": say(item.title), "party_a": Side("a", a), "party_b": Side("b", b)}
        rows.append({"relationship": pair, "tagline": say(item.document.tagline)})
    about = _("Facts, meetings, officials and shared priorities of two countries.")
    parts.describe(site, _("All relationships"), about)
    return page(request, "relationship/index.html", site, {"rows": rows})


@public(on_a_day=True)
def home(request: HttpRequest, site: Site) -> HttpResponse:
    """A relationship at a glance."""
    site.subject = site.relationship_item
    template, context = relationship.detail(site, site.subject)
    return page(request, template, site, context)


@public()
def corrections(request: HttpRequest, site: Site) -> HttpResponse:
    """The register of what was wrong in a relationship's record, and is right now."""
    return page(request, "relationship/corrections.html", site, errors.listing(site))


@public()
def redacted(request: HttpRequest, site: Site) -> HttpResponse:
    """What the law demanded to remove from the editions of a relationship."""
    return page(request, "relationship/redactions.html", site, redactions.listing(site))


@public()
def overdue(request: HttpRequest, site: Site) -> HttpResponse:
    """Everything of a relationship that may be out of date, and why."""
    return page(request, "relationship/overdue.html", site, doubts.listing(site))

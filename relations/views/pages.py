"""The pages about the site itself, and what it tells crawlers."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from relations.rendering.pages import page, public
from relations.rendering.site import Site, public_url


@public()
def show(request: HttpRequest, site: Site, name: str) -> HttpResponse:
    """One of the editorial pages, whose text each language has whole."""
    return page(request, f"pages/{name}.html", site)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be crawled but search results, which are endless, and the form for errors."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /en/search/",
        "Disallow: /fr/search/",
        "Disallow: /en/report/",
        "Disallow: /fr/report/",
        f"Sitemap: {public_url(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

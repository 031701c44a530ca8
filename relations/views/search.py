"""The page of search."""

from django.http import HttpRequest, HttpResponse

from relations.filters.find import FindFilter
from relations.rendering import find
from relations.rendering.pages import page, public
from relations.rendering.site import Site


@public("search")
def search(request: HttpRequest, site: Site) -> HttpResponse:
    """What holds the words of the query string, across all kinds."""
    return page(request, "search/results.html", site, find.context(site, FindFilter(request.GET, site)))

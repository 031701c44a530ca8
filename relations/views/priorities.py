"""The pages of priorities: all with their commitments, and one with the evidence for each."""

from django.http import HttpRequest, HttpResponse

from relations.filters.priority import PriorityFilter
from relations.rendering import priority
from relations.rendering.pages import page, public
from relations.rendering.site import Site


@public("priorities", on_a_day=True)
def index(request: HttpRequest, site: Site) -> HttpResponse:
    """Every priority of a relationship and its commitments, filtered by the query string."""
    context = priority.listing(site, PriorityFilter(request.GET, site))
    return page(request, "priority/list.html", site, context)


@public("priorities")
def detail(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One priority."""
    item = site.item("priority", slug)
    template, context = priority.detail(site, item)
    return page(request, template, site, context)

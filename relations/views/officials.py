"""The pages of officials: those of a relationship, counterpart by counterpart; and one, at an address of their own."""

from django.http import HttpRequest, HttpResponse

from relations.filters.official import OfficialFilter
from relations.rendering import official, official_list
from relations.rendering.pages import page, public
from relations.rendering.site import Site


@public("officials", on_a_day=True)
def index(request: HttpRequest, site: Site) -> HttpResponse:
    """Who faces whom on a day, and everyone who held one of these posts, filtered by the query string."""
    context = official_list.context(site, OfficialFilter(request.GET, site))
    return page(request, "official/list.html", site, context)


@public("officials")
def detail(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One official."""
    template, context = official.detail(site, site.item("official", slug))
    return page(request, template, site, context)

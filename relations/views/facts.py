"""The pages of facts."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from relations.filters.fact import FactFilter
from relations.rendering import fact, lists
from relations.rendering.pages import page, public
from relations.rendering.site import Site


@public("facts", on_a_day=True)
def index(request: HttpRequest, site: Site) -> HttpResponse:
    """Every fact of a relationship, filtered by the query string."""
    words = {
        "title": _("Facts"),
        "lead": _("Single statements about the relationship, each with its date and its source."),
    }
    listed = FactFilter(request.GET, site)
    return page(request, "fact/list.html", site, lists.context(site, listed, fact.rows, **words))


@public("facts")
def detail(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One fact."""
    item = site.item("fact", slug)
    template, context = fact.detail(site, item)
    return page(request, template, site, context)

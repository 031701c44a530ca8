"""The pages of sources, which all relationships share."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from relations.filters.source import SourceFilter
from relations.rendering import lists, source
from relations.rendering.pages import page, public
from relations.rendering.site import Site

PER_PAGE = 40


@public("sources")
def index(request: HttpRequest, site: Site) -> HttpResponse:
    """Every source, filtered by the query string."""
    words = {"title": _("Sources"), "lead": _("Every publication that something in this record rests on.")}
    listed = SourceFilter(request.GET, site)
    context = lists.context(site, listed, source.rows, per_page=PER_PAGE, **words)
    return page(request, "source/list.html", site, context)


@public("sources")
def detail(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One source, and everything that rests on it."""
    template, context = source.detail(site, site.item("source", slug))
    return page(request, template, site, context)

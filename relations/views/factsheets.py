"""The pages of fact sheets."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from relations.filters.factsheet import FactsheetFilter
from relations.rendering import factsheet, lists
from relations.rendering.pages import page, public
from relations.rendering.site import Site


@public("factsheets")
def index(request: HttpRequest, site: Site) -> HttpResponse:
    """Every fact sheet of this relationship, filtered by the query string."""
    words = {
        "title": _("Fact sheets"),
        "lead": _("Texts that one side issued, retold and linked to what is known now."),
    }
    listed = FactsheetFilter(request.GET, site)
    return page(request, "factsheet/list.html", site, lists.context(site, listed, factsheet.rows, **words))


@public("factsheets")
def detail(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One fact sheet: what was said then, beside what is known now."""
    item = site.item("factsheet", slug)
    template, context = factsheet.detail(site, item)
    return page(request, template, site, context)

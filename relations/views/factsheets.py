"""The pages of fact sheets."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from relations.rendering import factsheet, parts
from relations.rendering.links import Links
from relations.rendering.pages import page, public
from relations.rendering.site import Site


@public("factsheets")
def index(request: HttpRequest, site: Site) -> HttpResponse:
    """Every fact sheet of this relationship, the newest first."""
    editions = site.reader.live("factsheet", relationship=site.relationship_item.id)
    items = site.reader.items(editions.order_by("-sort_on", "slug", "pk"))
    links = Links(site.reader, site.reader.resolve([], known=items))
    parts.describe(site, _("Fact sheets"), _("Texts that one side issued, retold and linked to what is known now."))
    return page(request, "factsheet/list.html", site, {"rows": [factsheet.row(site, item, links) for item in items]})


@public("factsheets")
def detail(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One fact sheet: what was said then, beside what is known now."""
    item = site.item("factsheet", slug)
    template, context = factsheet.detail(site, item)
    return page(request, template, site, context)

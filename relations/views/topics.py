"""The page of a topic."""

from django.http import HttpRequest, HttpResponse

from relations.rendering import topic
from relations.rendering.pages import page, public
from relations.rendering.site import Site


@public()
def detail(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One topic of this relationship."""
    item = site.item("topic", slug)
    template, context = topic.detail(site, item)
    return page(request, template, site, context)

"""The site map for search engines: every page that is live, in both languages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from relations.reading import Item, Reader, at
from relations.rendering import moment
from relations.rendering.addresses import EDITORIAL, address
from relations.rendering.preview import WITH_PAGE
from relations.rendering.site import SECTIONS


class _Pages(Sitemap):
    i18n = True
    alternates = True
    x_default = True
    protocol = urlsplit(settings.PUBLIC_URL).scheme

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.PUBLIC_URL).netloc


class RecordPages(_Pages):
    """Every record with a page of its own."""

    def items(self) -> list[Item]:
        editions = self.reader.live(*WITH_PAGE).defer("document", "search_en", "search_fr")
        return [item for item in self.reader.items(editions.order_by("kind", "slug", "pk")) if self._address(item)]

    def _address(self, item: Item) -> str:
        return address(item, self.reader)

    def location(self, item: Item) -> str:
        return self._address(item)

    def lastmod(self, item: Item) -> datetime.datetime:
        return item.live_from


class ListPages(_Pages):
    """The lists of each relationship, and the pages about the site."""

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        own = [(name, ()) for name in ("sources", *EDITORIAL)]
        lists = (*SECTIONS, "statements", "factsheets")
        return own + [(name, (each.slug,)) for each in self.reader.relationships for name in lists]

    def location(self, item: tuple[str, tuple[str, ...]]) -> str:
        name, arguments = item
        return reverse(name, args=arguments)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """sitemaps.org XML with hreflang alternates, as of the request's instant."""
    reader = at(moment.instant(request))
    return sitemap_view(request, {"records": RecordPages(reader), "lists": ListPages(reader)})

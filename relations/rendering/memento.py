"""The site's past for machines: content negotiation in the dimension of datetime (RFC 7089).

Every page is its own timegate (pattern 1.1: the original redirects); its mementos are the pages under ``@<day>``.
The permanent pages of its editions are mementos, too, of a finer grain: they name each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.http import http_date, parse_http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.documents import DOCUMENTS
from relations.reading import Item, mementos
from relations.reading.mementos import Around, Memento, Subject

from .addresses import SHARED, WITHOUT_PAGE
from .site import Site, public_url

FORMAT = "application/link-format"


def subject_of(match: ResolverMatch, relationship: Item | None) -> Subject | None:
    """What the page at a resolved address is about; None for pages about the whole site."""
    kind = match.url_name or ""
    slug = match.kwargs.get("slug")
    if kind in DOCUMENTS and kind not in WITHOUT_PAGE and slug:
        return Subject(kind, slug, None if kind in SHARED or relationship is None else relationship.id)
    return Subject("relationship", relationship.slug) if relationship else None


def negotiate(request: HttpRequest, now: datetime.datetime, subject: Subject | None) -> HttpResponse | None:
    """To the memento that ``Accept-Datetime`` asks for; None where it does not, or nothing was ever readable.

    A value that is no HTTP date is a bad request (RFC 7089, 4.5.3).
    """
    asked = request.headers.get("Accept-Datetime")
    if asked is None:
        return None
    try:
        instant = datetime.datetime.fromtimestamp(parse_http_date(asked.strip()), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return HttpResponseBadRequest(_("Accept-Datetime must be a date as HTTP writes it."), "text/plain")
    found = mementos.nearest(min(instant, now), now=now, subject=subject)
    if found is None:
        return None
    path, query = _present(request.path), request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(_of(found, path, query))
    response.headers["Link"] = _links(_own(path, query))
    patch_vary_headers(response, ["Accept-Datetime"])
    return response


def describe(response: HttpResponse, site: Site, subject: Subject | None) -> None:
    """Adds to a page what a memento client reads. In the present no query; on a day two; a preview is no memento."""
    if site.moment and not site.moment.is_past:
        return
    path, query = site.present_path, site.query
    links = _own(path, query)
    if site.moment is None:
        patch_vary_headers(response, ["Accept-Datetime"])
    elif known := mementos.around(site.moment.instant, now=site.moment.now, subject=subject):
        response.headers["Memento-Datetime"] = _http(known.current)
        links += _neighbors(known, lambda each: _of(each, path, query))
    response.headers["Link"] = _links(links)


def describe_edition(response: HttpResponse, site: Site, item: Item, editions: Sequence[Item]) -> None:
    """The same of the permanent page of one edition: a memento of its record's page, among the others. No query.

    ``editions`` are the newest first; those without a text have no such page.
    """
    if site.moment and not site.moment.is_past:
        return
    path = site.present_path.rpartition("editions/")[0]
    numbers = {Memento(each.live_from): each.number for each in reversed(editions) if each.has_text}
    chain = list(numbers)
    here = chain.index(Memento(item.live_from))
    known = Around(
        current=chain[here],
        first=chain[0],
        last=chain[-1],
        previous=chain[here - 1] if here else None,
        next=chain[here + 1] if here + 1 < len(chain) else None,
    )
    around = _neighbors(known, lambda each: _url(f"{path}editions/{numbers[each]}/", ""))
    response.headers["Memento-Datetime"] = _http(known.current)
    response.headers["Link"] = _links([*_own(path, ""), *around])


def timemap(path: str, query: str, found: list[Memento]) -> str:
    """The mementos of a page in link format (RFC 6690), oldest first. ``found`` must not be empty."""
    around = f'from="{_http(found[0])}"; until="{_http(found[-1])}"'
    links = [('rel="original timegate"', _url(path, query))]
    links.append((f'rel="self"; type="{FORMAT}"; {around}', _timemap_url(path, query)))
    for each in found:
        ends = [name for name, end in (("first", found[0]), ("last", found[-1])) if each is end]
        links.append(_link(" ".join([*ends, "memento"]), each, _of(each, path, query)))
    return _links(links, ",\n")


def _own(path: str, query: str) -> list[tuple[str, str]]:
    timemap_link = (f'rel="timemap"; type="{FORMAT}"', _timemap_url(path, query))
    return [('rel="original timegate"', _url(path, query)), timemap_link]


def _neighbors(known: Around, url: Callable[[Memento], str]) -> list[tuple[str, str]]:
    """One link for each memento that has a relation to this one; several relations share a link."""
    relations: dict[Memento, list[str]] = {}
    named = (("first", known.first), ("prev", known.previous), ("next", known.next), ("last", known.last))
    for name, memento in named:
        if memento is not None:
            relations.setdefault(memento, []).append(name)
    relations.setdefault(known.current, [])
    return [_link(" ".join([*names, "memento"]), each, url(each)) for each, names in relations.items()]


def _link(relation: str, memento: Memento, url: str) -> tuple[str, str]:
    return f'rel="{relation}"; datetime="{_http(memento)}"', url


def _links(links: Iterable[tuple[str, str]], between: str = ", ") -> str:
    return between.join(f"<{iri_to_uri(url)}>; {parameters}" for parameters, url in links)


def _http(memento: Memento) -> str:
    return http_date(memento.at.timestamp())


def _present(path: str) -> str:
    """A path of the present without its language."""
    return path.split("/", 2)[-1]


def _of(memento: Memento, path: str, query: str) -> str:
    return _url(f"@{memento.day.isoformat()}/{path}", query)


def _timemap_url(path: str, query: str) -> str:
    return _url(f"timemap/{path}", query)


def _url(path: str, query: str) -> str:
    return public_url(f"/{get_language()[:2]}/{path}") + (f"?{query}" if query else "")

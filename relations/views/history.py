"""What a record said before: its history, each edition at its permanent address, and how to cite that."""

from __future__ import annotations

from importlib import import_module
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from relations.reading import Item, NotPublished, Redacted
from relations.rendering import changes as report
from relations.rendering import history as pages
from relations.rendering import memento
from relations.rendering.addresses import SHARED
from relations.rendering.pages import page, public
from relations.rendering.site import Site


@public(lasts=True)
def history(request: HttpRequest, site: Site, kind: str, slug: str = "") -> HttpResponse:
    """Every edition of a record, withdrawn or not, and the difference of any two."""
    editions = _editions(site, kind, slug)
    site.robots = "noindex"
    return page(request, "history/list.html", site, pages.listing(site, editions, request.GET))


@public(lasts=True, fixed=True)
def edition(request: HttpRequest, site: Site, kind: str, number: int, slug: str = "") -> HttpResponse:
    """One edition, for ever: what it says, read at its own first instant, so that the page stays what it was."""
    editions, reader = site.reader.back_to(number, kind, *_place(site, kind, slug))
    item = _numbered(editions, number)
    then = Site(reader, site.path, site.query, section=site.section, robots="noindex")
    then.frozen, then.moment = site.frozen, site.moment
    then.edition = pages.frame(site, item, editions)
    if kind not in SHARED:
        then.relationship_item = _relationship_then(then, item, site)
    template, context = import_module(f"relations.rendering.{kind}").detail(then, item)
    response = page(request, template, then, context)
    memento.describe_edition(response, site, item, editions)
    return response


@public()
def changes(request: HttpRequest, site: Site) -> HttpResponse:
    """What reads otherwise at the end of one day than at the end of another, in words."""
    asked = report.Asked.read(request.GET, site.reader.today)
    if request.GET:
        site.robots = "noindex"
    return page(request, "relationship/changes.html", site, report.report(site, asked))


@public()
def changes_json(request: HttpRequest, site: Site) -> HttpResponse:
    """The same for programs; days that are none are named, and answered with 400."""
    asked = report.Asked.read(request.GET, site.reader.today)
    if asked.errors:
        return JsonResponse({"errors": asked.errors}, status=400)
    return JsonResponse(report.as_data(site, asked), json_dumps_params={"ensure_ascii": False})


@public(lasts=True)
def cite(request: HttpRequest, site: Site, kind: str, number: int, slug: str = "") -> HttpResponse:
    """The forms in which an edition can be cited; one of them as a file where ``?form=`` names it."""
    item = _numbered(_editions(site, kind, slug), number)
    context = pages.citing(site, item)
    for each in context["forms"]:
        form = each["form"]
        if request.GET.get("form") == form.name:
            response = HttpResponse(form.text, content_type=f"{form.media_type}; charset=utf-8")
            response.headers["Content-Disposition"] = f'attachment; filename="{item.slug}-{number}.{form.extension}"'
            return response
    site.robots = "noindex"
    return page(request, "history/cite.html", site, context)


def _editions(site: Site, kind: str, slug: str) -> list[Item]:
    """Raises NotPublished."""
    return site.reader.editions(kind, *_place(site, kind, slug))


def _place(site: Site, kind: str, slug: str) -> tuple[str, UUID | None]:
    """The slug of the record, and the relationship inside of which it is one."""
    if kind == "relationship":
        return site.relationship_item.slug, None
    return slug, None if kind in SHARED else site.relationship_item.id


def _numbered(editions: list[Item], number: int) -> Item:
    """The edition of this number that has a text; a tombstone's place is the history. Raises NotPublished, Redacted."""
    for item in editions:
        if item.number == number and not item.is_withdrawn:
            if item.is_redacted:
                raise Redacted(item)
            return item
    raise NotPublished


def _relationship_then(then: Site, item: Item, site: Site) -> Item | None:
    """The relationship as it was when the edition went live; as it is now where it was not live yet."""
    if item.kind == "relationship":
        return item
    return then.reader.relationship_of(item) or site.relationship_item

"""What changed in a relationship as Atom (RFC 4287): newest first, or between two days in the words of the report."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from relations.reading import Item
from relations.rendering import changes as report
from relations.rendering.addresses import address, edition_address
from relations.rendering.pages import public
from relations.rendering.site import Site, public_url
from relations.rendering.words import say

NEWEST = 60


@public()
def atom(request: HttpRequest, site: Site) -> HttpResponse:
    """The feed of changes; where days or kinds are asked for, the report of them. A bad value is a 400 in words."""
    if not request.GET.keys() & report.PARAMETERS:
        return Changes()(request, site=site)
    asked = report.Asked.read(request.GET, site.reader.today)
    if asked.errors:
        said = "\n".join(f"{name}: {error}" for name, error in asked.errors.items())
        return HttpResponseBadRequest(said, "text/plain; charset=utf-8")
    return Report(asked)(request, site=site)


@dataclass(frozen=True)
class Entry:
    """One change: where it is read (an absolute address), and what identifies it for ever."""

    title: str
    words: str
    url: str
    at: datetime.datetime
    identity: str
    updated: datetime.datetime | None = None


def _absolute(path: str) -> str:
    return public_url(path) if path else ""


class Changes(Feed):
    """What was published or withdrawn: an entry for each edition. Its id is a tag URI (RFC 4151) that never changes."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, site: Site) -> Site:
        return site

    def title(self, site: Site) -> str:
        return _("%(name)s: changes") % {"name": say(site.relationship_item.title)}

    def subtitle(self, site: Site) -> str:
        return _("What was published or withdrawn, newest first.")

    def author_name(self, site: Site) -> str:
        return _("Bilateral Record")

    def link(self, site: Site) -> str:
        return public_url(reverse("relationship", args=[site.relationship_item.slug]))

    def feed_url(self, site: Site) -> str:
        return public_url(f"{site.path}?{site.query}" if site.query else site.path)

    def feed_guid(self, site: Site) -> str:
        return self.feed_url(site)

    def items(self, site: Site) -> list[Entry]:
        reader = site.reader
        editions = reader.changes(relationship=site.relationship_item).select_related("redaction")
        editions = editions.defer("document", "search_en", "search_fr")
        newest = editions.order_by("-live_from", "kind", "position", "slug", "pk")[:NEWEST]
        return [self._entry(site, item) for item in reader.items(newest)]

    def _entry(self, site: Site, item: Item) -> Entry:
        """A redaction is an update, so that whoever keeps entries lets go of the old one."""
        title = _("Withdrawn: %(title)s") % {"title": say(item.title)} if item.is_withdrawn else say(item.title)
        words = say(item.change_note) or (_("First edition.") if item.number == 1 else "")
        where = edition_address if item.is_redacted and not item.is_withdrawn else address
        return Entry(
            title=title,
            words=words if item.has_text else say(item.reason),
            url=_absolute(where(item, site.reader)) or self.link(site),
            at=item.live_from,
            identity=f"{item.kind}/{item.id}/{item.number}",
            updated=item.redacted_at,
        )

    def item_title(self, entry: Entry) -> str:
        return entry.title

    def item_description(self, entry: Entry) -> str:
        return entry.words

    def item_link(self, entry: Entry) -> str:
        return entry.url

    def item_guid(self, entry: Entry) -> str:
        host = urlsplit(settings.PUBLIC_URL).hostname
        return f"tag:{host},{entry.at:%Y-%m-%d}:{entry.identity}"

    def item_pubdate(self, entry: Entry) -> datetime.datetime:
        return entry.at

    def item_updateddate(self, entry: Entry) -> datetime.datetime:
        return entry.updated or entry.at


class Report(Changes):
    """What reads otherwise after some days than before them: one entry for each row of the page."""

    def __init__(self, asked: report.Asked) -> None:
        self.asked = asked

    def subtitle(self, site: Site) -> str:
        return report.said(self.asked)

    def items(self, site: Site) -> list[Entry]:
        found = report.report(site, self.asked)
        entries = [*self._corrections(site, found), *self._changes(site, found)]
        return sorted(entries, key=lambda entry: entry.at, reverse=True)

    def _changes(self, site: Site, found: dict[str, Any]) -> Iterator[Entry]:
        for group in found["groups"]:
            for row in group["rows"]:
                url = _absolute(row["url"] or row["history_url"]) or self.link(site)
                yield Entry(row["title"], row["words"], url, row["at"], row["identity"])

    def _corrections(self, site: Site, found: dict[str, Any]) -> Iterator[Entry]:
        register = public_url(reverse("corrections", args=[site.relationship_item.slug]))
        for each in found["corrections"]:
            said = f"{_('It said:')} {each['wrong']}"
            yield Entry(_("Correction: %(right)s") % each, said, register, each["at"], each["identity"])

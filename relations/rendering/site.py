"""The frame around every page: masthead, collar, footer, and what the page says about itself to machines."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.documents import Party
from relations.reading import Item, Reader
from relations.reading.freshness import Freshness, known

from .addresses import SHARED
from .day import Day
from .frozen import Frozen
from .links import Link
from .moment import Moment
from .words import partial_date, say

SECTIONS = ("facts", "priorities", "meetings", "officials")
# What can stand inside a script element without ending it.
_SCRIPT_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def public_url(path: str) -> str:
    """The absolute address of a path on this site."""
    return f"{settings.PUBLIC_URL}{path}"


@dataclass(frozen=True)
class Side:
    """One of the two parties, as pages show it: ``side`` is "a" or "b"."""

    side: str
    document: Party

    @property
    def id(self):
        return self.document.id

    @property
    def name(self) -> str:
        return say(self.document.name)

    @property
    def in_sentence(self) -> str:
        return say(self.document.with_article) or self.name

    @property
    def code(self) -> str:
        return self.document.iso3

    @property
    def slug(self) -> str:
        return self.document.slug


@dataclass
class Site:
    """The frame of one page at one instant. ``relationship`` is None on pages that all relationships share.

    ``path`` and ``query`` are those of the request, so that the language switch leads to the same page.
    ``moment`` is set where the page stands below another instant's prefix, ``on`` where it can show a day in the world,
    ``frozen`` where it belongs to a copy of the site.
    """

    reader: Reader
    path: str
    query: str = ""
    relationship_item: Item | None = None
    section: str = ""
    robots: str = ""
    # What of the query string belongs to the page's own address: which page of which list it is.
    canonical_query: str = ""
    # The record that the page is about, and how fresh it is; None on pages of many.
    subject: Item | None = None
    freshness: Freshness | None = None
    moment: Moment | None = None
    frozen: Frozen | None = None
    on: Day | None = None
    # Set on the page of one edition: which one it is, and its neighbors.
    edition: dict[str, Any] | None = None
    json_ld_data: dict[str, Any] | list[Any] | None = None
    og_extra: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return _("Bilateral Record")

    @property
    def contact(self) -> str:
        return getattr(settings, "CONTACT_EMAIL", "")

    @cached_property
    def sides(self) -> tuple[Side, Side] | tuple[()]:
        """Side A and side B of the page's relationship; none on shared pages."""
        if self.relationship_item is None:
            return ()
        a, b = self.reader.parties(self.relationship_item)
        return Side("a", a), Side("b", b)

    def item(self, kind: str, slug: str) -> Item:
        """The record that this page is about, read at this address. Raises as ``reader.item`` does. One query."""
        inside = None if kind in SHARED else self.relationship_item.id
        self.subject = self.reader.item(kind, slug, relationship=inside)
        self.freshness = known(self.subject)
        return self.subject

    def side_of(self, party_id: Any) -> Side | None:
        """Which side of this relationship a party is; None for a third one."""
        return next((side for side in self.sides if side.id == party_id), None)

    @property
    def relationship(self) -> dict[str, Any] | None:
        item = self.relationship_item
        if item is None:
            return None
        a, b = self.sides
        url = reverse("relationship", args=[item.slug]) + self.on_query
        return {"title": say(item.title), "slug": item.slug, "url": url, "party_a": a, "party_b": b}

    @property
    def sections(self) -> list[dict[str, str]]:
        if self.relationship_item is None:
            return []
        labels = {
            "facts": _("Facts"),
            "priorities": _("Priorities"),
            "meetings": _("Meetings"),
            "officials": _("Officials"),
        }
        found = []
        for section in SECTIONS:
            url = reverse(section, args=[self.relationship_item.slug])
            current = "" if section != self.section else ("page" if url == self.path else "true")
            found.append({"label": labels[section], "url": url + self.on_query, "current": current})
        return found

    @property
    def home_current(self) -> str:
        item = self.relationship_item
        return "page" if item and self.path == reverse("relationship", args=[item.slug]) else ""

    @property
    def on_query(self) -> str:
        """What keeps the day in the world on the way to the other pages that can show one."""
        return f"?on={self.reader.on.isoformat()}" if self.reader.on else ""

    @property
    def root_url(self) -> str:
        return reverse("relationships")

    def list_url(self, name: str) -> str:
        """Where a list is read: in the page's relationship, or where all share it. Raises NoReverseMatch."""
        return reverse(name, args=[self.relationship_item.slug] if self.relationship_item else [])

    @property
    def search_url(self) -> str:
        return reverse("search")

    def _in(self, language: str) -> str:
        """This page's path in a language: only the first part of an address differs."""
        return f"/{language}/" + self.path.split("/", 2)[-1]

    @property
    def languages(self) -> list[dict[str, Any]]:
        query = f"?{self.query}" if self.query else ""
        active = get_language()[:2]
        return [
            {"code": code, "label": label, "url": self._in(code) + query, "current": code == active}
            for code, label in settings.LANGUAGES
        ]

    @property
    def today(self) -> datetime.date:
        """The day in the world that the page shows."""
        return self.reader.day

    @cached_property
    def changed_on(self) -> datetime.date | None:
        """The day on which something of this relationship (or of the site) last changed. One query."""
        item = self.relationship_item
        changed = self.reader.last_change(item.id if item else None)
        return changed and timezone.localdate(changed)

    @property
    def note(self) -> str:
        status_on = self.relationship_item and self.relationship_item.document.status_on
        if not status_on:
            return ""
        return _("State of play described as of %(day)s") % {"day": partial_date(status_on)}

    @property
    def report_url(self) -> str:
        """Where a reader says what is wrong on this page, always on the living site today; empty in a preview."""
        if self.moment and not self.moment.is_past:
            return ""
        living = settings.PUBLIC_URL if self.frozen else ""
        page = self.frozen.living(self.path).removeprefix(living) if self.frozen else self.path
        return f"{living}/{get_language()[:2]}/report/?page={quote(page, safe='/@')}"

    @property
    def footer_about(self) -> list[Link]:
        report = [Link(_("Report an error"), self.report_url)] if self.report_url else []
        return [
            Link(_("About this record"), reverse("about")),
            Link(_("How we record facts"), reverse("how-we-record-facts")),
            Link(_("How we assign status"), reverse("how-we-assign-status")),
            Link(_("Reuse and licence"), reverse("reuse")),
            Link(_("Accessibility"), reverse("accessibility")),
            Link(_("Privacy"), reverse("privacy")),
            *report,
        ]

    @property
    def footer_data(self) -> list[Link]:
        found = [Link(_("Sources"), reverse("sources"))]
        if self.relationship_item:
            slug = [self.relationship_item.slug]
            found = [
                Link(_("All facts as CSV"), reverse("facts_csv", args=slug)),
                Link(_("All facts as JSON"), reverse("facts_json", args=slug)),
                Link(_("Meetings as a calendar"), reverse("meetings_ics", args=slug)),
                Link(_("Feed of changes"), self.feed_url),
                Link(_("Statements"), reverse("statements", args=slug)),
                Link(_("Fact sheets"), reverse("factsheets", args=slug)),
                Link(_("What changed"), reverse("changes", args=slug)),
                Link(_("Corrections"), reverse("corrections", args=slug)),
                Link(_("Overdue for a check"), reverse("overdue", args=slug)),
                *found,
            ]
        return found

    @property
    def credits(self) -> str:
        if self.relationship_item and self.relationship_item.document.map:
            return _("Map data: Natural Earth, public domain.")
        return ""

    @property
    def feed_url(self) -> str:
        return reverse("changes_atom", args=[self.relationship_item.slug]) if self.relationship_item else ""

    @property
    def present_path(self) -> str:
        """This page's path as it is today, without its language."""
        return self._in_present(self.path)

    def _in_present(self, path: str) -> str:
        rest = path.split("/", 2)[-1]
        return rest.split("/", 1)[-1] if self.moment else rest

    def permanent_url(self, path: str) -> str:
        """The absolute address that stays, of a path that a link on this page has: never below another day's."""
        return public_url(f"/{get_language()[:2]}/{self._in_present(path)}")

    @property
    def present_url(self) -> str:
        """This page, with its filters, as it is today."""
        return f"/{get_language()[:2]}/{self.present_path}" + (f"?{self.query}" if self.query else "")

    @property
    def living_url(self) -> str:
        """Of a frozen page: itself on the living site, with its filters."""
        return self.frozen.living(self.path + (f"?{self.query}" if self.query else ""))

    @property
    def choose_url(self) -> str:
        """Where a banner's form asks for another day."""
        return f"/{get_language()[:2]}/at/"

    @property
    def canonical_url(self) -> str:
        """Empty where the page is one of many views of the same: it is for people, not for an index."""
        return "" if self.moment else self._public(self.path)

    @property
    def alternates(self) -> list[dict[str, str]]:
        if self.moment:
            return []
        found = [{"hreflang": code, "url": self._public(self._in(code))} for code, _label in settings.LANGUAGES]
        return [*found, {"hreflang": "x-default", "url": self._public(self._in("en"))}]

    def _public(self, path: str) -> str:
        return public_url(f"{path}?{self.canonical_query}" if self.canonical_query else path)

    @property
    def og(self) -> dict[str, str]:
        locale = {"en": "en_US", "fr": "fr_CA"}[get_language()[:2]]
        return {
            "og:site_name": self.name,
            "og:type": "website",
            "og:url": self._public(self.path),
            "og:locale": locale,
            **self.og_extra,
        }

    @property
    def json_ld(self) -> SafeString | str:
        """schema.org data as JSON that cannot end the script element it stands in."""
        if not self.json_ld_data:
            return ""
        text = json.dumps(self.json_ld_data, ensure_ascii=False).translate(_SCRIPT_ESCAPES)
        return mark_safe(text)  # noqa: S308 - every character that HTML could act on was escaped above

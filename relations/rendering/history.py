"""All editions of one record: what changed from one to the next, and between any two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from relations.documents import Ref, refs
from relations.documents.compare import Change, compare
from relations.filters.words import cited, shown
from relations.reading import Item
from relations.reading.corrections import errata

from . import cite
from .addresses import address, cite_address, edition_address, history_address
from .corrections import said
from .links import Links
from .site import Site
from .words import say


def listing(site: Site, editions: Sequence[Item], query: QueryDict) -> dict[str, Any]:
    """For history/list.html: the editions, minor ones in groups to be folded, and the difference of two of them.

    ``editions`` are the newest first. ``from`` and ``to`` in the query name two by number; the newest others take the
    place of one that is not named, or that there is not: that is said in words. One query: the names that differences
    may show.
    """
    newest = editions[0]
    readable = [each for each in editions if each.has_text]
    older, newer = _chosen(readable, query)
    return {
        "title": say(newest.title),
        "url": address(newest, site.reader),
        "action": history_address(newest, site.reader),
        "groups": [
            {
                "is_minor": minor,
                "is_open": older in (found := list(group)) or newer in found,
                "editions": [_row(site, each) for each in found],
            }
            for minor, group in groupby(editions, key=lambda each: each.is_minor and each is not newest)
        ],
        "errors": _errors(readable, query),
        "count": len(editions),
        "older": older and older.number,
        "newer": newer and newer.number,
        "changes": _changes(site, older, newer) if older and newer else None,
    }


def frame(site: Site, item: Item, editions: Sequence[Item]) -> dict[str, Any]:
    """For history/banner.html: which edition this is, of how many, where its neighbors are, what was wrong in it."""
    known = {each.number: each for each in editions}

    def url(number: int) -> str:
        each = known.get(number)
        return edition_address(each, site.reader) if each else ""

    newest = editions[0]
    wrong = errata(site.reader, record=item.id)
    ended = item.live_until if item.live_until and item.live_until <= site.reader.instant else None
    return {
        "item": item,
        "number": item.number,
        "newest": newest.number,
        "is_newest": item.number == newest.number,
        "said_on": timezone.localdate(item.live_from),
        "until": ended and timezone.localdate(ended),
        "note": say(item.change_note),
        "previous_url": url(item.number - 1),
        "next_url": url(item.number + 1),
        "present_url": address(newest, site.reader),
        "history_url": history_address(newest, site.reader),
        "is_withdrawn": newest.is_withdrawn,
        "corrections": [said(each) for each in wrong if each.concerns(item.number)],
    }


def citing(site: Site, item: Item) -> dict[str, Any]:
    """For history/cite.html: every form in which this edition can be cited."""
    it = cite.cited(site, item)
    here = cite_address(item, site.reader)
    return {
        "title": say(item.title),
        "number": item.number,
        "edition_url": edition_address(item, site.reader),
        "forms": [{"form": form, "url": f"{here}?form={form.name}"} for form in cite.forms(it)],
    }


def _row(site: Site, item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "url": "" if item.is_withdrawn else edition_address(item, site.reader),
        "live_from": item.live_from,
        "said_on": timezone.localdate(item.live_from),
        "note": say(item.change_note) if item.has_text else say(item.reason),
        "has_text": item.has_text,
        "redacted_on": item.redacted_at and timezone.localdate(item.redacted_at),
        "redactions_url": site.relationship_item and reverse("redactions", args=[site.relationship_item.slug]),
        "is_minor": item.is_minor,
        "is_first": item.number == 1,
        "digest": item.digest,
    }


def _asked(query: QueryDict) -> list[str]:
    """What was typed for the two, without what is empty."""
    return [typed for name in ("from", "to") if (typed := query.get(name, "").strip())]


def _chosen(readable: Sequence[Item], query: QueryDict) -> tuple[Item | None, Item | None]:
    """The older and the newer of the two that are compared; none where there are not two."""
    by_number = {str(each.number): each for each in readable}
    asked = [by_number[typed] for typed in _asked(query) if typed in by_number]
    first = dict.fromkeys(each.number for each in (*asked, *readable))
    found = [by_number[str(number)] for number in sorted(list(first)[:2])]
    return (found[0], found[1]) if len(found) == 2 else (None, None)


def _errors(readable: Sequence[Item], query: QueryDict) -> list[str]:
    """What is wrong with the choice, in words."""
    asked, known = _asked(query), {str(each.number) for each in readable}
    if len(asked) == 2 and asked[0] == asked[1] and asked[0] in known:
        return [_("Choose two different editions.")]
    unknown = dict.fromkeys(typed for typed in asked if typed not in known)
    return [_("There is no edition %(typed)s to compare.") % {"typed": cited(shown(typed, 40))} for typed in unknown]


def _changes(site: Site, older: Item, newer: Item) -> list[Change]:
    """The differences in words that readers may see: a record that they may not read has no name."""
    old, new = older.document, newer.document
    named = [ref for document in (old, new) for ref in refs(document)]
    links = Links(site.reader, site.reader.resolve(named))

    def name(ref: Ref) -> str:
        link = links.to(ref)
        return link.title if link else _("(not public)")

    return compare(old, new, name=name)

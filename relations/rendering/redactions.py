"""The list of what the law demanded to remove: which editions of what, why, and the digests that stay."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.documents import Ref
from relations.reading import Item, References
from relations.reading.redactions import redacted

from .addresses import edition_address, history_address
from .find import ONE
from .links import Links
from .site import Site
from .words import say

KINDS = {**ONE, "party": gettext_lazy("Country"), "post": gettext_lazy("Post")}


def listing(site: Site) -> dict[str, Any]:
    """For relationship/redactions.html: one row for each redaction, which may be of several editions. Two queries."""
    found = redacted(site.reader, relationship=site.relationship_item.id)
    references = site.reader.resolve([Ref(kind=each.kind, id=each.id) for each in found])
    acts = groupby(found, key=lambda each: (each.id, each.redacted_at))
    return {"title": _("Redactions"), "rows": [_row(site, list(editions), references) for _act, editions in acts]}


def _row(site: Site, editions: Sequence[Item], references: References) -> dict[str, Any]:
    """A record that can be read is named; of any other there is its kind and its address."""
    first = editions[0]
    item = references.live(Ref(kind=first.kind, id=first.id))
    return {
        "kind": KINDS[first.kind],
        "link": Links(site.reader, references).item(item) if item else None,
        "slug": first.slug,
        "redacted_on": timezone.localdate(first.redacted_at),
        "reason": say(first.reason),
        "editions": [_edition(site, each) for each in editions],
        "history_url": history_address(first, site.reader),
    }


def _edition(site: Site, item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "url": edition_address(item, site.reader),
        "since": timezone.localdate(item.live_from),
        "until": item.live_until and timezone.localdate(item.live_until),
        "digest": item.digest,
    }

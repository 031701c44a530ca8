"""Why a page may be out of date, in words; and the page of all records of a relationship that may be."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.documents import Stale
from relations.reading.freshness import annotated, known, overdue

from .addresses import WITHOUT_PAGE
from .links import Links
from .site import Site

CAUSES = {
    Stale.FIGURE: gettext_lazy("A newer figure should be out by now."),
    Stale.UPCOMING: gettext_lazy("Its date has passed, and what came of it is not recorded."),
    Stale.TERM: gettext_lazy("Somebody else is recorded in this post since."),
    Stale.CHECK: gettext_lazy("The next check was due."),
}


def notice(site: Site) -> dict[str, Any] | None:
    """For base.html, of the record that the page is about: why it may be out of date, and when it was checked."""
    found = site.freshness
    if found is None or not (found.is_stale or found.checked_on or found.due_on):
        return None
    return {
        "reasons": [CAUSES[cause] for cause in found.causes],
        "checked_on": found.checked_on,
        "due_on": found.due_on,
        "is_due": bool(found.due_on and found.due_on < site.reader.day),
    }


def listing(site: Site) -> dict[str, Any]:
    """For relationship/overdue.html: every record of the relationship that may be out of date, by kind. One query."""
    reader = site.reader
    own = Q(relationship_id=site.relationship_item.id) | Q(record_id=site.relationship_item.id) | Q(kind="official")
    late = overdue(reader, "relationship", "topic", "fact", "meeting", "priority", "statement", "factsheet", "official")
    editions = annotated(late.filter(own), reader.instant, reader.day).order_by("kind", "position", "slug", "pk")
    links = Links(reader, reader.resolve([]))
    rows = [
        {
            "link": links.item(item),
            "reasons": [CAUSES[cause] for cause in known(item).causes],
            "checked_on": known(item).checked_on,
        }
        for item in reader.items(editions)
        if item.kind not in WITHOUT_PAGE
    ]
    return {"title": _("Overdue for a check"), "rows": rows}

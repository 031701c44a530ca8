"""The register of corrections, and the notices: on an edition that carried an error, and on the page that is right."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from relations.reading.corrections import Erratum, errata, last_error

from .addresses import history_address
from .links import Links
from .site import Site
from .words import say


def listing(site: Site) -> dict[str, Any]:
    """For relationship/corrections.html. Three queries: the corrections, their first editions, their records."""
    found = errata(site.reader, relationship=site.relationship_item.id)
    references = site.reader.resolve([each.ref for each in found])
    links = Links(site.reader, references)
    rows = [
        {**said(each), "link": links.item(item), "history_url": history_address(item, site.reader)}
        for each in found
        if (item := references.get(each.ref))
    ]
    return {"title": _("Corrections"), "rows": rows}


def notice(site: Site) -> dict[str, Any] | None:
    """For base.html, of the record that the page is about: what was put right in it last. No query."""
    found = site.subject and last_error(site.subject)
    if not found:
        return None
    return {
        "day": timezone.localdate(found.corrected),
        "wrong": say(found.wrong),
        "history_url": history_address(site.subject, site.reader),
    }


def said(erratum: Erratum) -> dict[str, Any]:
    """One correction in words of the active language."""
    return {
        "wrong": say(erratum.wrong),
        "right": say(erratum.right),
        "first": erratum.first,
        "last": erratum.last,
        "since": timezone.localdate(erratum.since),
        "corrected": timezone.localdate(erratum.corrected),
        "at": erratum.corrected,
        "identity": f"{erratum.ref.kind}/{erratum.ref.id}/{erratum.first}-{erratum.last}/correction",
        "reported_by": erratum.reported_by,
    }

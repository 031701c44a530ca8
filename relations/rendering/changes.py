"""What changed between two days, in words: the report of a whole relationship."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.documents import Ref, refs
from relations.documents.compare import compare, in_short
from relations.reading import changes
from relations.reading.changes import Changed
from relations.reading.corrections import errata

from . import moment
from .addresses import WITHOUT_PAGE, history_address
from .corrections import said as correction
from .links import Links
from .site import Site
from .words import partial_date, say

# In the order of the report.
KINDS = {
    "fact": gettext_lazy("Facts"),
    "meeting": gettext_lazy("Meetings"),
    "priority": gettext_lazy("Priorities"),
    "official": gettext_lazy("Officials"),
    "statement": gettext_lazy("Statements"),
    "factsheet": gettext_lazy("Fact sheets"),
    "relationship": gettext_lazy("Relationship"),
    "topic": gettext_lazy("Topics"),
    "source": gettext_lazy("Sources"),
}
# What a query string can ask of the report.
PARAMETERS = {"since", "until", "kind"}
# Without dates, the last so many days.
LATELY = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Asked:
    """What a query string asks for; ``errors`` are in words, by parameter. Both days are whole: their ends count."""

    since: datetime.date
    until: datetime.date
    kinds: tuple[str, ...]
    errors: dict[str, str]

    @classmethod
    def read(cls, query: QueryDict, today: datetime.date) -> Asked:
        """Never raises: a bad value is named and its default taken."""
        errors: dict[str, str] = {}
        until = _day(query, "until", today, errors)
        since = _day(query, "since", min(until, today) - LATELY, errors)
        if until > today:
            errors["until"], until = _("This day has not come yet, so today is shown."), today
        if since > until:
            errors["since"], since = _("This day is after the other one."), until
        return cls(since, until, tuple(kind for kind in KINDS if kind in query.getlist("kind")), errors)


def _day(query: QueryDict, name: str, default: datetime.date, errors: dict[str, str]) -> datetime.date:
    typed = query.get(name, "").strip()
    if not typed:
        return default
    try:
        day = datetime.date.fromisoformat(typed)
        moment.end_of(day)
    except (ValueError, OverflowError):
        errors[name] = _("Write the day as in 2021-02-26.")
        return default
    return day


def said(asked: Asked) -> str:
    """What the report tells, in a sentence."""
    days = {"since": partial_date(asked.since), "until": partial_date(asked.until)}
    return _("What this record says otherwise at the end of %(until)s than at the end of %(since)s.") % days


def report(site: Site, asked: Asked) -> dict[str, Any]:
    """For relationship/changes.html: what reads otherwise at the end of ``until`` than at the end of ``since``.

    Three queries besides the frame's: both states, what they name, what was wrong.
    """
    since = moment.end_of(asked.since)
    until = min(moment.end_of(asked.until), site.reader.instant)
    item = site.relationship_item
    found = [
        each
        for each in changes.between(since, until, relationship=item.id, kinds=asked.kinds)
        if each.newest.kind not in WITHOUT_PAGE
    ]
    named = [ref for each in found for side in (each.before, each.after) if side for ref in refs(side.document)]
    links = Links(site.reader, site.reader.resolve(named))
    rows = sorted((_row(site, each, links) for each in found), key=lambda row: (row["order"], row["title"]))
    wrong = [each for each in errata(site.reader, relationship=item.id) if since < each.corrected <= until]
    return {
        "title": _("What changed"),
        "lead": said(asked),
        "asked": asked,
        "groups": [
            {"label": label, "rows": own}
            for kind, label in KINDS.items()
            if (own := [row for row in rows if row["kind"] == kind])
        ],
        "count": len(rows),
        "corrections": [correction(each) for each in wrong],
        "kinds": _kinds(asked),
        "action": reverse("changes", args=[item.slug]),
        "json_url": _with_days(reverse("changes_json", args=[item.slug]), asked),
        "atom_url": _with_days(reverse("changes_atom", args=[item.slug]), asked),
        "bookmark_url": f"{reverse('changes', args=[item.slug])}?since={site.reader.today.isoformat()}",
    }


def _kinds(asked: Asked) -> dict[str, Any]:
    """The choice of kinds, for components/facet.html."""
    options = [
        {"value": kind, "label": label, "id": f"kind-{kind}", "checked": kind in asked.kinds}
        for kind, label in KINDS.items()
    ]
    return {"name": "kind", "label": _("Only"), "options": options}


def _with_days(url: str, asked: Asked) -> str:
    kinds = "".join(f"&kind={kind}" for kind in asked.kinds)
    return f"{url}?since={asked.since.isoformat()}&until={asked.until.isoformat()}{kinds}"


def _row(site: Site, each: Changed, links: Links) -> dict[str, Any]:
    link = links.item(each.newest)
    return {
        "order": list(KINDS).index(each.newest.kind),
        "kind": each.newest.kind,
        "id": str(each.newest.id),
        "at": each.edition.live_from,
        "identity": f"{each.edition.kind}/{each.edition.id}/{each.edition.number}",
        "title": link.title,
        "url": link.url if each.after else "",
        "what": each.what,
        "words": _words(each, links),
        "from": each.before.number if each.before else None,
        "to": each.after.number if each.after else None,
        "history_url": _history(site, each),
    }


def _history(site: Site, each: Changed) -> str:
    url = history_address(each.newest, site.reader)
    return f"{url}?from={each.before.number}&to={each.after.number}" if url and each.what == "changed" else url


def _words(each: Changed, links: Links) -> str:
    """The change in a line: why it was withdrawn or redacted, what of it is new, or what is different."""
    if each.what == "withdrawn":
        return _("Withdrawn: %(reason)s") % {"reason": say(each.notice.reason) if each.notice else ""}
    if each.what == "redacted":
        return _("Redacted: %(reason)s") % {"reason": say(each.notice.reason)}
    if each.what == "added":
        return _("New since %(day)s.") % {"day": _said_on(each)}

    def name(ref: Ref) -> str:
        link = links.to(ref)
        return link.title if link else _("(not public)")

    return capfirst(in_short(compare(each.before.document, each.after.document, name=name)))


def _said_on(each: Changed) -> str:
    return partial_date(timezone.localdate(each.after.live_from))


def as_data(site: Site, asked: Asked) -> dict[str, Any]:
    """The report for programs: the same rows, with editions by number."""
    context = report(site, asked)
    keep = ("kind", "id", "title", "what", "words", "from", "to")
    told = ("wrong", "right", "first", "last", "reported_by")
    return {
        "relationship": site.relationship_item.slug,
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
        "changes": [{name: row[name] for name in keep} for group in context["groups"] for row in group["rows"]],
        "corrections": [
            {**{name: each[name] for name in told}, **{name: each[name].isoformat() for name in ("since", "corrected")}}
            for each in context["corrections"]
        ],
    }

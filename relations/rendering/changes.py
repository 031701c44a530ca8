"""What changed between two days, in words: the report of a whole relationship."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.documents import Official, Ref, refs
from relations.documents.compare import compare, in_short
from relations.documents.handover import HandOver
from relations.reading import Item, changes
from relations.reading.changes import Between, Changed
from relations.reading.corrections import Erratum, errata

from . import handover, meeting_words, moment
from .addresses import WITHOUT_PAGE, history_address
from .corrections import said as correction
from .links import Links
from .official_words import ROLES
from .site import Site
from .words import partial_date, say

# In the order of the report.
KINDS = {
    "post": gettext_lazy("Posts"),
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
ADDED = {
    "fact": gettext_lazy("Fact added."),
    "priority": gettext_lazy("Priority added."),
    "official": gettext_lazy("Official added."),
    "statement": gettext_lazy("Statement added."),
    "factsheet": gettext_lazy("Fact sheet added."),
    "relationship": gettext_lazy("Relationship added."),
    "topic": gettext_lazy("Topic added."),
    "source": gettext_lazy("Source added."),
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
    found = changes.between(since, until, relationship=item, kinds=_read(asked))
    shown = [each for each in found.records if each.newest.kind not in WITHOUT_PAGE]
    wrong = [each for each in errata(site.reader, relationship=item.id) if since < each.corrected <= until]
    wrong = [each for each in wrong if not asked.kinds or each.ref.kind in asked.kinds]
    named = [ref for each in shown for side in (each.before, each.after) if side for ref in refs(side.document)]
    links = Links(site.reader, site.reader.resolve([*named, *(each.ref for each in wrong)]))
    rows = _rows(site, asked, found, {each.newest.id: _row(site, each, links) for each in shown})
    corrections = [_correction(each, links) for each in wrong]
    return {
        "title": _("What changed"),
        "lead": said(asked),
        "asked": asked,
        "groups": [
            {"label": label, "rows": own}
            for kind, label in KINDS.items()
            if (own := [row for row in rows if row["kind"] == kind])
        ],
        "count": len(rows) + len(corrections),
        "corrections": corrections,
        "kinds": _kinds(asked),
        "action": reverse("changes", args=[item.slug]),
        "json_url": _with_days(reverse("changes_json", args=[item.slug]), asked),
        "atom_url": _with_days(reverse("changes_atom", args=[item.slug]), asked),
        "bookmark_url": f"{reverse('changes', args=[item.slug])}?since={site.reader.today.isoformat()}",
    }


def _read(asked: Asked) -> set[str]:
    """The kinds to read: who is in a post is said by officials."""
    return {*asked.kinds, "official"} if "post" in asked.kinds else set(asked.kinds)


def _rows(site: Site, asked: Asked, found: Between, own: dict[UUID, dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the report: posts that changed hands, then records. ``own`` is the row of each record.

    An official about whom nothing is new but what a post tells has no row beside it: it stands in that of the post.
    """
    posts = [each for each in found.posts if _is_ours(site, each)] if _asks(asked, "post") else []
    told = frozenset().union(*(each.tells for each in posts))
    inside = {each.newest.id for each in found.records if _is_told(each, told)}
    rows = [_post_row(site, each, found, own) for each in posts]
    rows += [row for identity, row in own.items() if identity not in inside and _asks(asked, row["kind"])]
    return sorted(rows, key=lambda row: (list(KINDS).index(row["kind"]), *row["order"]))


def _asks(asked: Asked, kind: str) -> bool:
    return not asked.kinds or kind in asked.kinds


def _is_ours(site: Site, each: HandOver) -> bool:
    """Whether a post is one in which one side meets the other: general, or accredited to it."""
    sides = {side.id for side in site.sides}
    return each.post.party.id in sides and (not each.post.accredited_to or each.post.accredited_to.id in sides)


def _is_told(each: Changed, told: frozenset[UUID]) -> bool:
    """Whether these terms are all that is new of an official: of one who is new, the current ones."""
    if each.newest.kind != "official" or not each.after:
        return False
    official = each.after.document
    if each.before is None:
        current = {term.id for term in official.terms if term.standing == "current"}
        return each.what == "added" and bool(current) and current <= told
    return _without(each.before.document, told) == _without(official, told)


def _without(official: Official, terms: frozenset[UUID]) -> Official:
    kept = tuple(term for term in official.terms if term.id not in terms)
    return official.model_copy(update={"terms": kept})


def _post_row(site: Site, each: HandOver, found: Between, own: dict[UUID, dict[str, Any]]) -> dict[str, Any]:
    """A post that changed hands; ``records`` are the rows of the officials whose texts say so."""
    said = [record for record in found.records if record.newest.id in each.concerns]
    newest = max((record.edition for record in said), key=lambda item: (item.live_from, str(item.id)))
    return {
        "order": (list(ROLES).index(each.post.role), site.side_of(each.post.party.id).side, handover.title(each)),
        "kind": "post",
        "id": str(each.post.id),
        "at": newest.live_from,
        "published": timezone.localdate(newest.live_from),
        "identity": f"{newest.kind}/{newest.id}/{newest.number}/{each.post.id}",
        "title": handover.title(each),
        "url": reverse("officials", args=[site.relationship_item.slug]),
        "what": "handed_over",
        "words": handover.words(each),
        "from": None,
        "to": None,
        "history_url": "",
        "records": [own[record.newest.id] for record in said if record.newest.id in own],
    }


def _correction(each: Erratum, links: Links) -> dict[str, Any]:
    """A correction, and which record it is about: no title where nothing of that may be shown."""
    link = links.to(each.ref)
    return {
        **correction(each),
        "kind": each.ref.kind,
        "id": str(each.ref.id),
        "title": link.title if link else "",
        "url": link.url if link else "",
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
        "order": (link.title,),
        "kind": each.newest.kind,
        "id": str(each.newest.id),
        "at": each.edition.live_from,
        "published": timezone.localdate(each.edition.live_from),
        "identity": f"{each.edition.kind}/{each.edition.id}/{each.edition.number}",
        "title": link.title,
        "url": link.url if each.after else "",
        "what": each.what,
        "words": _words(each, links),
        "from": each.before.number if each.before else None,
        "to": each.after.number if each.after else None,
        "history_url": _history(site, each),
        "records": [],
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
        return _added(each.after)

    def name(ref: Ref) -> str:
        link = links.to(ref)
        return link.title if link else _("(not public)")

    return capfirst(in_short(compare(each.before.document, each.after.document, name=name)))


def _added(item: Item) -> str:
    """That a record is new; of a meeting also when it is, which is not when this site began to say so."""
    if item.kind == "meeting":
        return _("Meeting added: %(when)s.") % {"when": meeting_words.days(item.document)}
    return str(ADDED[item.kind])


def as_data(site: Site, asked: Asked) -> dict[str, Any]:
    """The report for programs: the same rows, with editions by number."""
    context = report(site, asked)
    told = ("kind", "id", "title", "wrong", "right", "first", "last", "reported_by")
    return {
        "relationship": site.relationship_item.slug,
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
        "changes": [_data(row) for group in context["groups"] for row in group["rows"]],
        "corrections": [
            {**{name: each[name] for name in told}, **{name: each[name].isoformat() for name in ("since", "corrected")}}
            for each in context["corrections"]
        ],
    }


def _data(row: dict[str, Any]) -> dict[str, Any]:
    """A row; below a post that changed hands, the rows of the officials that say so."""
    kept = {name: row[name] for name in ("kind", "id", "title", "what", "words", "from", "to")}
    kept["published"] = row["published"].isoformat()
    return {**kept, "records": [_data(each) for each in row["records"]]} if row["records"] else kept

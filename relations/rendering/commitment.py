"""How a commitment is said: its status and since when, what shows it, who promised it, whether its day has passed."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from relations.documents import Assessment, Commitment
from relations.filters.priority import STATUSES
from relations.models.dates import PartialDate

from . import parts
from .links import Links
from .periods import as_of
from .site import Site
from .words import say

MEANINGS = {
    "met": gettext_lazy("A source describes the promised result."),
    "partly_met": gettext_lazy("A source describes part of the promised result."),
    "in_progress": gettext_lazy("A source describes work that has begun."),
    "stalled": gettext_lazy("A source shows that work began and has stopped, without being given up."),
    "not_started": gettext_lazy("A source shows that work has not begun."),
    "not_met": gettext_lazy(
        "The day it was due has passed without the result, or what was done has been reversed. The note says which."
    ),
    "overtaken": gettext_lazy("A later commitment has taken its place, or events have left nothing to do."),
    "withdrawn": gettext_lazy("Whoever made the commitment has said that it no longer stands."),
    "not_assessed": gettext_lazy(
        "No page we have read settles it. This says something about us, not about the governments."
    ),
}
# Statuses that nothing more is expected to change: a day that passes after them is no news.
FINAL = {"met", "not_met", "overtaken", "withdrawn"}


def tally(commitments: Iterable[Commitment]) -> list[dict[str, Any]]:
    """How many have which status, for components/tally.html; statuses that none has are left out."""
    counted = Counter(commitment.status for commitment in commitments)
    return [
        {"status": status, "label": label, "count": counted[status]}
        for status, label in STATUSES.items()
        if counted[status]
    ]


def legend() -> list[dict[str, Any]]:
    """The key to the nine statuses."""
    return [{"status": status, "label": label, "meaning": MEANINGS[status]} for status, label in STATUSES.items()]


def brief(site: Site, commitment: Commitment, page: str) -> dict[str, Any]:
    """A commitment as a row of the list; ``page`` is the address of its priority."""
    assessment = commitment.assessment
    return {
        "slug": commitment.slug,
        "url": f"{page}#{commitment.slug}",
        "statement": say(commitment.statement),
        "status": commitment.status,
        "status_label": STATUSES[commitment.status],
        "as_of": as_of(assessment.as_of) if assessment else "",
        "as_of_datetime": assessment.as_of.isoformat if assessment else "",
        "made_by": parts.stated_by((party.id for party in commitment.made_by), site),
        "due": _due(commitment, site.today),
        # On a day in the world, that nobody can say whether it had been made by then.
        "is_undated": site.reader.on is not None and commitment.made_on is None,
    }


def full(site: Site, commitment: Commitment, page: str, links: Links) -> dict[str, Any]:
    """A commitment as its priority's page shows it, with its evidence and its sources."""
    ours = {side.id for side in site.sides}
    return {
        **brief(site, commitment, page),
        "made_by_others": links.all(tuple(ref for ref in commitment.made_by if ref.id not in ours)),
        "made_at": links.to(commitment.made_at),
        "made_on": parts.when(commitment.made_on),
        "made_in": say(commitment.made_in),
        "evidence": [_evidence(site, each, links) for each in newest_first(commitment.assessments)],
        "note": say(commitment.note),
        "sources": parts.sources(commitment.sources, site, links),
    }


def newest_first(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Assessments by the day of the status or of the evidence, the newest first; undated ones last."""
    return sorted(assessments, key=lambda each: _day(each) or datetime.date.min, reverse=True)


def log(site: Site, commitments: Iterable[Commitment], links: Links) -> list[dict[str, Any]]:
    """Every assessment of all commitments, newest first: the status history of a priority."""
    found = [(commitment, each) for commitment in commitments for each in commitment.assessments]
    found.sort(key=lambda pair: _day(pair[1]) or datetime.date.min, reverse=True)
    return [
        {
            **_evidence(site, each, links),
            **parts.when(each.as_of or each.evidence_on),
            "statement": say(commitment.statement),
            "slug": commitment.slug,
        }
        for commitment, each in found
    ]


def _day(assessment: Assessment) -> datetime.date | None:
    return assessment.as_of.first if assessment.as_of else assessment.evidence_on


def _evidence(site: Site, assessment: Assessment, links: Links) -> dict[str, Any]:
    return {
        "finding": say(assessment.finding),
        **parts.when(assessment.evidence_on),
        "status": assessment.status,
        "status_label": STATUSES[assessment.status] if assessment.status else "",
        "source": parts.source(assessment.source, site, links),
    }


def _due(commitment: Commitment, today: datetime.date) -> dict[str, Any] | None:
    """The day it was due, and whether that day has passed with no final status: said plainly, without a verdict."""
    due: PartialDate | None = commitment.due_on
    if due is None:
        return None
    return {**parts.when(due), "passed": due.until <= today and commitment.status not in FINAL}

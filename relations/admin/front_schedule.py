"""The front page's schedule: what goes live next, and what has missed its time or is no longer up to date."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from relations.models import BY_KIND, Edition, Release

from .headlines import Headline

FEW = 5


@dataclass
class Planned:
    """What goes live at one instant, as one release or as one record by itself."""

    at: datetime.datetime
    release: str = ""
    headlines: list[Headline] = field(default_factory=list)
    # Records of it that were made before a fix which goes live earlier.
    outdated: list[Headline] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.headlines)

    @property
    def more(self) -> int:
        return self.count - 1


def context(user: User, now: datetime.datetime) -> dict[str, Any]:
    """What the template shows of it. Two queries."""
    planned = _planned(user, now) if user.has_perm("relations.view_edition") else []
    return {
        "planned": planned[:FEW],
        "planned_count": sum(each.count for each in planned),
        "planned_url": f"{reverse('admin:relations_edition_changelist')}?when=scheduled",
        "outdated": [headline for each in planned for headline in each.outdated],
        "late": _late(now) if user.has_perm("relations.manage_release") else [],
    }


def _planned(user: User, now: datetime.datetime) -> list[Planned]:
    """Everything that waits for its time, the next first. One query."""
    rows = Edition.objects.filter(live_from__gt=now).order_by("live_from", "kind", "slug", "pk").values_list(
        "live_from", "release__name", "kind", "record_id", "title_en", "title_fr", "based_on_digest", "previous_digest"
    )  # fmt: skip
    found: dict[tuple, Planned] = {}
    for at, release, kind, record_id, en, fr, based_on, previous in rows:
        if kind not in BY_KIND or not user.has_perm(f"relations.view_{kind}"):
            continue
        key = (at, release) if release else (at, record_id)
        planned = found.setdefault(key, Planned(at, release or ""))
        headline = Headline(kind, record_id, en, fr)
        planned.headlines.append(headline)
        if based_on != previous:
            planned.outdated.append(headline)
    return list(found.values())


def _late(now: datetime.datetime) -> list[tuple[Release, str]]:
    """Releases whose time came before anybody scheduled them, with their pages. One query."""
    late = Release.objects.filter(state=Release.State.OPEN, goes_live_at__lte=now).order_by("goes_live_at", "pk")
    return [(release, reverse("admin:relations_release_change", args=[release.pk])) for release in late]

"""The front page's readers: how many reports nobody has looked at, and the oldest of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from relations.models import Report
from relations.publishing.reports import RIGHT, State

FEW = 4


def context(user: User) -> dict[str, Any]:
    """What the template shows of it, to those who decide. Two queries."""
    if not user.has_perm(RIGHT):
        return {}
    found = Report.objects.filter(state=State.OPEN).order_by("made_at", "pk")
    url = f"{reverse('admin:relations_report_changelist')}?state__exact={State.OPEN}"
    return {"reports": found[:FEW], "reports_count": found.count(), "reports_url": url}

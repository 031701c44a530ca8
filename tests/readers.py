"""Readers who write: what a report of an error looks like on the desk."""

from __future__ import annotations

import uuid
from typing import Any

from relations.models import Report
from tests.cast import MIDDAY, World


def a_report(world: World, **fields: Any) -> Report:
    """What a reader says is wrong with the first edition of the world's fact."""
    given = {
        "fingerprint": uuid.uuid4().hex,
        "path": f"/{world.relationship.slug}/facts/{world.fact.slug}/editions/1/",
        "language": "en",
        "kind": "fact",
        "record_id": world.fact.pk,
        "edition_number": 1,
        "text": "The border is shorter.",
        "made_at": MIDDAY,
    }
    return Report.objects.create(**{**given, **fields})

"""Two versions of this software side by side, during a deploy or after a rollback: the older one reads on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relations.models import Edition
from tests.cast import live_world
from tests.site.visitor import get, whole

HOME = "norda-suda"
BELOW = (
    "", "facts/", "facts/?q=border", "facts.csv", "facts.json", "facts/border-length/", "facts/border-length/history/",
    "facts/border-length/editions/1/", "meetings/", "meetings/?year=2021", "meetings.ics", "meetings/first-call/",
    "meetings/first-call.ics", "officials/", "priorities/", "priorities/clean-water/", "statements/",
    "statements/good-neighbors/", "fact-sheets/roadmap/", "topics/border/", "changes/", "changes.atom",
)  # fmt: skip


def as_the_next_version_stores_it(data: Any) -> Any:
    """The same data with a field that this version does not know, in every part of it."""
    if isinstance(data, list):
        return [as_the_next_version_stores_it(each) for each in data]
    if not isinstance(data, dict):
        return data
    return {name: as_the_next_version_stores_it(value) for name, value in data.items()} | {"next": {"of": [1]}}


@pytest.mark.django_db
def test_every_page_reads_what_the_next_version_has_published(clock):
    live_world(clock)
    paths = [f"/en/{HOME}/{path}" for path in BELOW] + [
        "/en/officials/ana-holt/",
        "/en/sources/",
        "/en/search/?q=border",
    ]
    before = {path: whole(get(path)) for path in paths}
    for edition in Edition.objects.all():
        edition.document = json.dumps(as_the_next_version_stores_it(json.loads(edition.document)))
        edition.save()
    assert [path for path in paths if get(path).status_code != 200] == []
    assert [path for path in paths if whole(get(path)) != before[path]] == []

"""One walk over all pages of the site, and a clock for all who read it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import transaction

from relations.reading import clock as reading_clock
from tests.cast import Clock
from tests.pack import LOADED_AT, Snapshot

from .crawl import Crawl, crawl

TODAY = LOADED_AT + datetime.timedelta(days=2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The site's clock, which stands still two days after the content was loaded. Nothing else is patched."""
    standing = Clock(TODAY)
    monkeypatch.setattr(reading_clock, "now", standing)
    return standing


@pytest.fixture(scope="package")
def crawled(snapshot: Snapshot, django_db_blocker: Any) -> Crawl:
    """Every page of the loaded site that can be reached from the door, in both languages: walked once."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(reading_clock, "now", Clock(TODAY))
        snapshot.restore()
        found = crawl()
        transaction.set_rollback(True)
    return found

"""What the stories of releases share: words on the desk, and what readers find of them when."""

from __future__ import annotations

import datetime

from relations.documents import Text
from relations.models import Edition, Fact, Record, Source
from relations.publishing import save_revision
from relations.reading import at
from tests.cast import World

HOUR = datetime.timedelta(hours=1)
NOTE = Text(en="For the summit.", fr="Pour le sommet.")
# What the site says of facts before the release "Summit" and from its instant on.
BEFORE = {"border-length": "The border is long."}
AFTER = {"border-length": "Reworded.", "rivers": "The border is long."}


def reword(fact: Fact, words: str) -> None:
    Fact.objects.filter(pk=fact.pk).update(statement_en=words)
    save_revision(Fact.objects.get(pk=fact.pk), by=None)


def facts(world: World, instant: datetime.datetime) -> dict[str, str]:
    """What the site says of facts at an instant: words by address."""
    editions = at(instant).live("fact", relationship=world.relationship.pk)
    return dict(editions.values_list("slug", "title_en"))


def renamed(source: Source, title: str) -> Source:
    """The source under another title on the desk."""
    Source.objects.filter(pk=source.pk).update(original_title=title)
    source.refresh_from_db()
    save_revision(source, by=None)
    return source


def in_order(record: Record) -> None:
    """Checks that the editions of a record follow one another without a gap."""
    editions = list(Edition.objects.filter(record_id=record.pk).order_by("live_from"))
    assert [each.number for each in editions] == list(range(1, len(editions) + 1))
    assert [each.live_until for each in editions] == [*(each.live_from for each in editions[1:]), None]
    assert [each.previous_digest for each in editions] == ["", *(each.digest for each in editions[:-1])]

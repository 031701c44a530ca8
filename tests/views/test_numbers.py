"""Numbers give away nothing either: no list, search, count or total knows of what is not public."""

from __future__ import annotations

import datetime

import pytest

from relations.publishing import schedule
from tests.cast import live_world
from tests.site.shadow import shadow
from tests.site.visitor import get, whole

HOME = "/en/norda-suda"
# What the words of the small world, and of the records beside it, are found by.
ASKED = {
    "facts": "border", "meetings": "call", "officials": "premier", "priorities": "water",
    "statements": "neighbors", "fact-sheets": "roadmap",
}  # fmt: skip
DAY = datetime.timedelta(days=1)


def pages() -> dict[str, str]:
    """Every list as it is, as searched and as filtered; the home; the search of all. By address."""
    lists = [f"{HOME}/{name}/{query}" for name, q in ASKED.items() for query in ("", f"?q={q}", "?topic=border")]
    others = [f"{HOME}/", f"{HOME}/topics/border/", "/en/sources/?q=gazette", "/en/search/?q=border"]
    return {address: whole(get(address)) for address in (*lists, *others)}


def hide(world, clock) -> None:
    """A second record of each kind, which would be found by all of these questions: as a draft, and scheduled."""
    shadow_words = {"statement_en": "The border.", "quote_en": "Good neighbors.", "name_en": "Clean water, border."}
    for name in ("draft", "scheduled"):
        records = shadow(world, name)
        for record in records:
            fields = {field: words for field, words in shadow_words.items() if hasattr(record, field)}
            fields |= {"title_en": "First call. Roadmap."} if hasattr(record, "title_en") else {}
            type(record).objects.filter(pk=record.pk).update(**fields)
        if name == "scheduled":
            schedule(records, at=clock.now + DAY, by=None, clock=clock)


@pytest.mark.django_db
def test_nothing_that_is_hidden_changes_a_number_on_any_list(clock):
    world = live_world(clock)
    before = pages()
    hide(world, clock)
    after = pages()
    assert [address for address in before if before[address] != after[address]] == []
    clock.now += DAY
    live = pages()
    assert [address for address in before if before[address] == live[address]] == []

"""Withdraw: the record leaves the site at once, and a notice with the public reason stays."""

from __future__ import annotations

import pytest

from relations import reading
from relations.documents import Text
from relations.models import Edition
from relations.publishing import NotLive, NotReady, current_generation, withdraw
from relations.publishing.lifecycle import MARGIN
from tests.cast import INSTANT, a_fact, put_live

WRONG = Text(en="The figure was wrong.", fr="Le chiffre était faux.")


@pytest.fixture
def withdrawn(live, clock, editor):
    """The fact of the world, withdrawn; the clock has moved to that moment. Gives the tombstone."""
    tombstone = withdraw(live.fact, reason=WRONG, by=editor, clock=clock)
    clock.now = tombstone.live_from
    return tombstone


def test_a_tombstone_says_what_it_was_and_why_it_went(withdrawn, live):
    first = Edition.objects.get(record_id=live.fact.pk, number=1)
    assert (withdrawn.number, withdrawn.is_tombstone, withdrawn.document) == (2, True, "")
    assert (withdrawn.slug, withdrawn.title_en, withdrawn.title_fr) == (first.slug, first.title_en, first.title_fr)
    assert (withdrawn.reason_en, withdrawn.reason_fr) == (WRONG.en, WRONG.fr)
    assert (first.live_until, withdrawn.previous_digest) == (withdrawn.live_from, first.digest)


def test_it_cannot_be_found_by_what_it_said(withdrawn):
    assert (withdrawn.search_en, withdrawn.search_fr, withdrawn.facets.count()) == ("", "", 0)


def test_it_can_be_read_until_the_very_moment(withdrawn, live):
    def read(instant):
        return reading.at(instant).item("fact", "border-length", relationship=live.relationship.pk)

    assert read(withdrawn.live_from - INSTANT).number == 1
    with pytest.raises(reading.Withdrawn):
        read(withdrawn.live_from)


def test_it_happens_a_moment_from_now(live, clock, editor):
    now, generation = clock.now, current_generation()
    tombstone = withdraw(live.fact, reason=WRONG, by=editor, clock=clock)
    assert (tombstone.live_from, current_generation()) == (now + MARGIN, generation + 1)


@pytest.mark.parametrize("reason", [Text(en="Wrong."), Text(fr="Faux."), Text(), Text(en=" ", fr=" ")])
def test_a_reason_is_due_in_both_languages(live, clock, editor, reason):
    with pytest.raises(NotReady, match="Give the reason in both languages"):
        withdraw(live.fact, reason=reason, by=editor, clock=clock)
    assert Edition.objects.filter(is_tombstone=True).count() == 0


def test_what_was_never_public_is_not_withdrawn(live, clock, editor):
    with pytest.raises(NotLive, match="is not on the site"):
        withdraw(a_fact(live, "draft"), reason=WRONG, by=editor, clock=clock)


def test_nothing_is_withdrawn_twice(withdrawn, live, clock, editor):
    with pytest.raises(NotLive):
        withdraw(live.fact, reason=WRONG, by=editor, clock=clock)


def test_it_can_come_back_and_the_notice_stays_in_the_past(withdrawn, live, clock):
    during = clock.now
    [back] = put_live(live.fact, clock=clock)
    assert (back.number, back.previous_digest) == (3, withdrawn.digest)
    with pytest.raises(reading.Withdrawn):
        reading.at(during).item("fact", "border-length", relationship=live.relationship.pk)
    assert reading.at(clock.now).item("fact", "border-length", relationship=live.relationship.pk).number == 3

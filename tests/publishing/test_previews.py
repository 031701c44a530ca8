"""Preview links, and rehearsals after which it is as if nobody had asked."""

from __future__ import annotations

import datetime

import pytest

from relations.models import Edition, Facet, Fact, Member, PreviewLink, PreviewOpening, Release
from relations.publishing import InThePast, current_generation, schedule
from relations.publishing.previews import (
    LONGEST,
    Ended,
    IsLive,
    Subject,
    TooLong,
    UnknownLink,
    link_of,
    note_opening,
    rehearse,
    revoke_preview,
    share_preview,
    subject_of,
    token_of,
)
from relations.reading import at
from tests import cast
from tests.cast import INSTANT

DAY = datetime.timedelta(days=1)


@pytest.fixture
def link(live, clock, editor):
    return share_preview(live.fact, made_for="A partner", until=clock.now + DAY, by=editor, clock=clock)


def release(*records, **fields) -> Release:
    """A release of these records that is being prepared."""
    new = Release.objects.create(name="Summit", **fields)
    for record in records:
        Member.objects.create(release=new, kind=record.KIND, record_id=record.pk)
    return new


def fact_says(instant, world) -> str:
    return at(instant).item("fact", "border-length", relationship=world.relationship.pk).title.en


def reword(world, words="Reworded.") -> None:
    Fact.objects.filter(pk=world.fact.pk).update(statement_en=words)


def ledger() -> list:
    """Everything that a rehearsal could leave behind."""
    editions = Edition.objects.order_by("pk").values_list()
    return [list(editions), Facet.objects.count(), Release.objects.count(), current_generation()]


# ---- links ---------------------------------------------------------------------------------------------------------


def test_a_link_is_found_by_its_token_until_it_expires(link, live, clock):
    assert subject_of(link_of(token_of(link), now=clock.now)) == Subject("fact", live.fact.pk)
    link_of(token_of(link), now=link.expires_at - INSTANT)
    with pytest.raises(Ended, match="expired"):
        link_of(token_of(link), now=link.expires_at)


def test_a_revoked_link_is_dead_at_once_and_for_good(link, clock):
    first = revoke_preview(link, clock=clock).revoked_at
    clock.advance(seconds=5)
    assert revoke_preview(link, clock=clock).revoked_at == first
    with pytest.raises(Ended, match="revoked"):
        link_of(token_of(link), now=clock.now)


def test_a_token_is_ours_as_a_whole_or_not_at_all(link, clock, django_assert_num_queries):
    good = token_of(link)
    identity, signature = good.split(".")
    other = ("1" if identity[0] == "0" else "0") + identity[1:]
    forged = [identity, f"{identity}.", f"{identity}.{signature[::-1]}", f"{other}.{signature}", f"{good}0", "", "."]
    for token in forged:
        with django_assert_num_queries(0), pytest.raises(UnknownLink):
            link_of(token, now=clock.now)


def test_a_link_that_was_never_made_is_unknown_even_if_it_is_signed(link, clock):
    token = token_of(link)
    PreviewLink.objects.all().delete()
    with pytest.raises(UnknownLink):
        link_of(token, now=clock.now)


def test_a_link_lives_some_days_at_most_and_never_ends_before_it_begins(live, clock, editor):
    for until, refusal in ((clock.now, InThePast), (clock.now + LONGEST + INSTANT, TooLong)):
        with pytest.raises(refusal):
            share_preview(live.fact, made_for="A partner", until=until, by=editor, clock=clock)
    assert not PreviewLink.objects.exists()


def test_an_opening_says_which_page_and_when(link, clock):
    note_opening(link, path="/en/" + "x" * 400, at=clock.now)
    [opening] = PreviewOpening.objects.all()
    assert (opening.link, opening.opened_at, len(opening.path)) == (link, clock.now, 300)


# ---- rehearsals ----------------------------------------------------------------------------------------------------


def test_a_record_is_rehearsed_as_last_saved_and_nothing_stays(live, clock):
    reword(live)
    before = ledger()
    with rehearse(Subject("fact", live.fact.pk), now=clock.now) as stage:
        assert fact_says(stage.instant, live) == "Reworded."
        assert (stage.edition.number, stage.is_unchanged) == (2, False)
    assert ledger() == before


def test_nothing_stays_of_a_rehearsal_that_fails(live, clock):
    before = ledger()
    with pytest.raises(ZeroDivisionError), rehearse(Subject("fact", live.fact.pk), now=clock.now):
        1 / 0  # noqa: B018
    assert ledger() == before


def test_it_says_when_there_is_nothing_new_to_see(live, clock):
    with rehearse(Subject("fact", live.fact.pk), now=clock.now) as stage:
        assert stage.is_unchanged


def test_a_release_is_rehearsed_whole_at_the_time_it_is_planned_for(live, clock):
    reword(live)
    new = cast.a_fact(live, "rivers")
    planned = clock.now + DAY
    subject = Subject("release", release(live.fact, new, goes_live_at=planned).pk)
    before = ledger()
    with rehearse(subject, now=clock.now) as stage:
        assert stage.instant == planned
        assert fact_says(planned, live) == "Reworded."
        assert at(planned).item("fact", "rivers", relationship=live.relationship.pk).number == 1
        assert fact_says(planned - INSTANT, live) == "The border is long."
    assert ledger() == before


def test_a_release_without_a_time_or_with_one_that_passed_is_rehearsed_now(live, clock):
    clock.advance(seconds=1)
    for planned in (None, clock.now - DAY):
        with rehearse(Subject("release", release(live.fact, goes_live_at=planned).pk), now=clock.now) as stage:
            assert stage.instant == clock.now


def test_what_is_scheduled_elsewhere_until_then_is_there_as_well(live, clock, editor):
    reword(live, "Scheduled on its own.")
    schedule([live.fact], at=clock.now + DAY, by=editor, clock=clock)
    subject = Subject("release", release(live.topic, goes_live_at=clock.now + 2 * DAY).pk)
    with rehearse(subject, now=clock.now) as stage:
        assert fact_says(stage.instant, live) == "Scheduled on its own."


def test_an_instant_that_is_taken_is_passed_by(live, clock, editor):
    reword(live, "Scheduled on its own.")
    planned = clock.now + DAY
    schedule([live.fact], at=planned, by=editor, clock=clock)
    reword(live, "In the release.")
    with rehearse(Subject("release", release(live.fact, goes_live_at=planned).pk), now=clock.now) as stage:
        assert fact_says(stage.instant, live) == "In the release."


def test_a_scheduled_release_is_read_where_it_stands(live, clock, editor, django_assert_num_queries):
    reword(live, "As scheduled.")
    [edition] = schedule([live.fact], at=clock.now + DAY, by=editor, clock=clock, release="Summit")
    reword(live, "Changed since.")
    subject = Subject("release", edition.release_id)
    with django_assert_num_queries(1), rehearse(subject, now=clock.now) as stage:
        instant = stage.instant
    assert fact_says(instant, live) == "As scheduled."


def test_what_went_live_is_read_on_the_site(live, clock, editor):
    reword(live)
    [edition] = schedule([live.fact], at=clock.now + DAY, by=editor, clock=clock, release="Summit")
    with pytest.raises(IsLive), rehearse(Subject("release", edition.release_id), now=edition.live_from):
        pass


@pytest.mark.parametrize("state", ["cancelled", "undone"])
def test_a_release_that_was_given_up_or_undone_shows_nothing(live, clock, state):
    subject = Subject("release", release(live.fact, state=state).pk)
    with pytest.raises(Ended, match="over"), rehearse(subject, now=clock.now):
        pass


def test_a_record_that_was_deleted_shows_nothing(live, clock):
    new = cast.a_fact(live, "rivers")
    subject = Subject("fact", new.pk)
    new.delete()
    with pytest.raises(Ended, match="over"), rehearse(subject, now=clock.now):
        pass


def test_a_rehearsal_costs_no_more_for_three_records_than_for_one(live, clock, django_assert_max_num_queries):
    def cost(*records) -> int:
        subject = Subject("release", release(*records).pk)
        with django_assert_max_num_queries(40) as counted, rehearse(subject, now=clock.now):
            pass
        return len(counted)

    assert cost(*(cast.a_fact(live, f"fact-{n}") for n in range(3))) <= cost(cast.a_fact(live, "one"))

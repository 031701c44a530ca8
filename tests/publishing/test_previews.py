"""Preview links, and rehearsals after which it is as if nobody had asked."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.documents import Text
from relations.models import Edition, Facet, Fact, Member, PreviewLink, PreviewOpening, Release
from relations.publishing import InThePast, current_generation, discard, publish, save_revision, schedule, withdraw
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

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


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


def withdrawn(world, **how) -> None:
    withdraw(world.fact, reason=Text(en="Wrong.", fr="Faux."), **how)


def discarded(world, **how) -> None:
    discard(world.fact, **how)


def published(world, **how) -> None:
    publish([world.fact], **how)


def scheduled(world, *, clock, **how) -> None:
    schedule([world.fact], at=clock.now + HOUR, clock=clock, **how)
    link_of(token_of(PreviewLink.objects.get()), now=clock.now + HOUR - INSTANT)
    clock.advance(hours=1)


@pytest.mark.parametrize("ending", [published, scheduled, withdrawn, discarded])
def test_a_link_for_a_record_ends_with_the_draft_that_it_was_made_for(link, live, clock, editor, ending):
    reword(live)
    save_revision(live.fact, by=cast.someone("writer"))
    clock.advance(seconds=1)
    ending(live, by=editor, clock=clock)
    clock.advance(seconds=2)
    with pytest.raises(Ended, match="over"):
        link_of(token_of(link), now=clock.now)
    again = share_preview(live.fact, made_for="The same", until=clock.now + DAY, by=editor, clock=clock)
    assert link_of(token_of(again), now=clock.now) == again


def test_nothing_that_happens_to_another_record_ends_a_link(link, live, clock, editor):
    cast.put_live(cast.a_fact(live, "rivers"), clock=clock)
    assert link_of(token_of(link), now=clock.now) == link


def test_an_opening_says_which_page_and_when(link, clock):
    note_opening(link, path="/en/" + "x" * 400, at=clock.now)
    [opening] = PreviewOpening.objects.all()
    assert (opening.link, opening.opened_at, len(opening.path)) == (link, clock.now, 300)


# ---- rehearsals ----------------------------------------------------------------------------------------------------


def test_a_record_is_rehearsed_as_last_saved_and_nothing_stays(live, clock):
    reword(live)
    before = ledger()
    with rehearse(Subject("fact", live.fact.pk), now=clock.now, alone=False) as stage:
        assert fact_says(stage.instant, live) == "Reworded."
        assert (stage.edition.number, stage.is_unchanged) == (2, False)
    assert ledger() == before


def test_nothing_stays_of_a_rehearsal_that_fails(live, clock):
    before = ledger()
    with pytest.raises(ZeroDivisionError), rehearse(Subject("fact", live.fact.pk), now=clock.now, alone=False):
        1 / 0  # noqa: B018
    assert ledger() == before


def test_it_says_when_there_is_nothing_new_to_see(live, clock):
    with rehearse(Subject("fact", live.fact.pk), now=clock.now, alone=False) as stage:
        assert stage.is_unchanged


def test_a_release_is_rehearsed_whole_at_the_time_it_is_planned_for(live, clock):
    reword(live)
    new = cast.a_fact(live, "rivers")
    planned = clock.now + DAY
    subject = Subject("release", release(live.fact, new, goes_live_at=planned).pk)
    before = ledger()
    with rehearse(subject, now=clock.now, alone=False) as stage:
        assert stage.instant == planned
        assert fact_says(planned, live) == "Reworded."
        assert at(planned).item("fact", "rivers", relationship=live.relationship.pk).number == 1
        assert fact_says(planned - INSTANT, live) == "The border is long."
    assert ledger() == before


def test_a_release_without_a_time_or_with_one_that_passed_is_rehearsed_now(live, clock):
    clock.advance(seconds=1)
    for planned in (None, clock.now - DAY):
        subject = Subject("release", release(live.fact, goes_live_at=planned).pk)
        with rehearse(subject, now=clock.now, alone=False) as stage:
            assert stage.instant == clock.now


def test_what_is_scheduled_elsewhere_until_then_is_there_as_well(live, clock, editor):
    reword(live, "Scheduled on its own.")
    schedule([live.fact], at=clock.now + DAY, by=editor, clock=clock)
    subject = Subject("release", release(live.topic, goes_live_at=clock.now + 2 * DAY).pk)
    with rehearse(subject, now=clock.now, alone=False) as stage:
        assert fact_says(stage.instant, live) == "Scheduled on its own."


def _others(world, clock, editor) -> None:
    """Colleagues have scheduled, for before the release: the topic, a new fact, and the release's own fact."""
    world.topic.name_en = "Scheduled on its own."
    world.topic.save()
    reword(world, "Scheduled on its own.")
    new = cast.a_fact(world, "rivers", statement_en="Scheduled on its own.")
    schedule([world.topic, world.fact, new], at=clock.now + DAY, by=editor, clock=clock)


@pytest.mark.parametrize("is_scheduled", [False, True])
def test_alone_a_release_shows_nothing_that_others_have_scheduled(live, clock, editor, is_scheduled):
    _others(live, clock, editor)
    reword(live, "In the release.")
    planned = clock.now + 2 * DAY
    shown = release(live.fact, goes_live_at=planned)
    if is_scheduled:
        [edition] = schedule([live.fact], at=planned, by=editor, clock=clock, release="Summit", pending="as_it_was")
        shown = edition.release
    before = ledger()
    with rehearse(Subject("release", shown.pk), now=clock.now, alone=True) as stage:
        assert stage.instant == planned
        said = {each.title.en for each in (at(planned).items(at(planned).live("fact", "topic")))}
        assert said == {"In the release.", "Border"}
        own = at(planned).editions("fact", "border-length", live.relationship.pk)
        assert [(each.number, each.title.en) for each in own] == [(2, "In the release."), (1, "The border is long.")]
        assert own[0].edition.previous_digest == own[1].digest
        assert own[1].live_until == own[0].live_from
    assert ledger() == before
    with rehearse(Subject("release", shown.pk), now=clock.now, alone=False):
        topic = at(planned).item("topic", "border", relationship=live.relationship.pk)
        assert topic.title.en == "Scheduled on its own."


def test_alone_it_cites_sources_as_they_are_public(live, clock, editor):
    live.source.original_title = "Scheduled on its own."
    live.source.save()
    schedule([live.source], at=clock.now + DAY, by=editor, clock=clock)
    reword(live)
    [edition] = schedule([live.fact], at=clock.now + 2 * DAY, by=editor, clock=clock, release="Summit")
    assert "Scheduled on its own." in edition.document
    with rehearse(Subject("release", edition.release_id), now=clock.now, alone=True) as stage:
        shown = at(stage.instant).item("fact", "border-length", relationship=live.relationship.pk)
        assert shown.title.en == "Reworded."
        assert "Scheduled on its own." not in shown.edition.document


def test_what_others_have_scheduled_costs_the_same_for_one_and_for_three(live, clock, editor):
    live.topic.name_en = "In the release."
    live.topic.save()
    [edition] = schedule([live.topic], at=clock.now + 2 * DAY, by=editor, clock=clock, release="Summit")
    subject, counted = Subject("release", edition.release_id), []
    for number in range(3):
        new = cast.a_fact(live, f"fact-{number}")
        cast.put_live(new, clock=clock)
        Fact.objects.filter(pk=new.pk).update(statement_en="Scheduled.")
        schedule([new], at=clock.now + DAY, by=editor, clock=clock)
        with CaptureQueriesContext(connection) as found, rehearse(subject, now=clock.now, alone=True):
            pass
        counted.append(len(found))
    assert len(set(counted)) == 1


def test_an_instant_that_is_taken_is_passed_by(live, clock, editor):
    reword(live, "Scheduled on its own.")
    planned = clock.now + DAY
    schedule([live.fact], at=planned, by=editor, clock=clock)
    reword(live, "In the release.")
    with rehearse(Subject("release", release(live.fact, goes_live_at=planned).pk), now=clock.now, alone=False) as stage:
        assert fact_says(stage.instant, live) == "In the release."


def test_a_scheduled_release_is_read_where_it_stands(live, clock, editor, django_assert_num_queries):
    reword(live, "As scheduled.")
    [edition] = schedule([live.fact], at=clock.now + DAY, by=editor, clock=clock, release="Summit")
    reword(live, "Changed since.")
    subject = Subject("release", edition.release_id)
    with django_assert_num_queries(1), rehearse(subject, now=clock.now, alone=False) as stage:
        instant = stage.instant
    assert fact_says(instant, live) == "As scheduled."


def test_what_went_live_is_read_on_the_site(live, clock, editor):
    reword(live)
    [edition] = schedule([live.fact], at=clock.now + DAY, by=editor, clock=clock, release="Summit")
    with pytest.raises(IsLive), rehearse(Subject("release", edition.release_id), now=edition.live_from, alone=False):
        pass


@pytest.mark.parametrize("state", ["cancelled", "undone"])
def test_a_release_that_was_given_up_or_undone_shows_nothing(live, clock, state):
    subject = Subject("release", release(live.fact, state=state).pk)
    with pytest.raises(Ended, match="over"), rehearse(subject, now=clock.now, alone=False):
        pass


def test_a_record_that_was_deleted_shows_nothing(live, clock):
    new = cast.a_fact(live, "rivers")
    subject = Subject("fact", new.pk)
    new.delete()
    with pytest.raises(Ended, match="over"), rehearse(subject, now=clock.now, alone=False):
        pass


def test_a_rehearsal_costs_no_more_for_three_records_than_for_one(live, clock, django_assert_max_num_queries):
    def cost(*records) -> int:
        subject = Subject("release", release(*records).pk)
        with django_assert_max_num_queries(40) as counted, rehearse(subject, now=clock.now, alone=False):
            pass
        return len(counted)

    assert cost(*(cast.a_fact(live, f"fact-{n}") for n in range(3))) <= cost(cast.a_fact(live, "one"))

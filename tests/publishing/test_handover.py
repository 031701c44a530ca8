"""A post changes hands in one step: staged on the desk, live together, and the texts that lag behind are found."""

from __future__ import annotations

import datetime
from functools import partial

import pytest

from relations import publishing, reading
from relations.documents import Held, freeze
from relations.models import Fact, Meeting, Move, Official, PartialDate, Post, Revision, Source
from relations.publishing.handover import BadNewcomer, HandOver, ask_for_review, hand_over
from relations.publishing.mentions import mentions
from tests import cast
from tests.cast import put_live

TODAY = cast.MIDDAY.date()
DAY = datetime.timedelta(days=1)


def on(day: datetime.date | str, precision: str = "day") -> PartialDate:
    date = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    return PartialDate(date=date, precision=precision)


@pytest.fixture
def ben(live, clock) -> Official:
    """A second official of the same party, live and without a term."""
    official = cast.an_official(live.one, live.source, "ben-reed")
    put_live(official, clock=clock)
    return official


def plan(live, **fields) -> HandOver:
    """Ana Holt leaves at the end of today and whoever is given follows tomorrow."""
    given = {"post": live.post, "source": live.source, "outgoing": live.term, "ends_on": on(TODAY)}
    if fields.get("incoming"):
        given["starts_on"] = on(TODAY + DAY)
    return HandOver(**{**given, **fields})


def newcomer(**fields) -> Official:
    given = {"name": "Cleo Vance", "sort_name": "Vance, Cleo", "slug": "cleo-vance", "grammatical_gender": "f"}
    return Official(**{**given, **fields})


def stage(wanted: HandOver, clock, **how):
    return hand_over(wanted, by=None, clock=clock, **how)


def holders(clock, day: datetime.date) -> set[str]:
    reader = reading.at(clock.now)
    officials = [item.document for item in reader.items(reader.live("official"))]
    return {each.name for each in officials for term in each.terms if term.held_on(day) is Held.YES}


def test_it_is_staged_on_the_desk_and_nothing_of_it_is_public(live, ben, clock):
    saves = Revision.objects.count()
    staged = stage(plan(live, incoming=ben), clock)
    assert staged.records == [live.official, ben]
    old = freeze(live.official).terms[0]
    assert (old.standing, old.last_on) == ("ended", on(TODAY))
    assert (staged.term.standing, staged.term.held_from, staged.term.capacity) == ("current", TODAY + DAY, "holder")
    assert Revision.objects.count() == saves + 2
    assert holders(clock, TODAY + DAY) == {"Ana Holt"}


def test_both_sides_go_live_at_one_instant(live, ben, clock):
    at = clock.now + 3 * DAY
    schedule = partial(publishing.schedule, at=at, by=None, clock=clock)
    stage(plan(live, incoming=ben), clock, then=schedule)
    clock.now = at - cast.INSTANT
    assert holders(clock, TODAY + DAY) == {"Ana Holt"}
    clock.now = at
    assert holders(clock, TODAY + DAY) == {"Ben Reed"}
    assert holders(clock, TODAY) == {"Ana Holt"}


def test_what_then_refuses_leaves_nothing_behind(live, ben, clock):
    late = partial(publishing.schedule, at=clock.now - DAY, by=None, clock=clock)
    with pytest.raises(publishing.InThePast):
        stage(plan(live, incoming=ben), clock, then=late)
    assert not ben.terms.exists()
    assert Official.objects.get(pk=live.official.pk).terms.get().standing == "current"


def test_somebody_new_comes_with_a_source_and_the_source_goes_live_too(live, clock):
    fresh = cast.a_source("announcement")
    staged = stage(plan(live, incoming=newcomer(), source=fresh), clock, then=partial(put_live_now, clock))
    official = Official.objects.get(slug="cleo-vance")
    assert (official.party, list(official.sources.all())) == (live.one, [fresh])
    assert list(staged.term.sources.all()) == [fresh]
    assert {type(record) for record in staged.records} == {Official, Source}
    assert holders(clock, TODAY + DAY) == {"Cleo Vance"}


def put_live_now(clock, records) -> None:
    put_live(*records, clock=clock)


def test_nobody_follows_and_the_post_is_vacant_until_somebody_does(live, ben, clock):
    stage(plan(live), clock, then=partial(put_live_now, clock))
    vacancy = live.post.vacancies.get()
    assert (vacancy.held_from, vacancy.held_until) == (TODAY + DAY, None)
    later = plan(live, outgoing=None, ends_on=None, incoming=ben, starts_on=on(TODAY + 9 * DAY))
    staged = stage(later, clock)
    assert live.post.vacancies.get().held_until == TODAY + 9 * DAY
    assert staged.records == [ben, live.post]


def test_days_known_to_the_month_stay_so(live, ben, clock):
    stage(plan(live, incoming=ben, ends_on=on("2026-03-05", "month"), starts_on=on("2026-04-09", "month")), clock)
    old, new = freeze(live.official).terms[0], freeze(ben).terms[0]
    assert (old.last_on.isoformat, new.held_from.isoformat) == ("2026-03", "2026-04")
    assert old.held_until.date == datetime.date(2026, 4, 1)


def test_who_was_only_named_for_the_post_now_holds_it(live, ben, clock):
    named = cast.a_term(ben, live.post, live.source, capacity="nominee", held_from=TODAY - 9 * DAY)
    stage(plan(live, incoming=ben), clock)
    named.refresh_from_db()
    assert (named.standing, named.held_until) == ("ended", TODAY + DAY)
    assert [term.capacity for term in ben.terms.order_by("position")] == ["nominee", "holder"]


@pytest.mark.parametrize(
    ("refusal", "wrong"),
    [
        (publishing.NothingChanged, {"outgoing": None, "ends_on": None, "incoming": None, "starts_on": None}),
        (publishing.refusals.WrongOrder, {"ends_on": None}),
        (publishing.refusals.WrongOrder, {"starts_on": None}),
        (publishing.refusals.WrongOrder, {"ends_on": on("2019-01-01")}),
        (publishing.refusals.WrongOrder, {"starts_on": on(TODAY - DAY)}),
        (BadNewcomer, {"incoming": newcomer(slug="ana-holt")}),
        (BadNewcomer, {"incoming": newcomer(name="")}),
    ],
)
def test_what_cannot_be_is_refused_by_name(live, ben, clock, refusal, wrong):
    with pytest.raises(refusal):
        stage(plan(live, **{"incoming": ben, "starts_on": on(TODAY + DAY), **wrong}), clock)
    assert live.official.terms.get().standing == "current"


def test_the_same_term_does_not_end_twice(live, ben, clock):
    stage(plan(live, incoming=ben), clock)
    with pytest.raises(publishing.NothingChanged):
        stage(plan(live, incoming=newcomer()), clock)
    assert not Official.objects.filter(slug="cleo-vance").exists()


def test_it_takes_the_right_to_change_officials_and_posts(live, ben, clock):
    with pytest.raises(publishing.NotAllowed):
        hand_over(plan(live, incoming=ben), by=cast.someone("stranger"), clock=clock)


def test_it_is_written_down_like_any_other_work(live, ben, clock):
    root = cast.someone("root", is_superuser=True)
    how = {"by": root, "clock": clock, "reason": "The swearing-in is at noon."}
    hand_over(plan(live, incoming=ben), by=root, clock=clock, then=partial(publishing.publish, **how))
    moves = Move.objects.filter(verb="publish", made_by=root)
    assert {(move.record_id, move.is_unreviewed) for move in moves} == {(live.official.pk, True), (ben.pk, True)}


# ---- texts that lag behind -----------------------------------------------------------------------------------------


def said(live, clock, slug: str, words: str, french: str = "Rien.") -> Fact:
    fact = cast.a_fact(live, slug, statement_en=words, statement_fr=french, figures=False)
    put_live(fact, clock=clock)
    return fact


def found(live, clock) -> dict[str, bool]:
    """Titles of the texts that name Ana Holt from today on, with whether they show her in her post."""
    Official.objects.filter(pk=live.official.pk).update(sort_name="Holt, Ana")
    official = freeze(Official.objects.get(pk=live.official.pk))
    named = mentions(official, freeze(live.post), on=clock.now.date(), at=clock.now)
    return {mention.title_en: mention.in_post for mention in named}


def test_texts_that_name_them_are_found_those_in_the_post_first(live, clock):
    said(live, clock, "weak", "Ms. Holt likes boats.")
    said(live, clock, "strong", "Premier Ana Holt speaks for Norda.")
    said(live, clock, "other", "The Holtman bridge is long.")
    Post.objects.filter(pk=live.post.pk).update(name_en="Premier of Norda", name_fr="Premier ministre de Norda")
    live.post.refresh_from_db()
    said(live, clock, "french", "Nothing.", "Le premier ministre Holt voyage.")
    assert list(found(live, clock).items()) == [
        ("Nothing.", True),
        ("Premier Ana Holt speaks for Norda.", True),
        ("Ms. Holt likes boats.", False),
    ]


def test_the_words_around_the_name_are_shown(live, clock):
    said(live, clock, "strong", f"{'A' * 100} Premier HOLT {'z' * 100}")
    Official.objects.filter(pk=live.official.pk).update(sort_name="Holt, Ana")
    official = freeze(Official.objects.get(pk=live.official.pk))
    [mention] = mentions(official, None, on=clock.now.date(), at=clock.now)
    [excerpt] = mention.excerpts
    assert (excerpt.where, excerpt.language, excerpt.name) == ("statement", "en", "HOLT")
    assert (len(excerpt.before), excerpt.before[0], excerpt.after[-1]) == (71, "…", "…")


def test_meetings_to_come_are_found_by_identity_and_those_over_are_not(live, clock):
    assert found(live, clock) == {}  # the first call was in 2021: she was there as what she was then
    coming = cast.a_meeting(live, "summit", title_en="Summit", title_fr="Sommet", starts_on=TODAY + 9 * DAY)
    put_live(coming, clock=clock)
    assert found(live, clock) == {"Summit": True}
    Meeting.objects.filter(pk=live.meeting.pk).update(title_en="Call with Holt", title_fr="Appel")
    put_live(live.meeting, clock=clock)
    assert found(live, clock) == {"Summit": True}


def test_drafts_and_what_other_people_said_are_not_listed(live, clock):
    cast.a_fact(live, "draft", statement_en="Holt drafts.", statement_fr="Holt.")
    put_live(cast.a_source("on-holt", original_title="All about Holt"), clock=clock)
    put_live(cast.a_statement(live, "quote", quote_en="I am Holt.", quote_fr="Holt."), clock=clock)
    assert found(live, clock) == {}


def test_one_query_however_many_texts(live, clock, django_assert_num_queries):
    official, post = freeze(live.official), freeze(live.post)
    for number in range(3):
        said(live, clock, f"fact-{number}", f"Ana Holt {number}.")
        with django_assert_num_queries(1):
            mentions(official, post, on=clock.now.date(), at=clock.now)


def test_what_is_asked_for_review_is_due_today_and_what_was_due_stays_so(live, clock):
    Fact.objects.filter(pk=live.fact.pk).update(review_by=TODAY - DAY)
    due = ask_for_review([live.fact, live.priority], on=TODAY, by=None)
    assert due == [live.priority]
    for record, day in ((live.fact, TODAY - DAY), (live.priority, TODAY)):
        record.refresh_from_db()
        assert record.review_by == day
    with pytest.raises(publishing.NotAllowed):
        ask_for_review([live.meeting], on=TODAY, by=cast.someone("stranger"))

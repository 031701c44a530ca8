"""The Hand-over page: one page from who leaves to what has to be read again."""

from __future__ import annotations

import datetime
import html

import pytest

from relations.models import Edition, Fact, Official, Release, Term
from relations.reading import clock
from tests import cast

from .conftest import signed_in, url

DAY = datetime.timedelta(days=1)


def words(response) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def page(live) -> str:
    return url(live.post, "hand_over")


@pytest.fixture
def ben(live) -> Official:
    official = cast.an_official(live.one, live.source, "ben-reed")
    cast.put_live(official, clock=cast.Clock(clock.now() - datetime.timedelta(minutes=9)))
    return official


def given(live, **changes) -> dict:
    today = clock.today()
    return {
        "ends_on": today.isoformat(),
        "ends_on_precision": "day",
        "follows": "known",
        "starts_on": (today + DAY).isoformat(),
        "starts_on_precision": "day",
        "capacity": "holder",
        "source": str(live.source.pk),
        **changes,
    }


def test_it_shows_who_leaves_and_offers_what_names_them(editor, live, page, ben):
    fact = cast.a_fact(live, "premier", statement_en="Premier Ana Holt leads.", statement_fr="Ana Holt dirige.")
    Official.objects.filter(pk=live.official.pk).update(sort_name="Holt, Ana")
    cast.put_live(fact, clock=cast.Clock(clock.now() - datetime.timedelta(minutes=5)))
    response = editor.get(page)
    assert "Ana Holt, Premier (2020-01-20 – )" in words(response)
    [shown] = response.context["mentions"]
    assert (shown["mention"].record_id, shown["is_ticked"]) == (fact.pk, True)
    assert "Premier Ana <mark>Holt</mark> leads." in words(response)


def test_it_is_written_on_the_desk_and_the_ticked_texts_are_due(editor, live, page, ben):
    fact = cast.a_fact(live, "premier", statement_en="Premier Ana Holt leads.", statement_fr="Ana Holt dirige.")
    Official.objects.filter(pk=live.official.pk).update(sort_name="Holt, Ana")
    cast.put_live(fact, clock=cast.Clock(clock.now() - datetime.timedelta(minutes=5)))
    data = given(live, official=str(ben.pk), review=[str(fact.pk), str(live.fact.pk), "junk"], _stage="1")
    response = editor.post(page, data)
    assert response.url == url(ben)
    assert Term.objects.get(official=ben).held_from == clock.today() + DAY
    assert Fact.objects.get(pk=fact.pk).review_by == clock.today()
    assert Fact.objects.get(pk=live.fact.pk).review_by is None  # not offered, so not taken
    assert Edition.objects.filter(record_id=ben.pk).count() == 1
    assert "1 text is on the list of what to check." in words(editor.get(response.url))


def test_somebody_new_is_written_down_and_submitted(editor, live, page):
    new = {"name": "Cleo Vance", "sort_name": "Vance, Cleo", "slug": "cleo-vance", "grammatical_gender": "f"}
    response = editor.post(page, given(live, follows="new", _submit="1", **new))
    cleo = Official.objects.get(slug="cleo-vance")
    assert response.url == url(cleo)
    assert {row.stage for row in Official.objects.all()} == {"submitted"}


def test_nobody_follows(editor, live, page):
    data = given(live, follows="nobody", starts_on="", _stage="1")
    assert editor.post(page, data).url == url(live.post)
    assert live.post.vacancies.get().held_from == clock.today() + DAY


def test_it_goes_into_a_release(editor, live, page, ben):
    release = Release.objects.create(name="Swearing-in")
    editor.post(page, given(live, official=str(ben.pk), release=str(release.pk), _release="1"))
    assert {member.record_id for member in release.members.all()} == {ben.pk, live.official.pk}


def test_a_manager_puts_it_live_with_a_reason_and_the_note_says_what_happened(manager, live, page, ben):
    data = given(live, official=str(ben.pk), _now="1")
    assert "Say why it cannot wait" in words(manager.post(page, data))
    assert not Term.objects.filter(official=ben).exists()
    assert manager.post(page, {**data, "reason": "It happens at noon."}).status_code == 302
    edition = Edition.objects.get(record_id=ben.pk, number=2)
    assert edition.change_note_en == "Ben Reed follows Ana Holt: Premier."
    assert edition.change_note_fr == "Ben Reed succède à Ana Holt\u00a0: Premier ministre."


def test_a_manager_gives_it_a_time(manager, live, page, ben):
    data = given(live, official=str(ben.pk), reason="Noon.", _later="1")
    assert "Choose when it goes live." in words(manager.post(page, data))
    assert manager.post(page, {**data, "at": "2199-01-01T12:00"}).status_code == 302
    pending = Edition.objects.filter(live_from__gt=clock.now())
    assert {edition.record_id for edition in pending} == {ben.pk, live.official.pk}
    assert len({edition.live_from for edition in pending}) == 1


def test_an_editor_is_not_offered_what_takes_a_colleague(editor, live, page):
    assert "Goes live now" not in words(editor.get(page))


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(editor, live, page):
    response = editor.post(page, given(live, ends_on="", official="", note_en="Hello", _stage="1"))
    for message in ("Say when the term ends.", "Choose who follows.", "Say it in both languages, or in none."):
        assert message in words(response)
    assert "Hello" in words(response)
    taken = {"name": "A", "sort_name": "A", "slug": "ana-holt", "grammatical_gender": "f"}
    response = editor.post(page, given(live, follows="new", _stage="1", **taken))
    assert "Another record of this kind has this address." in words(response)
    odd = editor.post(page, given(live, official="junk", source="junk", starts_on="soon", _stage="1"))
    assert odd.status_code == 200
    assert Official.objects.count() == 1


def test_a_refusal_is_said_on_the_page(editor, live, page, ben):
    data = given(live, official=str(ben.pk), starts_on="2019-01-01", _stage="1")
    assert "first day lies before the last day" in words(editor.post(page, data))


def test_whose_term_ends_can_be_chosen(editor, live, page, ben):
    second = cast.a_term(ben, live.post, live.source, capacity="acting")
    assert "Ben Reed, Premier" in words(editor.get(page))
    assert editor.get(f"{page}?term={second.pk}").context["outgoing"] == second
    assert editor.get(f"{page}?term=none").context["outgoing"] is None
    for junk in ("junk", "00000000-0000-0000-0000-000000000000"):
        assert editor.get(f"{page}?term={junk}").status_code == 404


def test_only_whoever_changes_officials_and_posts_comes_here(writer, live, page):
    assert writer.get(page).status_code == 200  # a writer stages; nothing of it is public
    assert "Hand over…" in words(writer.get(url(live.post)))
    stranger = signed_in("stranger")
    assert stranger.get(page).status_code == 403
    assert stranger.post(page, given(live, _stage="1")).status_code == 403


def test_it_costs_the_same_for_few_officials_and_for_many(editor, live, page, queries):
    queries(editor, page)
    few = queries(editor, page)
    for number in range(20):
        cast.a_source(f"source-{number}")
        cast.an_official(live.one, live.source, f"official-{number}")
    assert few == queries(editor, page) <= 20

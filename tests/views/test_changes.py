"""What changed between two days: the report in words, for people and for programs."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations import reading
from relations.documents import Text, handover
from relations.models import Edition, PartialDate
from relations.publishing import Erratum, Refusal, correct, publish, schedule, withdraw
from relations.publishing.handover import HandOver, hand_over
from relations.reading import changes
from tests import cast

REPORT = "/en/norda-suda/changes/"
ACTS = ["edit", "publish", "withdraw", "wait"]


@pytest.fixture
def world(db, clock):
    """On 2 March all went live; on the 4th a figure rose and a fact was added; on the 6th a statement was withdrawn."""
    world = cast.live_world(clock)
    clock.advance(days=2)
    cast.an_observation(world, world.fact, value=cast.Decimal("5600"), as_of=datetime.date(2026, 1, 1), position=2)
    cast.put_live(world.fact, clock=clock, note=Text(en="Newer.", fr="Plus récent."))
    clock.advance(seconds=5)
    cast.put_live(cast.a_fact(world, "ports", statement_en="There are ports."), clock=clock)
    clock.advance(days=2)
    withdraw(world.statement, reason=Text(en="Misheard.", fr="Mal entendu."), by=None, clock=clock)
    clock.advance(days=1)
    return world


def text(response) -> str:
    return response.content.decode()


def test_the_report_says_in_words_what_changed(client, world):
    page = text(client.get(f"{REPORT}?since=2026-03-03&until=2026-03-07"))
    assert "3 changes" in page
    assert "Figure up from 5,526.5 miles (2025) to 5,600 miles (2026)" in page
    assert "There are ports." in page
    assert "Fact added." in page
    assert "Published 4 March 2026" in page
    assert "Withdrawn: Misheard." in page


def test_only_what_lies_between_the_days(client, world):
    page = text(client.get(f"{REPORT}?since=2026-03-04&until=2026-03-07"))
    assert "1 change" in page
    assert "There are ports." not in page


def test_only_the_kinds_that_were_chosen(client, world):
    page = text(client.get(f"{REPORT}?since=2026-03-03&kind=statement"))
    assert "1 change" in page
    assert "Misheard." in page


def test_what_came_back_is_no_change(client, world, clock):
    for words in ("For a moment.", "The border is long."):
        world.fact.statement_en = words
        world.fact.save()
        cast.put_live(world.fact, clock=clock, note=Text(en="Back.", fr="Retour."))
        clock.advance(seconds=5)
    assert "0 changes" in text(client.get(f"{REPORT}?since=2026-03-06"))


def test_the_same_for_programs(client, world):
    data = client.get("/en/norda-suda/changes.json?since=2026-03-03&until=2026-03-07").json()
    assert [(each["kind"], each["what"], each["from"], each["to"]) for each in data["changes"]] == [
        ("fact", "changed", 1, 2),
        ("fact", "added", None, 1),
        ("statement", "withdrawn", 1, None),
    ]


def test_bad_days_are_named(client, world):
    page = text(client.get(f"{REPORT}?since=soon&until=2030-01-01"))
    assert "Write the day as in" in page
    assert "has not come yet" in page
    assert client.get("/en/norda-suda/changes.json?since=soon").status_code == 400


def test_nothing_that_is_scheduled_is_told(client, world, clock):
    schedule([cast.a_fact(world, "tonight", statement_en="Embargoed.")], at=clock() + datetime.timedelta(hours=1),
             by=None, clock=clock)  # fmt: skip
    assert "Embargoed" not in text(client.get(f"{REPORT}?since=2026-03-01"))


def test_it_costs_the_same_however_much_changed(client, world, clock, django_assert_num_queries):
    with django_assert_num_queries(5) as one:
        client.get(f"{REPORT}?since=2026-03-04")
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(f"{REPORT}?since=2026-03-01")


# --- posts that changed hands -----------------------------------------------------------------------------------------


@pytest.fixture
def handed_over(world, clock):
    """On 8 March Ben Reed followed Ana Holt in the one post; the record has said so since the day after."""
    clock.advance(days=2)
    newcomer = cast.an_official(world.one, world.source, "ben-reed", grammatical_gender="m")
    first = PartialDate(date=datetime.date(2026, 3, 8), precision="day")
    last = PartialDate(date=datetime.date(2026, 3, 7), precision="day")
    change_hands(HandOver(world.post, world.source, world.term, last, newcomer, first), clock)
    return world


def change_hands(plan: HandOver, clock) -> None:
    hand_over(plan, by=None, clock=clock, then=lambda records: cast.put_live(*records, clock=clock))


SINCE = "since=2026-03-08"


def test_a_post_that_changed_hands_is_one_sentence(client, handed_over):
    page = text(client.get(f"{REPORT}?{SINCE}"))
    assert "1 change<" in page
    assert "Ben Reed follows Ana Holt (from 8 March 2026)" in page
    assert "Published 9 March 2026" in page
    assert "standing" not in page
    assert 'href="/en/officials/ben-reed/"' in page


def test_it_is_a_sentence_in_french(client, handed_over):
    page = text(client.get(f"/fr/norda-suda/changes/?{SINCE}"))
    assert "Ben Reed succède à Ana Holt (à compter du 8 mars 2026)" in page


def test_programs_find_the_editions_below_the_sentence(client, handed_over):
    (change,) = client.get(f"/en/norda-suda/changes.json?{SINCE}").json()["changes"]
    assert (change["kind"], change["what"], change["title"]) == ("post", "handed_over", "Premier")
    assert change["words"] == "Ben Reed follows Ana Holt (from 8 March 2026)"
    assert {(each["title"], each["from"], each["to"]) for each in change["records"]} == {
        ("Ana Holt", 1, 2),
        ("Ben Reed", None, 1),
    }


def test_an_official_of_whom_more_is_new_stands_for_himself_too(client, world, clock):
    clock.advance(days=2)
    world.official.summary_en, world.official.summary_fr = "She led.", "Elle a dirigé."
    world.official.save()
    last = PartialDate(date=datetime.date(2026, 3, 7), precision="day")
    change_hands(HandOver(world.post, world.source, world.term, last), clock)
    changes = client.get(f"/en/norda-suda/changes.json?{SINCE}").json()["changes"]
    assert [(each["title"], each["words"]) for each in changes] == [
        ("Premier", "Ana Holt leaves the post vacant (from 8 March 2026)"),
        ("Ana Holt", "No longer in office: Premier (7 March 2026); added: summary"),
    ]


def test_posts_and_officials_are_kinds_apart(client, handed_over):
    posts = client.get(f"/en/norda-suda/changes.json?{SINCE}&kind=post").json()["changes"]
    people = client.get(f"/en/norda-suda/changes.json?{SINCE}&kind=official").json()["changes"]
    assert [each["title"] for each in posts] == ["Premier"]
    assert [(each["title"], each["words"]) for each in people] == [
        ("Ana Holt", "No longer in office: Premier (7 March 2026)"),
        ("Ben Reed", "Official added."),
    ]
    assert client.get(f"/en/norda-suda/changes.json?{SINCE}&kind=fact").json()["changes"] == []


def test_whoever_stays_in_the_post_is_not_forgotten(client, handed_over, clock):
    clock.advance(days=2)
    other = cast.an_official(handed_over.one, handed_over.source, "cy-orr")
    cast.a_term(other, handed_over.post, handed_over.source, held_from=datetime.date(2026, 3, 10))
    cast.put_live(other, clock=clock)
    assert "Cy Orr joins Ben Reed in the post (from 10 March 2026)" in text(client.get(f"{REPORT}?since=2026-03-10"))


def test_an_official_who_was_withdrawn_did_not_leave(client, world, clock):
    mistaken = cast.an_official(world.one, world.source, "ben-reed")
    cast.a_term(mistaken, cast.a_post(world.one, world.source, "envoy", role="envoy", name_en="Envoy"), world.source)
    cast.put_live(mistaken.terms.get().post, mistaken, clock=clock)
    clock.advance(days=2)
    withdraw(mistaken, reason=Text(en="No such person.", fr="Personne inexistante."), by=None, clock=clock)
    clock.advance(seconds=5)
    changes = client.get(f"/en/norda-suda/changes.json?{SINCE}").json()["changes"]
    assert [(each["title"], each["words"]) for each in changes] == [
        ("Envoy", "The record no longer names Ben Reed in this post"),
        ("Ben Reed", "Withdrawn: No such person."),
    ]


def test_a_day_in_the_world_that_passes_changes_nothing(client, handed_over, clock):
    clock.advance(days=2)
    assert "0 changes" in text(client.get(f"{REPORT}?since=2026-03-09"))


def test_a_post_that_is_accredited_elsewhere_is_not_ours(client, world, clock):
    far = cast.a_party("terra", world.source, iso2="XC", iso3="XCC")
    post = cast.a_post(world.one, world.source, "envoy", role="ambassador", accredited_to=far, name_en="Envoy to Terra")
    cast.put_live(far, post, clock=clock)
    clock.advance(days=2)
    official = cast.an_official(world.one, world.source, "ben-reed")
    cast.a_term(official, post, world.source)
    cast.put_live(official, clock=clock)
    changes = client.get(f"/en/norda-suda/changes.json?{SINCE}").json()["changes"]
    assert [each["title"] for each in changes] == ["Ben Reed"]


def test_hand_overs_cost_no_query(client, handed_over, clock, django_assert_num_queries):
    with django_assert_num_queries(5):
        client.get(f"{REPORT}?{SINCE}")


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_names_its_record_and_is_of_its_kind(client, world, clock):
    clock.advance(days=2)
    world.fact.statement_en = "The border is longer than was thought."
    world.fact.save()
    wrong, right = Text(en="Called long.", fr="Dite longue."), Text(en="It is longer.", fr="Elle est plus longue.")
    correct(world.fact, erratum=Erratum(wrong, right, 1, 2), by=None, clock=clock)
    clock.advance(seconds=5)
    page = text(client.get(f"{REPORT}?{SINCE}&kind=fact"))
    assert "2 changes" in page
    assert "Called long." in page
    (told,) = client.get(f"/en/norda-suda/changes.json?{SINCE}&kind=fact").json()["corrections"]
    assert (told["kind"], told["title"], told["first"]) == ("fact", "The border is longer than was thought.", 1)
    others = text(client.get(f"{REPORT}?{SINCE}&kind=priority"))
    assert "0 changes" in others
    assert ("Nothing changed" in page, "Nothing changed" in others) == (False, True)
    assert "Called long." not in others


# --- replayed ---------------------------------------------------------------------------------------------------------


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 4)), max_size=12))
def test_the_report_replayed_on_the_first_state_gives_the_second(db, monkeypatch, acts):
    """Whatever happened between, to facts and to who is in the post."""
    with transaction.atomic():
        clock = cast.Clock()
        world = cast.live_world(clock)
        other = cast.an_official(world.one, world.source, "ben-reed")
        records = [world.fact, cast.a_fact(world, "one"), cast.a_fact(world, "two"), world.official, other]
        since = clock()
        for act, which in acts:
            clock.advance(minutes=1)
            _do(act, records[which], world, clock)
        clock.advance(minutes=1)
        before, after = (_everything(instant) for instant in (since, clock()))
        found = changes.between(since, clock(), relationship=reading.at(since).relationship("norda-suda"))
        replayed = changes.replayed(before, found.records)
        assert {key: each.digest for key, each in replayed.items()} == {
            key: each.digest for key, each in after.items() if not each.is_tombstone
        }
        then, now = (_in_post(held) for held in (changes.in_office(before).held, changes.in_office(after).held))
        assert _in_post(handover.replayed(changes.in_office(before).held, found.posts)) == now
        assert bool(found.posts) == (then != now)
        transaction.set_rollback(True)


def _in_post(held) -> dict:
    return {post: set(people) for post, people in held.items() if people}


def _do(act: str, record, world, clock) -> None:
    """An official is edited by coming into the post, or by leaving it."""
    try:
        if act == "edit" and record.KIND == "fact":
            record.statement_en += " More."
            record.save()
        elif act == "edit":
            current = record.terms.filter(standing="current")
            current.update(standing="ended") or cast.a_term(record, world.post, world.source)
        elif act == "publish":
            publish([record], by=None, clock=clock)
        elif act == "withdraw":
            withdraw(record, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock)
    except Refusal:
        pass


def _everything(instant: datetime.datetime) -> changes.State:
    return {each.record_id: each for each in Edition.objects.covering(instant)}

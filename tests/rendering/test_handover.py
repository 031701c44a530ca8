"""A post that changed hands, in a sentence that says no more than the record."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import translation

from relations.documents.handover import State, hand_overs
from relations.models import Term
from relations.rendering import handover
from tests import cast
from tests.documents.test_handover import a_post, a_term, an_official

FIELDS = ("capacity", "standing", "held_until", "held_until_precision")
ANA = an_official("Ana Holt", a_term(1, "2020-01-20"))
LEFT = an_official("Ana Holt", a_term(1, "2020-01-20", "2026-02-14"))
LEFT_ONCE = an_official("Ana Holt", a_term(1, "2020-01-20", standing="ended_date_unverified"))
BEN = an_official("Ben Reed", a_term(2, "2026-02-15"))
CY = an_official("Cy Orr", a_term(3, "2026-03"))


def acting(name: str, number: int, *dates: str, **fields):
    return an_official(name, a_term(number, *dates, capacity="acting", **fields))


def said(before: list, after: list, *, was: str = "", now: str = "") -> str:
    """What is said of the post, which is vacant since ``was`` in the first state and since ``now`` in the second."""
    (found,) = hand_overs(State([a_post(vacant=was), *before]), State([a_post(vacant=now), *after]))
    return f"{handover.title(found)}: {handover.words(found)}"


STORIES = {
    "one follows the other": (
        partial(said, [ANA], [LEFT, BEN]),
        "Ben Reed follows Ana Holt (from 15 February 2026)",
    ),
    "some time lies between": (
        partial(said, [ANA], [LEFT, CY]),
        "Cy Orr follows Ana Holt (from March 2026; Ana Holt until 14 February 2026)",
    ),
    "no day is known": (
        partial(said, [ANA], [LEFT_ONCE, an_official("Ben Reed", a_term(2))]),
        "Ben Reed follows Ana Holt",
    ),
    "somebody acts": (
        partial(said, [ANA], [LEFT, acting("Ben Reed", 2, "2026-02-15")]),
        "Ben Reed (acting) follows Ana Holt (from 15 February 2026)",
    ),
    "who acted stays": (
        partial(said, [acting("Ana Holt", 1, "2025")], [an_official("Ana Holt", a_term(2, "2026-02"))]),
        "Ana Holt, until now acting, is now holder of the post (from February 2026)",
    ),
    "it is vacant": (
        partial(said, [ANA], [LEFT], now="2026-02-15"),
        "Ana Holt leaves the post vacant (from 15 February 2026)",
    ),
    "it is vacant, and nobody was recorded": (
        partial(said, [], [], now="2026-02"),
        "The post is vacant (from February 2026)",
    ),
    "a vacancy is filled": (
        partial(said, [], [BEN], was="2025-12-01"),
        "Ben Reed fills the vacant post (from 15 February 2026; vacant since 1 December 2025)",
    ),
    "a vacancy was none": (
        partial(said, [], [], was="2025-12-01"),
        "The post is no longer vacant; nobody is recorded in it",
    ),
    "nobody follows": (
        partial(said, [ANA], [LEFT]),
        "Ana Holt no longer holds the post (until 14 February 2026; no successor is recorded)",
    ),
    "nobody was recorded": (
        partial(said, [], [BEN]),
        "Ben Reed holds the post (from 15 February 2026; this record showed nobody in office before)",
    ),
    "the record was wrong": (
        partial(said, [ANA], [BEN]),
        "The record now names Ben Reed instead of Ana Holt (from 15 February 2026)",
    ),
    "the record says it no more": (
        partial(said, [ANA], []),
        "The record no longer names Ana Holt in this post",
    ),
    "somebody joins": (
        partial(said, [ANA], [ANA, BEN]),
        "Ben Reed joins Ana Holt in the post (from 15 February 2026)",
    ),
    "one of two leaves": (
        partial(said, [ANA, BEN], [LEFT, BEN]),
        "Ana Holt leaves the post, which Ben Reed still holds (until 14 February 2026)",
    ),
    "two come": (
        partial(said, [ANA], [LEFT, BEN, CY]),
        "In office now: Ben Reed (from 15 February 2026), Cy Orr (from March 2026); "
        "no longer: Ana Holt (until 14 February 2026)",
    ),
    "somebody came between": (
        partial(said, [ANA], [LEFT, acting("Ben Reed", 2, "2026-02-15", "2026-02-28"), CY]),
        "In office now: Cy Orr (from March 2026); no longer: Ana Holt (until 14 February 2026); "
        "also recorded now: Ben Reed (acting; 15 February 2026 – 28 February 2026)",
    ),
    "somebody is named": (
        partial(said, [ANA], [ANA, an_official("Ben Reed", a_term(2, capacity="nominee"))]),
        "Still in office: Ana Holt; named for the post: Ben Reed (nominee)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_it_reads_as_a_press_officer_would_write_it(story):
    told, expected = STORIES[story]
    assert told() == f"Ambassador: {expected}"


def test_it_reads_so_in_french():
    with translation.override("fr"):
        assert said([ANA], [LEFT, BEN]) == "Ambassadeur: Ben Reed succède à Ana Holt (à compter du 15 février 2026)"
        assert said([], [BEN], was="2025-12-01") == (
            "Ambassadeur: Ben Reed occupe le poste, jusque-là vacant "
            "(à compter du 15 février 2026; vacant depuis le 1er décembre 2025)"
        )
        assert (
            said([ANA], [LEFT_ONCE], now="2026-02")
            == "Ambassadrice: Ana Holt laisse le poste vacant (dès février 2026)"
        )
        assert said([ANA], [LEFT, CY]).endswith("(dès mars 2026; Ana Holt jusqu’au 14 février 2026)")


def test_the_ambassador_of_the_first_content(client, real, clock):
    """As if the record had first shown the one in office and the other only named, and then what it shows."""
    terms = Term.objects.filter(post__slug="ca-ambassador-us")
    old, new = terms.get(official__slug="kirsten-hillman", capacity="holder"), terms.get(official__slug="mark-wiseman")
    truth = {term.pk: {name: getattr(term, name) for name in FIELDS} for term in (old, new)}
    terms.filter(pk=old.pk).update(standing="current", held_until=None, held_until_precision="")
    terms.filter(pk=new.pk).update(capacity="designate")
    for days in (1, 2):
        clock.advance(days=days)
        cast.put_live(old.official, new.official, clock=clock)
        for key, fields in truth.items():
            terms.filter(pk=key).update(**fields)
    address = "/{}/united-states-canada/changes.json?since=2026-07-07"
    (change,) = client.get(address.format("en")).json()["changes"]
    assert (change["title"], change["words"], change["published"]) == (
        "Ambassador of Canada to the United States",
        "Mark Wiseman follows Kirsten Hillman (from 15 February 2026)",
        "2026-07-09",
    )
    (change,) = client.get(address.format("fr")).json()["changes"]
    assert (change["title"], change["words"]) == (
        "Ambassadeur du Canada aux États-Unis",
        "Mark Wiseman succède à Kirsten Hillman (à compter du 15 février 2026)",
    )

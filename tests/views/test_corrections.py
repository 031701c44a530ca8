"""The register of corrections: errors, apart from updates; old editions keep their text and gain a notice."""

from __future__ import annotations

import pytest

from relations.documents import Text
from relations.publishing.corrections import Erratum, correct
from tests import cast

REGISTER = "/en/norda-suda/corrections/"
FACT = "/en/norda-suda/facts/border-length/"
NOTICE = "This edition carried an error."


@pytest.fixture
def world(db, clock):
    """A fact whose second edition was wrong, put right by the third; a fourth is an ordinary update."""
    world = cast.live_world(clock)
    reword(world, clock, "The border is short.")
    clock.advance(days=1)
    world.fact.statement_en = "The border is long after all."
    world.fact.save()
    correct(
        world.fact,
        erratum=Erratum(
            wrong=Text(en="Called short.", fr="Dite courte."),
            right=Text(en="It is long.", fr="Elle est longue."),
            first_edition=2,
            last_edition=2,
            reported_by="A reader",
        ),
        by=None,
        clock=clock,
    )
    clock.advance(seconds=2)
    reword(world, clock, "The border is very long.")
    clock.advance(seconds=2)
    return world


def reword(world, clock, words: str) -> None:
    world.fact.statement_en = words
    world.fact.save()
    cast.put_live(world.fact, clock=clock, note=Text(en="Update.", fr="Mise à jour."))


def text(response) -> str:
    return response.content.decode()


def test_the_register_says_what_was_wrong_since_when_and_what_is_right(client, world):
    page = text(client.get(REGISTER))
    assert "1 correction" in page
    assert "Called short." in page
    assert "It is long." in page
    assert "In edition 2, since 2 March 2026; corrected on 3 March 2026." in page
    assert "Reported by A reader." in page


def test_in_french(client, world):
    page = text(client.get(REGISTER.replace("/en/", "/fr/")))
    assert "Dite courte." in page
    assert "Called short." not in page


def test_only_the_editions_that_carried_it_have_the_notice(client, world):
    assert [NOTICE in text(client.get(f"{FACT}editions/{number}/")) for number in (1, 2, 3, 4)] == [
        False, True, False, False,
    ]  # fmt: skip


def test_an_old_edition_keeps_its_text(client, world):
    assert "The border is short." in text(client.get(f"{FACT}editions/2/"))


def test_the_present_page_says_discreetly_what_was_put_right_and_leads_to_the_editions(
    client, world, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        page = text(client.get(FACT))
    line = page[page.index("Corrected on") :]
    assert "3 March 2026" in line
    assert "It said: Called short." in line
    assert f'href="{FACT}history/"' in line
    assert "Dite courte." in text(client.get(FACT.replace("/en/", "/fr/")))


def test_of_several_it_names_the_last_and_of_no_other_record_any(client, world, clock):
    world.fact.statement_en = "Again."
    world.fact.save()
    correct(world.fact, erratum=Erratum(Text(en="W", fr="F"), Text(en="R", fr="J"), 4, 4), by=None, clock=clock)
    clock.advance(seconds=2)
    page = text(client.get(FACT))
    assert "It said: W" in page
    assert "Called short." not in page
    assert "It said:" not in text(client.get("/en/norda-suda/meetings/first-call/"))


def test_so_does_the_home_of_a_relationship(client, world, clock, django_assert_max_num_queries):
    world.relationship.summary_en = "Two friends."
    world.relationship.save()
    correct(world.relationship, erratum=Erratum(Text(en="W", fr="F"), Text(en="R", fr="J"), 1, 1), by=None, clock=clock)
    clock.advance(seconds=2)
    with django_assert_max_num_queries(6):
        page = text(client.get("/en/norda-suda/"))
    assert "It said: W" in page
    assert "It said:" not in text(client.get(FACT.replace("facts/border-length/", "facts/")))


def test_nor_is_it_said_before_the_day_of_the_correction(client, world):
    assert "Corrected on" in text(client.get(FACT))
    assert "Corrected on" not in text(client.get(FACT.replace("/en/", "/en/@2026-03-02/")))


def test_before_it_was_corrected_nothing_was_said_of_it(client, world):
    assert "Nothing had to be corrected." in text(client.get("/en/@2026-03-02/norda-suda/corrections/"))


def test_it_costs_the_same_for_one_and_for_three(client, world, clock, django_assert_num_queries):
    edition = f"{FACT}editions/2/"
    with django_assert_num_queries(4):
        client.get(REGISTER)
    with django_assert_num_queries(5):
        client.get(edition)
    for number in (5, 6):
        world.fact.statement_en = f"Again {number}."
        world.fact.save()
        again = Erratum(Text(en="W", fr="F"), Text(en="R", fr="J"), 2, number - 1)
        correct(world.fact, erratum=again, by=None, clock=clock)
        clock.advance(seconds=2)
    with django_assert_num_queries(4):
        assert "3 corrections" in text(client.get(REGISTER))
    with django_assert_num_queries(5):
        assert text(client.get(edition)).count(NOTICE) == 3

"""Two changes of one text brought together."""

import datetime
from decimal import Decimal
from uuid import UUID

import pytest

from relations.documents import Citation, Cited, Fact, Observation, Ref, Text, Unit
from relations.documents.merge import merge
from relations.models import PartialDate

RELATIONSHIP = Ref(kind="relationship", id=UUID(int=1))
MILES = Unit(code="miles", name=Text(en="miles", fr="milles"), singular=Text(en="mile", fr="mille"))
NORTH, SOUTH, EAST = (Ref(kind="topic", id=UUID(int=number)) for number in (31, 32, 33))


def source(title: str = "Gazette") -> Citation:
    cited = Cited(title=title, publisher="Printer", source_kind="official", language="en")
    return Citation(source=Ref(kind="source", id=UUID(int=2)), cited=cited)


def figure(number: int, value: str = "5", **fields) -> Observation:
    given = {
        "id": UUID(int=number),
        "value": Decimal(value),
        "unit": MILES,
        "qualifier": "exact",
        "as_of": PartialDate(date=datetime.date(2020 + number, 1, 1), precision="year"),
        "source": source(),
    }
    return Observation(**{**given, **fields})


ONE, TWO, THREE, FOUR = map(figure, (1, 2, 3, 4))


def fact(en: str = "The border is long.", fr: str = "La frontière est longue.", **fields) -> Fact:
    given = {"id": UUID(int=9), "slug": "border", "relationship": RELATIONSHIP, "sources": (source(),)}
    return Fact(**{**given, "statement": Text(en=en, fr=fr), **fields})


def sides(merged) -> list[tuple[str, str]]:
    return [(each.label, each.by) for each in merged.differences]


def test_what_only_one_of_them_changed_is_taken():
    merged = merge(fact(), fact(en="The border is very long."), fact(fr="La frontière est très longue."))
    assert merged.document.statement == Text(en="The border is very long.", fr="La frontière est très longue.")
    assert sides(merged) == [("statement", "theirs"), ("statement", "mine")]
    assert merged.conflicts == []


def test_what_both_changed_alike_is_no_difference():
    merged = merge(fact(), fact(en="Long."), fact(en="Long."))
    assert (merged.document, merged.differences) == (fact(en="Long."), ())


def test_what_both_changed_otherwise_is_a_conflict_and_theirs_until_somebody_chooses():
    base, theirs, mine = fact(), fact(en="Theirs."), fact(en="Mine.")
    merged = merge(base, theirs, mine)
    (conflict,) = merged.conflicts
    assert (conflict.path, conflict.language) == ("statement.en", "en")
    assert (conflict.base, conflict.theirs, conflict.mine) == ("The border is long.", "Theirs.", "Mine.")
    assert merged.document.statement.en == "Theirs."
    chosen = merge(base, theirs, mine, choices={"statement.en": "mine"})
    assert (chosen.document.statement.en, chosen.conflicts) == ("Mine.", [])


def test_a_choice_may_go_against_what_only_one_changed():
    merged = merge(fact(), fact(en="Theirs."), fact(), choices={"statement.en": "mine"})
    assert merged.document == fact()


def test_sets_are_merged_by_element():
    base, theirs, mine = fact(topics=(NORTH, SOUTH)), fact(topics=(NORTH,)), fact(topics=(NORTH, SOUTH, EAST))
    merged = merge(base, theirs, mine, name=lambda ref: f"topic {ref.id.int}")
    assert merged.document.topics == (NORTH, EAST)
    assert [(each.by, each.base, each.theirs, each.mine) for each in merged.differences] == [
        ("theirs", "topic 32", "", "topic 32"),
        ("mine", "", "", "topic 33"),
    ]


def test_parts_are_merged_by_id_and_field():
    base = fact(observations=(ONE, TWO))
    theirs = fact(observations=(figure(1, "6"), TWO, THREE))
    mine = fact(observations=(figure(1, locator="p. 7"), TWO, FOUR))
    merged = merge(base, theirs, mine)
    assert merged.document.observations == (figure(1, "6", locator="p. 7"), TWO, FOUR, THREE)
    assert merged.conflicts == []
    assert merged.differences[0].path == f"observations[{UUID(int=1)}].value"
    assert merged.differences[0].label == "observation 1 (2021), value"


def test_a_part_that_one_removed_and_the_other_left_alone_is_gone():
    merged = merge(fact(observations=(ONE, TWO)), fact(observations=(TWO,)), fact(observations=(ONE, TWO)))
    assert merged.document.observations == (TWO,)


def test_a_part_that_one_removed_and_the_other_changed_has_to_be_chosen():
    base, theirs, mine = fact(observations=(ONE,)), fact(), fact(observations=(figure(1, "6"),))
    merged = merge(base, theirs, mine)
    (conflict,) = merged.conflicts
    assert (conflict.theirs, conflict.mine.startswith("value: 6; unit: miles")) == ("", True)
    assert merged.document.observations == ()
    back = merge(base, theirs, mine, choices={conflict.path: "mine"})
    assert back.document.observations == (figure(1, "6"),)


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        ((ONE, TWO, THREE), (THREE, ONE, TWO), (THREE, ONE, TWO)),
        ((THREE, ONE, TWO), (ONE, TWO, THREE), (THREE, ONE, TWO)),
        ((ONE, FOUR, TWO, THREE), (THREE, ONE, TWO), (THREE, ONE, FOUR, TWO)),
        ((TWO, ONE, THREE), (ONE, THREE, TWO), (TWO, ONE, THREE)),
    ],
)
def test_the_order_of_parts_is_a_change_of_its_own(theirs, mine, expected):
    merged = merge(fact(observations=(ONE, TWO, THREE)), fact(observations=theirs), fact(observations=mine))
    assert merged.document.observations == expected


def test_two_new_orders_are_a_conflict():
    base, theirs, mine = ((ONE, TWO, THREE), (TWO, ONE, THREE), (ONE, THREE, TWO))
    merged = merge(*(fact(observations=each) for each in (base, theirs, mine)))
    (conflict,) = merged.conflicts
    assert conflict.label == "observations: order"
    assert (conflict.theirs, conflict.mine) == (
        "observation 1 (2022); observation 2 (2021); observation 3 (2023)",
        "observation 2 (2021); observation 3 (2023); observation 1 (2022)",
    )


def test_a_source_in_other_words_is_the_same_source():
    base = fact(sources=(source("The Gazette"),))
    assert merge(base, fact(), fact(en="Mine.")).conflicts == []
    assert sides(merge(base, fact(), fact(en="Mine."))) == [("statement", "mine")]


def test_without_a_base_every_difference_has_to_be_chosen():
    merged = merge(None, fact(en="Theirs.", observations=(ONE,)), fact(en="Mine.", observations=(TWO,)))
    assert {each.by for each in merged.differences} == {"both"}
    assert merged.document.statement.en == "Theirs."
    assert len(merged.conflicts) == 3

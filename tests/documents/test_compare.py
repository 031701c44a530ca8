"""The difference of two documents, in words."""

import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from relations.documents import (
    Citation,
    Cited,
    Fact,
    Observation,
    Official,
    PostRef,
    Priority,
    Ref,
    Term,
    Text,
    Unit,
)  # fmt: skip
from relations.documents import Commitment as Promise
from relations.documents.compare import Change, Segment, compare, words
from relations.documents.wording import date_in_words
from relations.models import PartialDate

RELATIONSHIP = Ref(kind="relationship", id=UUID(int=1))
DOLLARS = Unit(code="dollars", name=Text(en="dollars", fr="dollars"), singular=Text(en="dollar", fr="dollar"))


def source(number: int = 2, title: str = "Gazette") -> Citation:
    cited = Cited(title=title, publisher="Printer", source_kind="official", language="en")
    return Citation(source=Ref(kind="source", id=UUID(int=number)), cited=cited)


def observation(number: int, value: str = "5", **fields) -> Observation:
    return Observation(
        id=UUID(int=number),
        value=Decimal(value),
        unit=DOLLARS,
        qualifier="about",
        as_of=PartialDate(date=datetime.date(2021, 2, 1), precision="month"),
        source=source(),
        **fields,
    )


def fact(**fields) -> Fact:
    given = {
        "id": UUID(int=9),
        "slug": "trade",
        "relationship": RELATIONSHIP,
        "statement": Text(en="Trade is large.", fr="Le commerce est important."),
        "sources": (source(),),
    }
    return Fact(**{**given, **fields})


def labels(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.label, change.kind) for change in changes]


def test_equal_documents_have_no_difference():
    assert compare(fact(), fact()) == []


def test_a_text_is_compared_word_by_word_in_each_language():
    (change,) = compare(fact(), fact(statement=Text(en="Trade is very large.", fr="Le commerce est important.")))
    assert (change.label, change.language, change.kind) == ("statement", "en", "changed")
    assert change.segments == (Segment("same", "Trade is "), Segment("added", "very "), Segment("same", "large."))


def test_a_language_that_is_new_is_added():
    (change,) = compare(fact(statement=Text(en="Trade is large.")), fact())
    assert (change.language, change.kind, change.new) == ("fr", "added", "Le commerce est important.")


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("a b", "a b"), ("one two three", "one 2 3"), ("5,525 miles", "5,526 miles"), ("a\nb", "a\n\nb")],
)
def test_segments_put_together_are_the_two_texts(old, new):
    segments = words(old, new)
    assert "".join(each.text for each in segments if each.kind != "added") == old
    assert "".join(each.text for each in segments if each.kind != "removed") == new


def test_a_number_differs_as_a_whole():
    assert words("5,525 miles", "5,526 miles")[0] == Segment("removed", "5,525")


def test_long_texts_are_not_compared_for_ever():
    assert [each.kind for each in words("a b " * 3000, "b c " * 3000)] == ["removed", "added"]


def test_a_new_part_holds_what_it_says():
    (change,) = compare(fact(), fact(observations=(observation(3),)))
    assert (change.label, change.kind) == ("observation 1 (February 2021)", "added")
    assert [(each.label, each.new) for each in change.within] == [
        ("value", "5"),
        ("unit", "dollars"),
        ("qualifier", "about"),
        ("as of", "February 2021"),
        ("source", "Gazette"),
    ]


def test_a_part_is_known_by_its_id():
    before = fact(observations=(observation(3), observation(4)))
    after = fact(observations=(observation(4, "6"), observation(5)))
    _figure, *changes = compare(before, after)
    assert [change.kind for change in changes] == ["removed", "changed", "added"]
    assert [(each.old, each.new) for each in changes[1].within] == [("5", "6")]


def test_a_part_that_only_moved_says_so():
    one, two = observation(3), observation(4)
    (change,) = compare(fact(observations=(one, two)), fact(observations=(two, one)))
    assert (change.kind, change.old, change.new) in {("moved", "1", "2"), ("moved", "2", "1")}


def test_sources_are_a_set():
    changes = compare(fact(), fact(sources=(source(5, "Bulletin"),)))
    assert [(each.label, each.kind, each.old or each.new) for each in changes] == [
        ("sources", "removed", "Gazette"),
        ("sources", "added", "Bulletin"),
    ]


def test_the_same_source_in_other_words_is_a_change():
    (change,) = compare(fact(), fact(sources=(source(title="The Gazette"),)))
    assert (change.kind, change.old, change.new) == ("changed", "Gazette, Printer", "The Gazette, Printer")


def test_records_are_named_by_the_caller_and_not_given_away_otherwise():
    topic = Ref(kind="topic", id=uuid4())
    (change,) = compare(fact(), fact(topics=(topic,)))
    assert change.new == f"topic {str(topic.id)[:8]}"
    (change,) = compare(fact(), fact(topics=(topic,)), name=lambda ref: "Energy")
    assert change.new == "Energy"


def test_the_first_document_is_new_as_a_whole_without_what_nobody_filled_in():
    found = labels(compare(None, fact()))
    assert found == [
        ("address", "added"),
        ("relationship", "added"),
        ("statement", "added"),
        ("statement", "added"),
        ("sources", "added"),
    ]


def test_parts_of_parts_are_compared_too():
    def priority(text: str) -> Priority:
        promise = Promise(id=UUID(int=7), slug="pipes", statement=Text(en=text, fr="Poser."))
        return Priority(
            id=UUID(int=8),
            slug="water",
            relationship=RELATIONSHIP,
            name=Text(en="Water", fr="Eau"),
            commitments=(promise,),
        )

    (change,) = compare(priority("Lay pipes."), priority("Lay more pipes."))
    assert change.label == "commitment 1 (Lay more pipes.)"
    assert labels(change.within) == [("statement", "changed")]


def test_a_figure_says_which_way_it_went():
    (rise,) = compare(fact(observations=(observation(3, "5"),)), fact(observations=(observation(3, "6"),)))
    (fall,) = compare(fact(observations=(observation(3, "6"),)), fact(observations=(observation(3, "5"),)))
    assert [(each.trend, each.old, each.new) for each in (*rise.within, *fall.within)] == [
        ("up", "5", "6"),
        ("down", "6", "5"),
    ]


def test_a_place_in_a_list_is_no_figure():
    (change,) = compare(fact(), fact(position=4))
    assert (change.old, change.new, change.trend) == ("0", "4", "")


def test_a_list_of_days_is_compared_day_by_day():
    def official(*days: int) -> Official:
        post = PostRef(id=UUID(int=5), role="minister")
        attested = tuple(datetime.date(2021, 2, day) for day in days)
        term = Term(id=UUID(int=6), post=post, capacity="holder", standing="current", attested_on=attested)
        given = {"name": "Ana", "sort_name": "Ana", "grammatical_gender": "f"}
        return Official(id=UUID(int=7), slug="ana", party=Ref(kind="party", id=UUID(int=8)), terms=(term,), **given)

    (change,) = compare(official(1, 2), official(2, 3))
    assert [(each.kind, each.old or each.new) for each in change.within] == [
        ("removed", "1 February 2021"),
        ("added", "3 February 2021"),
    ]


def test_a_shared_word_between_longer_changes_belongs_to_them():
    assert [each.kind for each in words("one two three and four five six", "a b c and d e f")] == ["removed", "added"]
    assert [each.kind for each in words("one and two", "a and b")] == [
        "removed", "added", "same", "removed", "added",
    ]  # fmt: skip


def test_the_first_of_a_month_is_an_ordinal_in_french():
    with translation.override("fr"):
        assert [date_in_words(datetime.date(2021, 3, day)) for day in (1, 2)] == ["1er mars 2021", "2 mars 2021"]


def test_dates_and_numbers_are_in_the_active_language():
    before, after = fact(observations=(observation(3, "5525.5"),)), fact(observations=(observation(3, "5526.5"),))
    with translation.override("fr"):
        (change,) = compare(before, after)
    assert (change.within[0].old, change.within[0].new) == ("5\xa0525,5", "5\xa0526,5")


def test_yes_and_no():
    (change,) = compare(fact(), fact(verified=False))
    assert (change.old, change.new) == ("yes", "no")

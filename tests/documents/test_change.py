"""Differences in a line."""

from __future__ import annotations

from django.utils import translation

from relations.documents import Text
from relations.documents.compare import Change, compare, in_short
from tests.documents.test_compare import fact, observation


def test_changes_in_one_line():
    before = fact(observations=(observation(3),))
    after = fact(
        slug="commerce",
        statement=Text(en="Trade is very large.", fr="Le commerce est important."),
        observations=(observation(3, "6"), observation(4)),
        sources=(),
    )
    assert in_short(compare(before, after)) == (
        "address from “trade” to “commerce”; statement from “Trade is large.” to “Trade is very large.”; "
        "observation 1 (February 2021): value up from 5 to 6; 2 more changes"
    )
    assert in_short(compare(before, after), most=9).endswith("added: observation 2 (February 2021); removed: sources")
    assert in_short([]) == ""


def test_a_line_quotes_short_values_and_only_names_long_ones_and_pictures():
    changes = [
        Change("status", "changed", old="In progress", new="Met"),
        Change("source", "changed", old="A report", new="A report, " + "with a very long title " * 3),
        Change("title", "changed", "en", old="Call", new="Calls"),
        Change("portrait", "changed"),
    ]
    assert in_short(changes, most=4) == (
        "status from “In progress” to “Met”; source: changed; title from “Call” to “Calls”; portrait: changed"
    )


LONG = "The two countries share a border of which every mile was once measured by people on foot."


def reworded(new: str, fr: str = "Avant.") -> str:
    """A line about a running text that was LONG, and "Avant." in French."""
    before, after = Text(en=LONG, fr="Avant."), Text(en=new, fr=fr)
    return in_short(compare(fact(statement=before), fact(statement=after)))


def test_a_line_quotes_the_words_of_a_running_text_that_were_replaced():
    assert reworded(LONG.replace("mile", "yard")) == "statement: “yard” instead of “mile”"
    assert reworded(LONG.replace("every mile", "mile")) == "statement: “every” removed"
    assert reworded(LONG + " It is long.") == "statement: “It is long.” added"
    assert reworded(LONG.replace("The two", "Both").replace("foot", "skis")) == (
        "statement: “Both” instead of “The two”, “skis” instead of “foot”"
    )


def test_a_line_only_names_a_running_text_that_was_rewritten():
    assert reworded(LONG.replace("two", "2").replace("mile", "yard").replace("foot", "skis")) == "statement: changed"
    assert reworded("All of it is new, from the first word to the last, and none of it was here before today.") == (
        "statement: changed"
    )


def test_a_line_says_a_text_in_the_language_of_the_reader():
    assert reworded(LONG.replace("mile", "yard"), fr="Après.") == "statement: “yard” instead of “mile”"
    assert reworded(LONG, fr="Après.") == "statement (French) from “Avant.” to “Après.”"
    with translation.override("fr"):
        assert reworded(LONG.replace("mile", "yard"), fr="Après.") == "énoncé, de «\xa0Avant.\xa0» à «\xa0Après.\xa0»"

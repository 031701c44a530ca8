"""What readers want to know first of a difference."""

from __future__ import annotations

import datetime
from uuid import UUID

import pytest

from relations.documents import Assessment, Official, PostRef, Priority, Ref, Term, Text
from relations.documents import Commitment as Promise
from relations.documents.compare import compare, in_short
from relations.models import PartialDate
from tests.documents.test_compare import DOLLARS, RELATIONSHIP, fact, observation, source


def test_a_newer_figure_is_compared_with_the_one_that_it_replaces():
    newer = observation(4, "6").model_copy(
        update={"as_of": PartialDate(date=datetime.date(2022, 1, 1), precision="year")}
    )
    figure, added = compare(fact(observations=(observation(3),)), fact(observations=(observation(3), newer)))
    assert (figure.trend, figure.old, figure.new) == ("up", "5 dollars (February 2021)", "6 dollars (2022)")
    assert added.kind == "added"


def test_figures_in_different_units_are_not_compared():
    miles = DOLLARS.model_copy(update={"code": "miles"})
    newer = observation(4, "6").model_copy(update={"unit": miles, "rank": "preferred"})
    changes = compare(fact(observations=(observation(3),)), fact(observations=(observation(3), newer)))
    assert [change.kind for change in changes] == ["added"]


def test_a_line_does_not_name_again_what_the_figure_was_read_from():
    newer = observation(4, "6").model_copy(
        update={"as_of": PartialDate(date=datetime.date(2022, 1, 1), precision="year")}
    )
    changes = compare(fact(observations=(observation(3),)), fact(observations=(observation(3), newer)))
    assert in_short(changes) == "figure up from 5 dollars (February 2021) to 6 dollars (2022)"


def promised(*statuses: tuple[str, int]) -> Priority:
    """A priority with one commitment that was given these statuses in these years."""
    found = tuple(
        Assessment(
            id=UUID(int=50 + number),
            status=status,
            as_of=PartialDate(date=datetime.date(year, 1, 1), precision="year") if status else None,
            source=source(),
            finding=Text(en="Seen.", fr="Vu."),
        )
        for number, (status, year) in enumerate(statuses)
    )
    promise = Promise(id=UUID(int=7), slug="pipes", statement=Text(en="Lay pipes.", fr="Poser."), assessments=found)
    water = Text(en="Water", fr="Eau")
    return Priority(id=UUID(int=8), slug="water", relationship=RELATIONSHIP, name=water, commitments=(promise,))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([("in_progress", 2022)], ("met", 2024), "commitment “Lay pipes” moved from “In progress” to “Met” (2024)"),
        ([("met", 2022)], ("not_met", 2024), "commitment “Lay pipes” moved from “Met” to “Not met” (2024)"),
        ([], ("in_progress", 2022), "commitment “Lay pipes” assessed as “In progress” (2022)"),
        ([("met", 2022)], ("", 0), "commitment “Lay pipes”: new evidence, status still “Met”"),
        ([("met", 2022)], ("in_progress", 2020), "commitment “Lay pipes”: new evidence, status still “Met”"),
    ],
)
def test_a_commitment_moves_to_the_status_of_its_newest_assessment(before, after, said):
    assert in_short(compare(promised(*before), promised(*before, after))) == said


def test_a_status_whose_evidence_was_taken_back_is_none():
    assert in_short(compare(promised(("met", 2022)), promised())) == (
        "commitment “Lay pipes” moved from “Met” to “Not assessed”; "
        "commitment 1 (Lay pipes.): removed: assessment 1 (2022)"
    )


def test_the_end_of_a_term_is_said_in_words():
    def official(**fields) -> Official:
        post = PostRef(id=UUID(int=5), role="minister")
        term = Term(id=UUID(int=6), post=post, capacity="holder", **fields)
        given = {"name": "Ana", "sort_name": "Ana", "grammatical_gender": "f"}
        return Official(id=UUID(int=7), slug="ana", party=Ref(kind="party", id=UUID(int=8)), terms=(term,), **given)

    end = PartialDate(date=datetime.date(2024, 3, 1), precision="month")
    for fields, said in (({"held_until": end}, " (February 2024)"), ({}, "")):
        changes = compare(
            official(standing="current"), official(standing="ended", **fields), name=lambda ref: "Premier"
        )
        assert in_short(changes) == f"no longer in office: Premier{said}"

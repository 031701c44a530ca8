"""Who came into a post and who left it, by what two states of the record say."""

from __future__ import annotations

import datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from relations.documents import Citation, Cited, Official, Post, PostRef, Ref, Term, Text
from relations.documents.handover import HandOver, State, hand_overs, replayed
from relations.documents.post import Vacancy
from relations.models import PartialDate

PARTY = Ref(kind="party", id=UUID(int=1))
SOURCE = Citation(
    source=Ref(kind="source", id=UUID(int=2)),
    cited=Cited(title="Gazette", publisher="Printer", source_kind="official", language="en"),
)
NAMES = {"Ana Holt": "f", "Ben Reed": "m", "Cy Orr": "m"}


def day(text: str) -> PartialDate | None:
    precision = {4: "year", 7: "month", 10: "day"}.get(len(text))
    return precision and PartialDate(
        date=datetime.date.fromisoformat(text + "-01-01"[: 10 - len(text)]), precision=precision
    )


def a_term(number: int, since: str = "", last: str = "", *, post: int = 10, **fields) -> Term:
    """Current unless it has a last day."""
    end = day(last)
    given = {"capacity": "holder", "standing": "ended" if last else "current"}
    held_until = end and PartialDate(date=end.until, precision=end.precision)
    ref = PostRef(id=UUID(int=post), role="ambassador")
    return Term(id=UUID(int=number), post=ref, held_from=day(since), held_until=held_until, **{**given, **fields})


def an_official(name: str, *terms: Term) -> Official:
    given = {"slug": name, "party": PARTY, "sort_name": name, "grammatical_gender": NAMES[name], "terms": terms}
    return Official(id=UUID(int=100 + list(NAMES).index(name)), name=name, **given)


def a_post(number: int = 10, *, vacant: str = "") -> Post:
    empty = [Vacancy(id=UUID(int=900), held_from=day(vacant), source=SOURCE)] if vacant else []
    name = Text(en="Ambassador", fr="ambassadeur")
    given = {"slug": f"post-{number}", "party": PARTY, "role": "ambassador", "vacancies": tuple(empty)}
    return Post(id=UUID(int=number), name=name, name_feminine=Text(en="Ambassador", fr="ambassadrice"), **given)


def between(before: list, after: list) -> list[HandOver]:
    return hand_overs(State([a_post(), *before]), State([a_post(), *after]))


def names(people) -> list[str]:
    return [each.official.name for each in people]


def test_one_leaves_and_another_comes():
    before = [an_official("Ana Holt", a_term(1, "2020-01-20"))]
    after = [an_official("Ana Holt", a_term(1, "2020-01-20", "2026-03-01")), an_official("Ben Reed", a_term(2))]
    (found,) = between(before, after)
    assert (names(found.came), names(found.left), found.unsaid) == (["Ben Reed"], ["Ana Holt"], ())
    assert found.left[0].term.last_on == day("2026-03-01")


def test_other_dates_of_the_same_term_are_no_hand_over():
    before = [an_official("Ana Holt", a_term(1, "2020-01-20"))]
    assert between(before, [an_official("Ana Holt", a_term(1, "2020-02"))]) == []


def test_a_term_of_long_ago_that_is_written_down_now_is_no_hand_over():
    before = [an_official("Ana Holt", a_term(1, "2020-01-20"))]
    assert between(before, [*before, an_official("Ben Reed", a_term(2, "2016", "2020-01-19"))]) == []


def test_another_term_of_the_same_person_is_no_hand_over():
    before = [an_official("Ana Holt", a_term(1, "2020"))]
    assert between(before, [an_official("Ana Holt", a_term(1, "2020", "2024"), a_term(2, "2024"))]) == []


def test_a_term_that_is_gone_is_no_departure():
    before = [an_official("Ana Holt", a_term(1, "2020"))]
    for after in ([], [an_official("Ana Holt")], [an_official("Ana Holt", a_term(1, "2020", post=11))]):
        (found,) = between(before, after)
        assert (found.left, names(found.unsaid)) == ((), ["Ana Holt"])


def test_a_post_that_is_new_changes_no_hands():
    after = [an_official("Ana Holt", a_term(1))]
    assert hand_overs(State([]), State([a_post(), *after])) == []


def test_who_may_have_come_between_is_not_passed_over():
    before = [an_official("Ana Holt", a_term(1, "2020"))]
    ended = an_official("Ana Holt", a_term(1, "2020", "2024"))
    (found,) = between(
        before, [ended, an_official("Ben Reed", a_term(2, "2024", "2025")), an_official("Cy Orr", a_term(3))]
    )
    assert (names(found.came), names(found.passed)) == (["Cy Orr"], ["Ben Reed"])


PEOPLE = st.fixed_dictionaries(
    {
        name: st.lists(
            st.builds(
                a_term,
                st.integers(1, 6),
                st.sampled_from(["", "2020", "2024-05"]),
                st.sampled_from(["", "", "2025"]),
                post=st.sampled_from([10, 11]),
                capacity=st.sampled_from(["holder", "acting", "nominee"]),
            ),
            max_size=3,
            unique_by=lambda term: term.id,
        )
        for name in NAMES
    }
)
STATES = PEOPLE.map(
    lambda terms: State([a_post(), a_post(11), *(an_official(name, *own) for name, own in terms.items())])
)


@given(before=STATES, after=STATES)
def test_hand_overs_replayed_on_the_first_state_give_the_second(before, after):
    assert in_office(replayed(before.held, hand_overs(before, after))) == in_office(after.held)


def in_office(held) -> dict:
    """Who is in which post in which capacity."""
    return {post: {key: each.term.capacity for key, each in people.items()} for post, people in held.items() if people}

"""Whether someone held a post on a day: held, attested nearby, not recorded. Never a guess."""

from __future__ import annotations

import datetime
import uuid

from hypothesis import assume, given
from hypothesis import strategies as st

from relations.documents import Held, PostRef, Term
from relations.models import PartialDate

DAY = datetime.timedelta(days=1)
POST = PostRef(id=uuid.UUID(int=1), role="ambassador")
# Two years around a few month ends: what can go wrong does so near them.
DAYS = st.dates(datetime.date(2020, 11, 1), datetime.date(2022, 2, 28))


def a_term(held_from: str = "", held_until: str = "", *, standing: str = "ended", attested: str = "") -> Term:
    """Dates as people write them: "2021", "2021-03", "2021-03-05"; ``held_until`` is the last day named."""
    last = _partial(held_until)
    return Term(
        id=uuid.UUID(int=2),
        post=POST,
        capacity="holder",
        standing=standing,
        held_from=_partial(held_from),
        held_until=last and PartialDate(date=last.until, precision=last.precision),
        attested_on=[datetime.date.fromisoformat(day) for day in attested.split()],
    )


def _partial(text: str) -> PartialDate | None:
    if not text:
        return None
    precision = {4: "year", 7: "month", 10: "day"}[len(text)]
    return PartialDate(date=datetime.date.fromisoformat(text + "-01-01"[: 10 - len(text)]), precision=precision)


def answers(term: Term, *days: str) -> list[Held]:
    return [term.held_on(datetime.date.fromisoformat(day)) for day in days]


def test_ends_known_to_the_day_are_half_open():
    term = a_term("2021-03-05", "2021-06-30")
    days = ("2021-03-04", "2021-03-05", "2021-06-30", "2021-07-01")
    assert answers(term, *days) == [Held.NOT_RECORDED, Held.YES, Held.YES, Held.NOT_RECORDED]


def test_a_start_known_to_the_month_is_certain_from_its_last_day():
    term = a_term("2021-03", "2021-06")
    days = ("2021-02-28", "2021-03-30", "2021-03-31", "2021-06-01", "2021-06-02", "2021-07-01")
    assert answers(term, *days) == [
        Held.NOT_RECORDED, Held.UNCERTAIN, Held.YES, Held.YES, Held.UNCERTAIN, Held.NOT_RECORDED,
    ]  # fmt: skip


def test_a_current_term_is_open():
    assert answers(a_term("2021-03-05", standing="current"), "2021-03-04", "2199-01-01") == [
        Held.NOT_RECORDED,
        Held.YES,
    ]


def test_a_start_in_some_month_of_a_term_that_ended_some_time_shows_no_day():
    assert a_term("2021-03").certain is None


def test_attested_days_show_what_lies_between_them():
    term = a_term(attested="2021-05-01 2021-03-01")
    assert answers(term, "2021-02-28", "2021-04-15", "2021-05-02") == [Held.UNCERTAIN, Held.YES, Held.UNCERTAIN]


def test_an_attested_day_in_the_month_of_the_end_counts():
    term = a_term("2021-03-05", "2021-06", attested="2021-06-20")
    assert answers(term, "2021-06-20", "2021-06-21") == [Held.YES, Held.UNCERTAIN]


def test_a_term_without_any_date_is_never_certain_and_never_excluded():
    assert answers(a_term(), "1867-07-01", "2021-01-01") == [Held.UNCERTAIN, Held.UNCERTAIN]


PARTIAL = st.none() | st.builds(PartialDate, date=DAYS, precision=st.sampled_from(["day", "month", "year"]))


@given(start=PARTIAL, last=PARTIAL, attested=st.lists(DAYS, max_size=2), day=DAYS)
def test_the_answer_is_what_every_history_agrees_on(start, last, attested, day):
    """Against all (first day, last day) that the sources allow: held in all of them, in some, or in none."""
    until = last and PartialDate(date=last.until, precision=last.precision)
    term = Term(
        id=uuid.UUID(int=2), post=POST, capacity="holder", standing="ended",
        held_from=start, held_until=until, attested_on=attested,
    )  # fmt: skip
    firsts = _ends(start, day, attested)
    lasts = _ends(last, day, attested)
    known = [*attested]
    histories = [(a, z) for a in firsts for z in lasts if a <= z and all(a <= each <= z for each in known)]
    assume(histories)
    held = [a <= day <= z for a, z in histories]
    expected = Held.YES if all(held) else Held.UNCERTAIN if any(held) else Held.NOT_RECORDED
    assert term.held_on(day) is expected


def _ends(end: PartialDate | None, day: datetime.date, attested: list[datetime.date]) -> list[datetime.date]:
    """The days on which the term may have begun (or ended) that make a difference for this day."""
    if end is None:
        edges = {datetime.date(1900, 1, 1), datetime.date(2100, 1, 1), day, day - DAY, day + DAY, *attested}
        return sorted(edges)
    inside = {end.first, end.until - DAY, day, day - DAY, day + DAY, *attested}
    return sorted(each for each in inside if end.first <= each < end.until)


@given(start=PARTIAL, last=PARTIAL, first=DAYS, length=st.integers(1, 60))
def test_a_term_is_held_between_two_days_if_it_may_have_been_on_one_of_them(start, last, first, length):
    assume(start is None or last is None or start.first < last.until)
    until = last and PartialDate(date=last.until, precision=last.precision)
    term = Term(
        id=uuid.UUID(int=2), post=POST, capacity="holder", standing="ended", held_from=start, held_until=until
    )  # fmt: skip
    days = [first + n * DAY for n in range(length)]
    allowed = any(term.held_on(day) is not Held.NOT_RECORDED for day in days)
    assert term.held_between(first, first + length * DAY) is allowed

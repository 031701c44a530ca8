"""A date says as much as its source, and no more."""

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.models import PartialDate

DAY = datetime.timedelta(days=1)
ANY_DATE = st.builds(PartialDate, date=st.dates(), precision=st.sampled_from(["day", "month", "year"]))


@pytest.mark.parametrize(
    ("precision", "first", "until", "written"),
    [
        ("day", "2020-02-29", "2020-03-01", "2020-02-29"),
        ("month", "2020-02-01", "2020-03-01", "2020-02"),
        ("year", "2020-01-01", "2021-01-01", "2020"),
    ],
)
def test_a_leap_day_to_the_day_month_and_year(precision, first, until, written):
    date = PartialDate(date=datetime.date(2020, 2, 29), precision=precision)
    assert (str(date.first), str(date.until), date.isoformat) == (first, until, written)


@given(ANY_DATE)
def test_a_date_lies_in_the_days_that_it_can_mean(date):
    assert date.first <= date.date <= date.until
    assert date.date < date.until or date.until == datetime.date.max


@given(ANY_DATE.filter(lambda date: date.date.year < 9999))
def test_the_days_that_it_can_mean_are_whole_months_and_years(date):
    year, month = date.date.year, date.date.month
    days = {
        "day": 1,
        "month": calendar.monthrange(year, month)[1],
        "year": 366 if calendar.isleap(year) else 365,
    }
    assert (date.until - date.first).days == days[date.precision]


@given(ANY_DATE)
def test_what_is_written_is_the_start_of_every_day_it_can_mean(date):
    assert date.first.isoformat().startswith(date.isoformat)
    assert (date.until - DAY).isoformat().startswith(date.isoformat)


@given(ANY_DATE, ANY_DATE)
def test_dates_of_equal_precision_do_not_overlap_by_half(one, other):
    if one.precision == other.precision and one.first != other.first:
        assert one.until <= other.first or other.until <= one.first

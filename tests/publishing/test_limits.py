"""Doors: what they let through, for whom they are shut, and that no forged word opens them."""

from __future__ import annotations

import datetime

import pytest
from django.test import RequestFactory

from relations.models import Tries
from relations.publishing.limits import Door, enter, leave, network
from tests.cast import MIDDAY
from tests.publishing.test_concurrency import at_once

MINUTE = datetime.timedelta(minutes=1)
DOOR, OTHER = Door("one", 3, MINUTE), Door("other", 5, MINUTE)


def passed(*doors: Door, times: int, at: datetime.datetime = MIDDAY) -> int:
    return sum(enter(doors, at=at) for _time in range(times))


@pytest.mark.django_db
def test_a_door_lets_so_many_through_and_no_more():
    assert passed(DOOR, times=10) == 3


@pytest.mark.django_db
def test_it_opens_again_when_its_while_is_over_and_not_before():
    passed(DOOR, times=3)
    assert not enter([DOOR], at=MIDDAY + MINUTE - datetime.timedelta(microseconds=1))
    assert passed(DOOR, times=10, at=MIDDAY + MINUTE) == 3
    assert passed(DOOR, times=10, at=MIDDAY + datetime.timedelta(days=9)) == 3


@pytest.mark.django_db
def test_whoever_finds_one_shut_is_counted_at_none():
    passed(DOOR, times=3)
    assert not enter([DOOR, OTHER], at=MIDDAY)
    assert passed(OTHER, times=10) == 5


@pytest.mark.django_db
def test_a_right_try_is_taken_back_and_wrong_ones_stay():
    passed(DOOR, times=2)
    for _time in range(5):
        assert enter([DOOR], at=MIDDAY)
        leave([DOOR])
    assert passed(DOOR, times=10) == 1


@pytest.mark.django_db
def test_taking_back_what_was_never_counted_opens_nothing():
    leave([DOOR])
    passed(DOOR, times=3)
    Tries.objects.update(count=0)
    leave([DOOR])
    assert passed(DOOR, times=10) == 3


@pytest.mark.django_db
def test_a_flood_at_a_shut_door_writes_nothing(django_assert_num_queries):
    passed(DOOR, times=3)
    with django_assert_num_queries(1) as asked:
        enter([DOOR], at=MIDDAY)
    assert asked[0]["sql"].startswith("SELECT")


@pytest.mark.django_db
def test_counts_that_are_over_do_not_pile_up():
    for number in range(5):
        enter([Door(f"old {number}", 3, MINUTE)], at=MIDDAY)
    enter([DOOR], at=MIDDAY + datetime.timedelta(days=2))
    assert [row.door for row in Tries.objects.all()] == [DOOR.key]


@pytest.mark.django_db(transaction=True)
def test_workers_that_try_at_the_same_moment_share_one_count():
    results = at_once(*[lambda: enter([DOOR, OTHER], at=MIDDAY)] * 8)
    assert sorted(results) == [False] * 5 + [True] * 3
    assert Tries.objects.get(door=OTHER.key).count == 3


# ---- networks ---------------------------------------------------------------------------------------------------


def seen(address: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return network(RequestFactory().get("/", REMOTE_ADDR=address, **headers).META)


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_network_is_an_address_or_what_one_line_gets_of_addresses(address, known_as):
    assert seen(address) == known_as


@pytest.mark.parametrize("forged", ["203.0.113.9", "203.0.113.9, 198.51.100.1", "nonsense", ""])
def test_without_a_proxy_that_is_trusted_no_header_counts(settings, forged):
    settings.TRUST_PROXY = False
    assert seen("192.0.2.7", forged) == "192.0.2.7"


@pytest.mark.parametrize("before", ["", "203.0.113.9, ", "nonsense, 198.51.100.1 ,", "192.0.2.1,192.0.2.2,"])
def test_behind_one_only_what_the_proxy_saw_itself_counts(settings, before):
    settings.TRUST_PROXY = True
    assert seen("127.0.0.1", f"{before}192.0.2.7") == "192.0.2.7"


def test_a_proxy_that_says_nothing_is_taken_for_the_client(settings):
    settings.TRUST_PROXY = True
    assert seen("127.0.0.1") == "127.0.0.1"

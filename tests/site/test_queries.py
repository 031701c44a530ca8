"""How much each page asks of the database: little, and no more where there is more to show."""

import pytest
from django.core.cache import cache

from tests import cast
from tests.cast import Clock, World, live_world, put_live
from tests.effort import sample
from tests.readers import a_report
from tests.site.addresses import addresses, on_a_past_day, sampled
from tests.site.visitor import counted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MOST = 6
OF_A_PAST_DAY = 8  # a memento names its neighbors, which takes two


def slugs_of(world: World) -> dict[str, str]:
    return {record.KIND: record.slug for record in world.records}


def three_of_each(world: World, clock: Clock) -> None:
    """Two more of every kind in the world's relationship, all live, each named by others."""
    new = []
    for word in ("second", "third"):
        source = cast.a_source(f"source-{word}")
        official = cast.an_official(world.one, source, f"official-{word}")
        post = cast.a_post(world.one, source, f"post-{word}", role="deputy")
        term = cast.a_term(official, post, source)
        topic = cast.a_topic(world, f"topic-{word}")
        fact = cast.a_fact(world, f"fact-{word}")
        priority = cast.a_priority(world, f"priority-{word}")
        meeting = cast.a_meeting(world, f"meeting-{word}")
        meeting.priorities.set([world.priority, priority])
        statement = cast.a_statement(world, f"statement-{word}", speaker=term, meeting=world.meeting)
        sheet = cast.a_factsheet(world, f"sheet-{word}", {"fact": fact}, {"meeting": meeting}, {"fact": world.fact})
        new += [source, official, post, topic, fact, priority, meeting, statement, sheet]
    put_live(*new, clock=clock)


def test_every_page_asks_at_most_six_questions_and_no_more_for_three_of_each_than_for_one(clock):
    world = live_world(clock)
    a_report(world, pk=1)
    everywhere = sampled(addresses(slugs_of(world)))
    everywhere += sample(on_a_past_day(everywhere, clock.now.date()), 3)
    with_one = {str(each): counted(each.path) for each in everywhere}
    assert {
        name: response.status_code for name, (response, _n) in with_one.items() if response.status_code >= 400
    } == {}
    three_of_each(world, clock)
    cache.clear()  # of what is kept for an hour
    with_three = {str(each): counted(each.path)[1] for each in everywhere}
    most = {name: OF_A_PAST_DAY if name.endswith("on a day") else MOST for name in with_three}
    assert {name: n for name, n in with_three.items() if n > most[name]} == {}
    assert with_three == {name: n for name, (_response, n) in with_one.items()}


LISTS = ("facts", "meetings", "officials", "priorities", "statements", "factsheets", "sources", "search", "changes")


def test_a_list_on_a_day_asks_at_most_two_questions_more_than_today(clock):
    world = live_world(clock)
    lists = [each.path for each in addresses(slugs_of(world), languages=["en"]) if each.route in LISTS]
    one = in_both(lists, clock)
    assert len(one) == len(LISTS)
    assert {path: (now, then) for path, (now, then) in one.items() if not now < then <= now + 2} == {}
    three_of_each(world, clock)
    assert in_both(lists, clock) == one


def in_both(paths: list[str], clock: Clock) -> dict[str, tuple[int, int]]:
    """How many questions each page puts as it is now, and as it stood at the end of this day."""
    day = f"/en/@{clock.now:%Y-%m-%d}/"
    return {path: (asked_of(path), asked_of(path.replace("/en/", day, 1))) for path in paths}


def asked_of(path: str) -> int:
    response, queries = counted(path)
    assert response.status_code == 200, path
    return queries

"""Lists: what a query string leaves, what it counts, and how it is said."""

from __future__ import annotations

import datetime

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.documents import Text
from relations.publishing import withdraw
from tests import cast
from tests.effort import THOROUGH, sample

from .queries import EVIL_QUERIES, EVIL_VALUES

PARAMETERS = ["q", "topic", "by", "kind", "source", "from", "to", "sort", "page", "other"]


def slugs(listed) -> set[str]:
    return {edition.slug for edition in listed.qs}


def counts(listed, name: str) -> dict[str, int]:
    part = next(part for part in listed.facets() if part["name"] == name)
    return {option["value"]: option["count"] for option in part["options"]}


def disabled(listed, name: str) -> set[str]:
    part = next(part for part in listed.facets() if part["name"] == name)
    return {option["value"] for option in part["options"] if option["disabled"]}


# ---- what is left


def test_values_of_one_facet_are_joined_by_or(asked):
    assert slugs(asked("by=suda")) == {"crossings", "shared-waters"}
    assert slugs(asked("by=suda&by=neither")) == {"crossings", "shared-waters", "rumor", "undated"}


def test_different_facets_are_joined_by_and(asked):
    assert slugs(asked("topic=trade&by=norda")) == {"trade", "shared-waters"}
    assert slugs(asked("topic=trade&by=norda&kind=with")) == set()


def test_every_word_must_be_there_whatever_its_case_and_accents(asked):
    assert slugs(asked("q=QUEBEC")) == {"rumor"}
    assert slugs(asked("q=border+trade")) == {"trade"}
    assert slugs(asked("q=50%25")) == {"rumor"}
    assert slugs(asked("q=%25%25")) == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # Known to the month: any day of February touches it, the days beside do not.
        ("from=2021-02-28&to=2021-03-05&kind=with&by=suda", {"crossings"}),
        ("from=2021-03-01&to=2021-03-05&kind=with&by=suda", set()),
        ("from=2021-01-01&to=2021-01-31&kind=with&by=suda", set()),
        ("from=2021-02-26&to=2021-02-26&kind=without", {"trade", "shared-waters", "rumor"}),
        ("from=2021-02-27&to=2024-12-31&kind=without", set()),
        # One figure of 2021 and one of 2025: between them there is none.
        ("from=2022-01-01&to=2024-12-31", set()),
        ("from=2024-01-01", {"border-length"}),
        ("to=2020-12-31", set()),
    ],
)
def test_a_range_finds_what_has_a_date_that_touches_it(asked, query, found):
    assert slugs(asked(query)) == found


def test_the_usual_order_is_the_editors_and_the_newest_come_first_if_asked(asked):
    newest, oldest = ([each.slug for each in asked(f"sort={order}").qs] for order in ("newest", "oldest"))
    assert (newest[0], newest[-1]) == ("border-length", "undated")
    assert (oldest[-2], oldest[-1]) == ("border-length", "undated")


# ---- what is counted


def test_a_facet_ignores_its_own_choice_and_minds_all_others(asked):
    listed = asked("topic=border")
    assert counts(listed, "topic") == {"border": 4, "trade": 3}
    assert counts(listed, "by") == {"norda": 2, "suda": 2, "neither": 1}
    both = asked("topic=border&by=suda")
    assert counts(both, "topic") == {"border": 2, "trade": 1}
    assert counts(both, "by") == {"norda": 2, "suda": 2, "neither": 1}
    assert (both.counts.shown, both.counts.total) == (2, 6)


def test_counts_agree_with_what_choosing_would_show(asked):
    start = "q=e&by=norda&by=neither"
    for name in ("topic", "kind", "source"):
        for value, number in counts(asked(start), name).items():
            assert asked(f"{start}&{name}={value}").counts.shown == number, (name, value)


def test_an_option_without_results_is_disabled_but_stays_unless_it_is_chosen(asked):
    assert disabled(asked("by=neither"), "kind") == {"with"}
    assert disabled(asked("by=neither&kind=with"), "kind") == set()


def test_a_record_is_counted_once_though_it_is_stated_by_both(asked):
    assert asked("by=norda&by=suda").counts.shown == 4


@pytest.mark.parametrize(
    "query", ["", "topic=border&by=suda&kind=with&source=official&q=e&from=2020-01-01&sort=newest"]
)
def test_a_list_costs_three_queries_whatever_is_asked(asked, django_assert_num_queries, query):
    listed = asked(query)
    listed.site.sides  # noqa: B018 - of the frame, not of the list
    with django_assert_num_queries(3):  # what can be chosen, what is shown, all numbers
        list(listed.qs)
        listed.facets(), listed.sentence, listed.chips, listed.errors


# ---- what was typed


def test_an_unknown_value_is_named_beside_its_filter_and_left_out(asked):
    listed = asked("topic=border&topic=no-such&by=suda")
    assert not listed.is_valid()
    assert "no-such" in listed.errors["topic"][0]
    assert slugs(listed) == {"crossings", "shared-waters"}
    assert "no-such" not in listed.url()


def test_a_former_address_stays_valid_and_leads_to_the_present_one(asked, world, clock):
    world.topic.slug = "frontier"
    world.topic.save()
    cast.put_live(world.topic, clock=clock)
    listed = asked("topic=border")
    assert listed.is_valid()
    assert listed.counts.shown == 4
    assert listed.url().endswith("?topic=frontier")


def test_a_withdrawn_record_stays_valid(asked, world, clock):
    editor = cast.someone("editor")
    withdraw(world.topic, reason=Text(en="Gone.", fr="Retiré."), by=editor, clock=clock)
    clock.advance(minutes=1)
    listed = asked("topic=border")
    assert listed.is_valid()
    assert listed.counts.shown == 4


def test_what_is_not_yet_public_is_as_unknown_as_what_never_was(asked, world, clock):
    draft = cast.a_topic(world, "secret", name_en="Secret plan", name_fr="Plan secret")
    listed = asked(f"topic={draft.slug}")
    never = asked("topic=nothing")
    assert listed.errors["topic"][0] == never.errors["topic"][0].replace("nothing", "secret")
    assert "Secret plan" not in str(listed.facets())


@pytest.mark.parametrize("name", ["from", "to"])
def test_a_bad_date_is_named_and_kept(asked, name):
    listed = asked(f"{name}=2026-02-30&by=suda")
    assert list(listed.errors) == [name]
    assert listed.filters[name].part()["value"] == "2026-02-30"
    assert slugs(listed) == {"crossings", "shared-waters"}


def test_a_range_that_ends_before_it_starts_is_left_out(asked):
    listed = asked("from=2022-01-01&to=2021-01-01")
    assert list(listed.errors) == ["to"]
    assert listed.counts.shown == 6
    assert listed.chips == []


@pytest.mark.parametrize("typed", ["a" * 201, "+".join("abcdefghijk"), "x", "...", "%00"])
def test_a_search_is_neither_too_long_nor_too_short(asked, typed):
    listed = asked(f"q={typed}")
    assert list(listed.errors) == ["q"]
    assert listed.counts.shown == 6


def test_odd_query_strings_are_answered_like_any_other(asked, django_assert_max_num_queries):
    everywhere = ["&".join(f"{name}={value}" for name in PARAMETERS) for value in EVIL_VALUES]
    for query in [*EVIL_QUERIES, *sample(everywhere, 3)]:
        listed = asked(query)
        with django_assert_max_num_queries(4):  # one is the frame's
            list(listed.qs[:20])
            assert listed.sentence
            listed.facets(), listed.chips, listed.url()
            [each.part() for each in listed.in_order]


@settings(max_examples=60 if THOROUGH else 15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text(max_size=12)), max_size=8))
def test_any_text_in_any_parameter_is_answered(asked, pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    listed = asked(query.urlencode())
    assert listed.counts.shown == len(list(listed.qs))
    assert asked(listed.url().partition("?")[2]).is_valid()


# ---- how it is said


def test_a_list_is_said_as_a_sentence(asked):
    assert asked().sentence == "6 facts"
    listed = asked("topic=border&topic=trade&by=norda&sort=newest&from=2021-02-01&to=2021-02-28&q=waters")
    assert listed.sentence == (
        "1 fact of 6, containing “waters”, about “Border” or “Trade”, stated by Norda, "
        "dated from 1 February 2021 to 28 February 2021, newest first"
    )


def test_titles_are_in_the_language_of_the_page_only(asked):
    with translation.override("fr"):
        labels = [option["label"] for option in asked().facets()[0]["options"]]
    assert labels == ["Frontière", "Commerce"]


def test_each_chip_removes_one_value_and_nothing_else(asked):
    listed = asked("by=suda&junk=1&topic=trade&topic=border&page=3&sort=newest&q=e+a")
    assert listed.url() == "/en/norda-suda/facts/?q=e+a&topic=border&topic=trade&by=suda&sort=newest"
    removed = {chip["label"]: chip["remove_url"].partition("?")[2] for chip in listed.chips}
    assert removed == {
        "“e a”": "topic=border&topic=trade&by=suda&sort=newest",
        "Border": "q=e+a&topic=trade&by=suda&sort=newest",
        "Trade": "q=e+a&topic=border&by=suda&sort=newest",
        "Suda": "q=e+a&topic=border&topic=trade&sort=newest",
    }


def test_one_value_is_worth_an_index_entry_and_more_are_not(asked):
    assert asked().is_simple
    assert asked("topic=border").is_simple
    assert not asked("topic=border&topic=trade").is_simple
    assert not asked("q=border").is_simple
    assert not asked("sort=newest").is_simple


def test_the_first_and_the_last_day_there_are_make_no_trouble(asked):
    assert asked("to=9999-12-31").counts.shown == 5
    assert asked("from=0001-01-01").counts.shown == 5
    assert asked("from=0001-01-01").filters["from"].applied == [str(datetime.date.min)]

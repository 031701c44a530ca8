"""The list of sources, which all relationships share."""

from __future__ import annotations

from django.http import QueryDict
from django.utils import translation

from relations.filters.source import SourceFilter
from relations.reading import at
from relations.rendering.site import Site


def sources(clock, query: str = "") -> SourceFilter:
    return SourceFilter(QueryDict(query), Site(at(clock.now), "/en/sources/"))


def test_sources_can_be_told_apart_by_kind_speaker_and_date(world, clock):
    assert [each.slug for each in sources(clock, "kind=official&by=suda").qs] == ["suda-gazette"]
    assert {each.slug for each in sources(clock, "kind=news").qs} == {"news", "undated-news"}
    assert sources(clock, "from=2021-02-26&kind=news").counts.shown == 1


def test_languages_are_named_in_the_language_of_the_page(world, clock):
    with translation.override("fr"):
        listed = sources(clock, "language=en")
        option = next(part for part in listed.facets() if part["name"] == "language")["options"][0]
    assert (option["label"], option["count"], option["checked"]) == ("Anglais", 4, True)


def test_a_language_that_no_source_is_in_gives_an_empty_list_and_says_so(world, clock):
    listed = sources(clock, "language=xq")
    assert (listed.counts.shown, listed.sentence) == (0, "0 sources of 4, in xq")
    assert not sources(clock, "language=Klingon").is_valid()

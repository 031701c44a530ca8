"""The tests that look for leaks, tested: each mistake that somebody could make one day is planted, and found."""

from __future__ import annotations

import datetime

import pytest
from django.http import Http404, HttpRequest
from django.shortcuts import render

from relations import urls
from relations.feeds import sitemap
from relations.filters import counts
from relations.models.ledger import Edition
from relations.publishing import previews, schedule
from relations.reading import Item, Reader
from tests.cast import INSTANT, Clock, World, live_world, someone
from tests.site.shadow import hide_in_every_way, marks, public_titles, shadow
from tests.site.visitor import get, whole

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FACTS = "/en/norda-suda/facts/"


@pytest.fixture
def world(clock: Clock) -> World:
    """The small world, live."""
    return live_world(clock)


def leaks(*paths: str) -> set[str]:
    return {mark for path in paths for mark in marks(whole(get(path))) - public_titles()}


def test_an_unfiltered_site_map_is_found(world, clock, monkeypatch):
    hide_in_every_way(world, clock)
    clean = whole(get("/sitemap.xml"))
    monkeypatch.setattr(
        sitemap.RecordPages, "items", lambda self: [Item(each) for each in Edition.objects.filter(kind="fact")]
    )
    assert "/facts/fact-scheduled/" not in clean
    assert "/facts/fact-scheduled/" in whole(get("/sitemap.xml"))


def test_a_count_that_includes_what_is_not_public_is_found(world, clock, monkeypatch):
    """A number holds no words that could be searched for: it is found by comparing with and without."""

    def with_everything(listed):
        facets = [each for each in listed.filters.values() if isinstance(each, counts.Facet)]
        yield counts.ALL, Edition.objects.filter(kind=listed.noun), facets
        yield counts.SHOWN, Edition.objects.filter(kind=listed.noun), facets

    for planted in (None, with_everything):
        if planted:
            monkeypatch.setattr(counts, "_scopes", planted)
        before = whole(get(FACTS))
        name = f"{bool(planted)}".lower()
        schedule(shadow(world, name), at=clock.now + datetime.timedelta(days=1), by=someone("editor"), clock=clock)
        assert (whole(get(FACTS)) != before) is bool(planted)


def test_a_facet_that_offers_what_is_scheduled_is_found(world, clock, monkeypatch):
    hide_in_every_way(world, clock)
    assert leaks(FACTS) == set()
    monkeypatch.setattr(Reader, "changes", lambda self, relationship=None: Edition.objects.all())
    assert leaks(FACTS)


def test_a_preview_without_a_signature_is_found(world, clock, monkeypatch):
    world.fact.statement_en = "Only in a preview."
    world.fact.save()
    until = clock.now + datetime.timedelta(days=1)
    link = previews.share_preview(world.fact, made_for="A partner", until=until, by=someone("editor"), clock=clock)
    unsigned = f"/en/@{link.pk.hex}{FACTS.removeprefix('/en')}border-length/"
    assert get(unsigned).status_code == 404
    monkeypatch.setattr(previews.Signer, "unsign", lambda self, token: token)
    assert "Only in a preview." in whole(get(unsigned))


def test_a_404_that_is_kept_beyond_the_instant_is_found(world, clock, monkeypatch):
    hidden = shadow(world, "later")
    at = clock.now + datetime.timedelta(hours=5)
    schedule(hidden, at=at, by=someone("editor"), clock=clock)
    page = f"{FACTS}fact-later/"
    kept: dict[str, object] = {}

    def keeps(view):
        def answer(request: HttpRequest, *args, **kwargs):
            if request.path not in kept:
                try:
                    kept[request.path] = view(request, *args, **kwargs)
                except Http404:
                    kept[request.path] = render(request, "404.html", status=404)
            return kept[request.path]

        return answer

    for planted, expected in ((False, 200), (True, 404)):
        if planted:
            plant_cache(monkeypatch, keeps)
        clock.now = at - INSTANT
        assert get(page).status_code == 404
        clock.now = at
        assert get(page).status_code == expected


def plant_cache(monkeypatch, keeps) -> None:
    [route] = [each for each in urls.pages if each.name == "fact"]
    monkeypatch.setattr(route, "callback", keeps(route.callback))

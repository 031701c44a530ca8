"""The door of previews: who may look, at what, for how long; and that nothing of it stays or gets about."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from relations.models import Edition, Fact, PreviewOpening, Release
from relations.publishing import current_generation, schedule
from relations.publishing.previews import revoke_preview, token_of
from tests import cast
from tests.admin.conftest import signed_in

from .rehearsed import DAY, FACT, HEADERS, HOME, OTHER, SECRET, at_link, for_staff, link_to, release, text, world

__all__ = ["world"]  # a fixture


def ledger() -> list:
    return [*Edition.objects.order_by("pk").values_list("pk", "live_from", "live_until"), current_generation()]


# ---- one record ----------------------------------------------------------------------------------------------------


def test_a_link_leads_to_the_page_of_its_record(client, world, clock):
    link = link_to(world.fact, clock)
    before = ledger()
    response = client.get(at_link(link))
    assert response.url == at_link(link, FACT)
    page = client.get(response.url)
    assert SECRET in text(page)
    assert "Preview. Not public." in text(page)
    assert SECRET not in text(client.get(f"/en/{FACT}"))
    assert ledger() == before


def test_it_speaks_both_languages_and_the_switch_stays_inside(client, world, clock):
    link = link_to(world.fact, clock)
    assert f'href="{at_link(link, FACT, "fr")}"' in text(client.get(at_link(link, FACT)))
    assert f"{SECRET} (fr)" in text(client.get(at_link(link, FACT, "fr")))


@pytest.mark.parametrize("path", [f"{HOME}/topics/border/", f"{HOME}/", f"{HOME}/facts/?q=closed", "search/?q=closed"])
def test_a_link_for_one_record_shows_no_other_page(client, world, clock, path):
    response = client.get(at_link(link_to(world.fact, clock), path))
    assert (response.status_code, response.url) == (302, f"/en/{path}")
    assert SECRET not in text(client.get(response.url))
    assert OTHER not in text(client.get(response.url))


def test_its_page_shows_others_as_they_are_live(client, world, clock):
    page = text(client.get(at_link(link_to(world.fact, clock), FACT)))
    assert "Border" in page
    assert OTHER not in page


def test_the_page_of_an_unpublished_record_names_no_unpublished_neighbor(client, world, clock):
    fact = cast.a_fact(world, "rivers", statement_en=SECRET)
    fact.topics.set([cast.a_topic(world, "water", name_en="Never published")])
    page = client.get(at_link(link_to(fact, clock), f"{HOME}/facts/rivers/"))
    assert SECRET in text(page)
    assert "Never published" not in text(page)


def test_a_meeting_can_be_put_into_a_calendar(client, world, clock):
    world.meeting.title_en = SECRET
    world.meeting.save()
    path = f"{HOME}/meetings/first-call.ics"
    response = client.get(at_link(link_to(world.meeting, clock), path))
    assert SECRET in text(response)
    assert {name: response[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "kind", ["fact", "factsheet", "meeting", "official", "priority", "relationship", "source", "statement", "topic"]
)
def test_every_kind_with_a_page_has_a_preview(client, world, clock, kind):
    record = next(each for each in world.records if kind == each.KIND)
    response = client.get(client.get(at_link(link_to(record, clock))).url)
    assert response.status_code == 200
    assert "Preview. Not public." in text(response)


def test_a_kind_without_a_page_has_no_preview(client, world, clock):
    response = client.get(at_link(link_to(world.post, clock)))
    assert response.status_code == 410
    assert world.post.name_en not in text(response)


def test_a_page_whose_relationship_is_not_live_has_no_place_yet(client, db, clock):
    world = cast.world()
    response = client.get(at_link(link_to(world.fact, clock)))
    assert response.status_code == 410
    assert "the page has no place yet" in text(response)
    assert "The border is long." not in text(response)


# ---- a release -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [f"{HOME}/facts/", f"{HOME}/facts.json", f"{HOME}/facts.csv", "search/?q=closed"])
def test_a_release_shows_the_whole_site_as_it_will_be(client, world, clock, path):
    new = cast.a_fact(world, "rivers", statement_en="Closed rivers.")
    link = link_to(release(world.fact, new, goes_live_at=clock.now + DAY), clock)
    before = ledger()
    page = text(client.get(at_link(link, path)))
    assert "Said behind " in page
    assert " rivers." in page
    assert "Said behind " not in text(client.get(f"/en/{path}"))
    assert ledger() == before


@pytest.mark.parametrize("is_scheduled", [False, True])
def test_a_guest_of_a_release_reads_nothing_that_others_have_scheduled(client, world, clock, is_scheduled):
    new = cast.a_fact(world, "rivers", statement_en=f"{OTHER} Rivers.")
    schedule([world.topic, new], at=clock.now + DAY / 2, by=None, clock=clock)
    shown = release(world.fact, goes_live_at=clock.now + DAY)
    if is_scheduled:
        [edition] = schedule([world.fact], at=clock.now + DAY, by=None, clock=clock, release="Summit")
        shown = edition.release
    link, staff = link_to(shown, clock), signed_in("editor")
    below = ["", "facts/", "facts.json", "facts.csv", "changes/", "changes.atom", "facts/rivers/"]
    for path in ("search/?q=draft", FACT, f"{HOME}/topics/border/history/", *(f"{HOME}/{each}" for each in below)):
        assert OTHER not in text(client.get(at_link(link, path))), path
    assert SECRET in text(client.get(at_link(link, f"{HOME}/facts/")))
    assert OTHER in text(staff.get(for_staff("release", shown, f"{HOME}/facts/")))


def test_every_link_of_its_pages_stays_inside_but_the_way_out(client, world, clock):
    link = link_to(release(world.fact), clock)
    page = text(client.get(at_link(link, f"{HOME}/")))
    addresses = set(re.findall(r'(?:href|action)="(/[^"]*)"', page))
    inside = (at_link(link), at_link(link, language="fr"), "/static/")
    assert {each for each in addresses if not each.startswith(inside)} == {f"/en/{HOME}/"}


def test_a_scheduled_release_is_shown_as_it_was_scheduled(client, world, clock):
    [edition] = schedule([world.fact], at=clock.now + DAY, by=None, clock=clock, release="Summit")
    Fact.objects.filter(pk=world.fact.pk).update(statement_en="Changed since.")
    page = text(client.get(at_link(link_to(edition.release, clock), FACT)))
    assert SECRET in page
    assert "Changed since." not in page


def test_once_it_is_live_the_link_leads_to_the_site(client, world, clock):
    [edition] = schedule([world.fact], at=clock.now + DAY / 2, by=None, clock=clock, release="Summit")
    link = link_to(edition.release, clock)
    clock.now = edition.live_from
    response = client.get(at_link(link, f"{FACT}?on=2021-01-01"))
    assert (response.status_code, response.url) == (302, f"/en/{FACT}?on=2021-01-01")


def test_a_guest_does_not_learn_what_the_release_is_called_nor_where_the_desk_is(client, world, clock):
    page = text(client.get(at_link(link_to(release(world.fact), clock), f"{HOME}/")))
    assert "Summit" not in page
    assert "/admin/" not in page


# ---- the end of a link ---------------------------------------------------------------------------------------------


def test_a_revoked_link_shows_nothing_from_the_next_request_on(client, world, clock):
    link = link_to(world.fact, clock)
    assert client.get(at_link(link, FACT)).status_code == 200
    revoke_preview(link, clock=clock)
    for language in ("en", "fr"):
        response = client.get(at_link(link, FACT, language))
        assert response.status_code == 410
        assert SECRET not in text(response)
    assert "closed by those who made it" in text(client.get(at_link(link, FACT)))


def test_a_link_for_one_record_shows_no_later_draft(client, world, clock):
    link = link_to(world.fact, clock)
    cast.put_live(world.fact, clock=clock)
    Fact.objects.filter(pk=world.fact.pk).update(statement_en=OTHER)
    for path in ("", FACT):
        response = client.get(at_link(link, path))
        assert response.status_code == 410
        assert "not being prepared any more" in text(response)
        assert OTHER not in text(response)


def test_an_expired_link_shows_nothing(client, world, clock):
    link = link_to(world.fact, clock)
    clock.now = link.expires_at
    response = client.get(at_link(link, FACT))
    assert response.status_code == 410
    assert "has expired" in text(response)
    assert SECRET not in text(response)


def test_the_link_of_a_release_that_was_given_up_shows_nothing(client, world, clock):
    given_up = release(world.fact, state=Release.State.CANCELLED)
    response = client.get(at_link(link_to(given_up, clock), FACT))
    assert response.status_code == 410
    assert SECRET not in text(response)


# ---- nobody else ---------------------------------------------------------------------------------------------------


def test_whatever_we_did_not_sign_is_not_there(client, world, clock):
    link = link_to(world.fact, clock)
    identity, signature = token_of(link).split(".")
    answers = set()
    for stamp in (identity, f"{identity}.", f"{identity}.{signature[:-1]}", f"{identity}.{signature[::-1]}", "x.y"):
        response = client.get(f"/en/@{stamp}/{FACT}")
        answers.add((response.status_code, text(response).replace(stamp, "…")))
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_only_reading_is_possible(client, world, clock):
    address = at_link(link_to(world.fact, clock), FACT)
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("path", ["", FACT, f"{HOME}/facts/nobody/", f"{HOME}/meetings.ics", "sources/"])
def test_no_answer_of_the_door_is_kept_indexed_or_told_on(client, world, clock, path):
    dead, alive, whole = (link_to(what, clock) for what in (world.topic, world.fact, release(world.fact)))
    revoke_preview(dead, clock=clock)
    addresses = [at_link(link, path) for link in (dead, alive, whole)]
    addresses += [f"/en/@{'0' * 32}.x/{path}", for_staff("fact", world.fact, path)]
    for address in addresses:
        response = client.get(address)
        assert {name: response[name] for name in HEADERS} == HEADERS, address
        assert not response.cookies, address


def test_nothing_of_a_preview_stays_in_the_thread_that_showed_it(client, world, clock):
    client.get(at_link(link_to(release(world.fact), clock), f"{HOME}/facts/"))
    page = text(client.get(f"/en/{HOME}/facts/"))
    assert SECRET not in page
    assert "@" not in re.sub(r"[\w.]+@[\w.]+", "", page)


# ---- the log -------------------------------------------------------------------------------------------------------


def test_every_page_that_was_shown_is_noted_and_nothing_else(client, world, clock):
    link = link_to(release(world.fact), clock)
    client.get(at_link(link, FACT, "fr"))
    clock.advance(minutes=1)
    client.get(at_link(link, f"{HOME}/facts.json?topic=border"))
    client.get(at_link(link, f"{HOME}/facts/nobody/"))
    revoke_preview(link, clock=clock)
    client.get(at_link(link, FACT))
    noted = PreviewOpening.objects.order_by("opened_at").values_list("link", "path", "opened_at")
    assert list(noted) == [
        (link.pk, f"/fr/{FACT}", clock.now - datetime.timedelta(minutes=1)),
        (link.pk, f"/en/{HOME}/facts.json", clock.now),
    ]


def test_a_page_is_not_shown_if_its_opening_cannot_be_noted(world, clock, monkeypatch):
    link = link_to(world.fact, clock)

    def broken(*args, **kwargs):
        raise OSError("no space left")

    monkeypatch.setattr("relations.publishing.previews.note_opening", broken)
    response = Client(raise_request_exception=False).get(at_link(link, FACT))
    assert response.status_code == 500
    assert SECRET not in text(response)

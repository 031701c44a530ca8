"""Previews for staff, by their session and not by a link; and days that have not come. For nobody else."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from relations.models import PreviewOpening
from relations.publishing import schedule
from tests.admin.conftest import signed_in

from .rehearsed import DAY, FACT, HEADERS, HOME, OTHER, SECRET, for_staff, release, text, world

__all__ = ["world"]  # a fixture


def test_without_an_account_the_address_for_staff_leads_to_the_way_in_whatever_it_names(client, world):
    for kind, row in (("fact", world.fact), ("fact", world.topic), ("release", release(world.fact))):
        address = for_staff(kind, row, FACT)
        response = client.get(address)
        assert (response.status_code, response.url) == (302, f"/admin/login/?next={quote(address)}")


def test_staff_need_the_right_to_see_it_at_the_desk(world):
    address = for_staff("fact", world.fact, FACT)
    assert [signed_in(name).get(address).status_code for name in ("stranger", "writer", "editor")] == [404, 200, 200]
    visitor = signed_in("visitor")  # has an account, and is not of the staff
    assert visitor.get(address).status_code == 302


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_who_owes_a_second_factor_is_nobody_here_either(world, clock, settings, method):
    schedule([world.topic], at=clock() + DAY, by=None, clock=clock)
    settings.REQUIRE_SECOND_FACTOR = True
    ask, is_asked = getattr(signed_in("editor"), method), method != "post"
    for address in (for_staff("fact", world.fact, FACT), for_staff("release", release(world.fact), FACT)):
        response = ask(address)
        assert response.status_code == (302 if is_asked else 405)
        assert response.get("Location", "").startswith("/admin/login/") == is_asked
    ahead = ask(f"/en/@2026-03-03/{HOME}/topics/border/")
    assert ahead.status_code == (404 if is_asked else 405)
    assert OTHER not in text(ahead)


def test_the_way_in_leads_them_to_what_they_owe_and_from_there_back(world, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    address = for_staff("fact", world.fact, FACT)
    response = signed_in("editor").get(address, follow=True)
    assert response.redirect_chain[-1] == (f"/admin/account/?next={quote(address, safe='')}", 302)


def test_staff_see_what_guests_see_and_the_way_back(world, clock):
    page = text(signed_in("writer").get(for_staff("fact", world.fact, FACT)))
    assert SECRET in page
    assert f'href="/admin/relations/fact/{world.fact.pk}/change/"' in page
    assert not PreviewOpening.objects.exists()


# ---- a day that has not come ---------------------------------------------------------------------------------------

TOMORROW = f"/en/@2026-03-03/{FACT}"


@pytest.fixture
def tomorrow(world, clock):
    """The secret words of the fact are scheduled for tomorrow."""
    schedule([world.fact], at=clock() + DAY, by=None, clock=clock)


def test_whoever_sees_releases_reads_a_day_ahead_as_it_is_scheduled(tomorrow):
    response = signed_in("editor").get(TOMORROW)
    assert response.status_code == 200
    assert SECRET in text(response)
    assert "The whole site as it will be at the end of 3 March 2026" in text(response)
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert SECRET not in text(signed_in("editor").get(f"/en/@2026-03-02/{FACT}"))


@pytest.mark.parametrize("who", ["stranger", "visitor", None])
def test_nobody_else_reads_a_day_ahead(tomorrow, who):
    response = (signed_in(who) if who else Client()).get(TOMORROW)
    assert response.status_code == 404
    assert "has not come yet" in text(response)
    assert SECRET not in text(response)

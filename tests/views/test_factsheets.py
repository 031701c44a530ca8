"""Fact sheets: what was said on one day, beside what is known now."""

import re

import pytest

from relations.documents import Text
from relations.publishing import withdraw
from tests import cast

pytestmark = pytest.mark.django_db

SHEET = "/{}/united-states-canada/fact-sheets/neighbors-friends-allies-2021/"


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def page(client, loaded_site, clock):
    clock.now = loaded_site.instant
    return html(client, SHEET.format("en"))


def test_it_says_who_issued_it_when_and_that_it_speaks_of_then(page):
    assert "Office of the Spokesperson, U.S. Department of State" in page
    assert '<time datetime="2021-02-26">26 February 2021</time>' in page
    assert "This is what was said then." in page


@pytest.mark.parametrize(("language", "hour"), [("en", "3:12 p.m."), ("fr", "15 h 12")])
def test_the_hour_is_said_as_each_language_says_it(client, loaded_site, clock, language, hour):
    clock.now = loaded_site.instant
    assert f"{hour}, " in html(client, SHEET.format(language))


def test_a_line_shows_the_figure_of_its_day_and_the_newer_one(page):
    trade = page.split('facts/daily-trade/">')[1].split("</li>")[0]
    assert re.search(r"Figure in this text:\s+1.9 billion U.S. dollars a day", trade)
    assert re.search(r"Known now:</strong> nearly 2.6 billion U.S. dollars a day .*20 July 2024", trade, re.S)


def test_an_older_figure_is_not_called_what_is_known_now(page):
    norad = page.split('facts/norad/">')[1].split("</li>")[0]
    assert "Known now:" not in norad


def test_a_commitment_shows_the_status_it_has_now(page):
    line = page.split("/priorities/build-back-better/#usmca-implementation")[1].split("</li>")[0]
    assert "In progress" in line


def test_every_section_of_the_original_is_there(page):
    headings = re.findall(r'<h2 id="(?:opening|visit|common-ground|roadmap)">([^<]+)</h2>', page)
    assert headings == [
        "In the Secretary’s words",
        "The virtual visit",
        "Border, values and future in common",
        "The Roadmap",
    ]


def test_a_line_whose_record_was_withdrawn_keeps_its_title_without_a_link(client, clock):
    world = cast.live_world(clock)
    address = f"/en/norda-suda/fact-sheets/{world.factsheet.slug}/"
    fact = f'href="/en/norda-suda/facts/{world.fact.slug}/"'
    assert fact in html(client, address)
    tombstone = withdraw(world.fact, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock)
    clock.now = tombstone.live_from
    after = html(client, address)
    assert fact not in after
    assert world.fact.statement_en in after


def test_the_list_has_the_sheet_with_its_issuer(client, loaded_site, clock):
    clock.now = loaded_site.instant
    page = html(client, "/fr/united-states-canada/fact-sheets/")
    assert "Les États-Unis et le Canada\u00a0: voisins, amis et alliés" in page
    assert "Bureau du porte-parole" in page

"""The site map has every page, and nothing that is not public."""

import xml.etree.ElementTree as ElementTree

import pytest

from relations.publishing import schedule
from tests import cast

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    return [each.text for each in root.iter(f"{SITEMAP}loc")]


def test_every_record_with_a_page_is_there_in_both_languages(client, clock):
    world = cast.live_world(clock)
    found = addresses(client)
    for code in ("en", "fr"):
        assert f"http://testserver/{code}/norda-suda/" in found
        assert f"http://testserver/{code}/norda-suda/facts/{world.fact.slug}/" in found
        assert f"http://testserver/{code}/officials/{world.official.slug}/" in found
    assert len(found) == len(set(found))


def test_what_is_scheduled_is_not_there_before_its_instant(client, clock):
    world = cast.live_world(clock)
    coming = cast.a_fact(world, "embargoed")
    at = clock.now.replace(year=clock.now.year + 1)
    schedule([coming], at=at, by=cast.someone("editor"), clock=clock)
    assert not any("embargoed" in address for address in addresses(client))
    clock.now = at
    assert any("embargoed" in address for address in addresses(client))


@pytest.mark.slow
def test_every_address_of_the_map_is_read(client, clock):
    cast.live_world(clock)
    answers = {
        address: client.get(address.removeprefix("http://testserver")).status_code for address in addresses(client)
    }
    assert set(answers.values()) == {200}

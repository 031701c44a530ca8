"""A second relationship beside the first: both are whole, neither shows the other's records."""

import pytest

from tests.pack import LOADED_AT, SECOND_PACK, load
from tests.site.visitor import get

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ONE, OTHER = "united-states-canada", "norland-sudria"
SECTIONS = ["", "facts/", "meetings/", "officials/", "priorities/", "statements/", "fact-sheets/", "changes.atom"]


def test_with_one_alone_the_list_of_relationships_leads_straight_to_it(loaded_site, clock):
    assert get("/en/").status_code == 302
    assert get("/en/")["Location"] == f"/en/{ONE}/"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_are_listed(two_relationships, clock, language):
    body = get(f"/{language}/").content.decode()
    assert f'href="/{language}/{ONE}/"' in body
    assert f'href="/{language}/{OTHER}/"' in body


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_both_is_there_and_names_nothing_of_the_other(two_relationships, clock, section):
    for own, foreign in ((ONE, OTHER), (OTHER, ONE)):
        response = get(f"/en/{own}/{section}")
        assert response.status_code == 200
        assert f"/{foreign}/" not in response.content.decode()


def test_the_first_is_shown_as_it_was_before_the_second_came(loaded_site, clock):
    before = {section: get(f"/en/{ONE}/{section}").content for section in SECTIONS}
    load(SECOND_PACK, at=LOADED_AT)
    assert [section for section, body in before.items() if get(f"/en/{ONE}/{section}").content != body] == []

"""Every page that can be reached by following links: it is there, it says what it is, it loads nothing foreign."""

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.effort import only_whole
from tests.site.crawl import Crawl, route_of
from tests.site.visitor import ask, get

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MOST_QUERIES = 6
FORM = "report"  # the one page that is sent, and so the one with a cookie; nobody keeps it


def _faults(crawled: Crawl, fault) -> list[str]:
    """Each page's fault, by its address; a page without one is left out."""
    return [f"{visit.address}: {found}" for visit in crawled.pages if (found := fault(visit))]


def _named(crawled: Crawl) -> set[str]:
    """The paths in the site map."""
    return {urlsplit(address).path for address in re.findall(r"<loc>([^<]+)", crawled.site_map.content.decode())}


def test_the_walk_visits_every_route_of_the_site_map_in_both_languages(crawled):
    def routes(paths):
        return {(path.split("/")[1], route_of(path)[0]) for path in paths}

    assert len(_named(crawled)) > 500
    assert routes(_named(crawled)) - routes(visit.path for visit in crawled.pages) == set()


def test_the_walk_reaches_every_page_that_the_site_map_names(crawled):
    reached = {urlsplit(address).path for address in [*crawled.visits, *crawled.unvisited]}
    assert _named(crawled) - reached == set()


def test_no_internal_link_is_dead(crawled):
    assert [
        f"{visit.status} {visit.address}, linked from {visit.linked_from}"
        for visit in crawled.visits.values()
        if visit.status not in (200, 301, 302)
    ] == []


@only_whole
def test_french_pages_that_were_not_visited_have_an_english_one_that_was(crawled):
    def twin(address):
        return urlsplit(address)._replace(query="").geturl().replace("/fr/", "/en/", 1)

    assert crawled.unvisited
    assert [address for address in crawled.unvisited if twin(address) not in crawled.visits] == []


def test_no_anchor_is_dead(crawled):
    assert [
        f"{address}#{anchor}, linked from {source}"
        for (address, anchor), source in crawled.anchors.items()
        if (visit := crawled.visits.get(address)) and visit.page and anchor not in visit.page.ids
    ] == []


def test_no_id_is_given_twice(crawled):
    assert _faults(crawled, lambda visit: [each for each, n in Counter(visit.page.ids).items() if n > 1]) == []


def test_every_page_has_one_first_heading_and_skips_no_level(crawled):
    def fault(visit):
        levels = [int(heading[1]) for heading in visit.page.headings]
        jumps = [f"h{one} to h{other}" for one, other in pairwise(levels) if other > one + 1]
        return jumps or (levels.count(1) != 1 and levels)

    assert _faults(crawled, fault) == []


def test_every_page_says_its_language_and_its_title(crawled):
    def fault(visit):
        expected = visit.path.split("/")[1] or "en"
        return visit.page.language != expected or not visit.page.title.strip() or not visit.page.description.strip()

    assert _faults(crawled, fault) == []


def test_pages_have_titles_of_their_own_but_for_sources_which_others_named(crawled):
    own = [visit for visit in crawled.pages if "?" not in visit.address and "/sources/" not in visit.address]
    titles = Counter((visit.page.language, visit.page.title) for visit in own)
    assert [title for title, number in titles.items() if number > 1] == []


def test_every_page_names_its_canonical_address_and_its_translation(crawled):
    def fault(visit):
        if visit.path == "/":
            return False
        own = visit.page.canonical.removeprefix(settings.PUBLIC_URL)
        if own != visit.path and _in_any_order(own) != _in_any_order(visit.address):
            return own or "none"
        below = own.split("/", 2)[2]
        expected = {code: f"{settings.PUBLIC_URL}/{code}/{below}" for code in ("en", "fr")}
        expected["x-default"] = expected["en"]
        return visit.page.alternates != expected and visit.page.alternates

    assert _faults(crawled, fault) == []


def _in_any_order(address):
    """An address whose parameters, which a canonical one has in an order of its own, are sorted."""
    parts = urlsplit(address)
    return parts.path, sorted(parts.query.split("&"))


def test_pages_load_nothing_from_elsewhere(crawled):
    def foreign(visit):
        return [load for load in visit.page.loads if urlsplit(load).netloc or load.startswith("data:")]

    assert _faults(crawled, foreign) == []


def test_pages_have_nothing_that_the_policy_would_refuse(crawled):
    assert _faults(crawled, lambda visit: visit.page.inline) == []


def test_no_public_answer_sets_a_cookie_but_the_form_that_nobody_keeps(crawled):
    setting = [visit for visit in crawled.visits.values() if visit.response.cookies]
    assert {route_of(visit.path)[0] for visit in setting} == {FORM}
    assert {visit.response["Cache-Control"] for visit in setting} == {"no-store"}


def test_no_public_answer_depends_on_a_cookie(crawled):
    def varies(visit):
        return "cookie" in visit.response.headers.get("Vary", "").lower() and route_of(visit.path)[0] != FORM

    assert [visit.address for visit in crawled.visits.values() if varies(visit)] == []


def test_no_page_asks_the_database_too_much(crawled):
    over = [f"{visit.queries} at {visit.address}" for visit in crawled.visits.values() if visit.queries > MOST_QUERIES]
    assert over == []


def one_of_each_route(crawled: Crawl) -> dict[str, str]:
    """An address for each route."""
    found = {route_of(visit.path)[0]: visit.address for visit in crawled.visits.values()}
    assert len(found) > 30
    return found


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"])
def test_pages_can_only_be_read(crawled, method):
    answers = {name: ask(method, address) for name, address in one_of_each_route(crawled).items()}
    told = {name: (answer.status_code, answer.headers.get("Allow")) for name, answer in answers.items()}
    taken = (200, None) if method == "POST" else (405, "GET, HEAD, POST")  # an empty form comes back
    assert told.pop(FORM) == taken
    assert {name: answer for name, answer in told.items() if answer != (405, "GET, HEAD")} == {}


def test_whoever_asks_for_the_head_alone_gets_the_same_head(crawled):
    """Of the same length, too: that of the body which the server then leaves out."""
    different = {}
    for name, address in one_of_each_route(crawled).items():
        whole, head = get(address), ask("HEAD", address)
        if name == FORM:  # each showing has a token of its own, and packs to another length
            whole.headers.pop("Content-Length"), head.headers.pop("Content-Length")
        if (whole.status_code, whole.headers) != (head.status_code, head.headers):
            different[name] = (whole.headers, head.headers)
    assert different == {}

"""A standard client of the past (RFC 7089) on a live server: it knows one address, and follows links from there."""

from __future__ import annotations

import datetime
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from itertools import pairwise

import pytest
from django.utils.http import http_date

from relations.documents import Text
from tests import cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAGE = "/en/norda-suda/facts/?topic=border"
LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w-]+="[^"]*")*)')
PARAMETER = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True)
class Link:
    """One link of a header or a TimeMap (RFC 8288)."""

    url: str
    relations: frozenset[str]
    datetime: str


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: str

    @property
    def links(self) -> list[Link]:
        return links(self.headers["Link"] or "")

    def to(self, relation: str) -> Link | None:
        """The one link of this relation; None where there is none."""
        found = [each for each in self.links if relation in each.relations]
        assert len(found) <= 1, relation
        return found[0] if found else None

    @property
    def varies_by(self) -> set[str]:
        return {name.strip().lower() for name in (self.headers["Vary"] or "").split(",")}


def links(text: str) -> list[Link]:
    found = []
    for url, parameters in LINK.findall(text):
        given = dict(PARAMETER.findall(parameters))
        found.append(Link(url, frozenset(given["rel"].split()), given.get("datetime", "")))
    return found


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other: the client looks at it before it goes on."""

    def redirect_request(self, *args: object) -> None:
        return None


def ask(url: str, when: datetime.datetime | str | None = None, method: str = "GET") -> Answer:
    """One request, with an Accept-Datetime where one is given."""
    request = urllib.request.Request(url, method=method)  # noqa: S310 - an address of the live server
    if when is not None:
        request.add_header("Accept-Datetime", when if isinstance(when, str) else http_date(when.timestamp()))
    try:
        response = urllib.request.build_opener(NoRedirect).open(request, timeout=10)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return Answer(response.status, response.headers, response.read().decode())


@pytest.fixture
def original(clock, live_server, settings) -> str:
    """The address of a list that changed on 2 March 2026, on the 4th and on the 6th; a visitor comes on the 8th."""
    settings.PUBLIC_URL = live_server.url
    clock.now = cast.MIDDAY
    world = cast.live_world(clock)
    for word in ("very", "extremely"):
        clock.advance(days=2)
        world.fact.statement_en = f"The border is {word} long."
        world.fact.save()
        cast.put_live(world.fact, clock=clock, note=Text(en="Changed.", fr="Modifié."))
    clock.advance(days=2)
    return f"{live_server.url}{PAGE}"


def test_a_client_walks_from_the_page_to_its_past_and_through_it(original):
    today = ask(original)
    assert (today.status, today.headers["Memento-Datetime"]) == (200, None)
    assert "extremely" in today.body
    gate, timemap = today.to("timegate").url, today.to("timemap").url

    # Through the gate: one redirect, which says why it may differ for others.
    answer = ask(gate, datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC))
    assert (answer.status, answer.body, answer.headers["Memento-Datetime"]) == (302, "", None)
    assert "accept-datetime" in answer.varies_by
    assert answer.to("original").url == original
    assert answer.to("timemap").url == timemap

    # The memento says what it is one of, and when it was.
    memento = ask(answer.headers["Location"])
    assert memento.status == 200
    assert "very long" in memento.body
    assert memento.to("original").url == original
    assert memento.to("timegate").url == gate
    assert memento.to("timemap").url == timemap
    own = next(each for each in memento.links if each.datetime == memento.headers["Memento-Datetime"])
    assert own.url == answer.headers["Location"]

    # From the first to the last, one by one: those are all that the TimeMap lists, each as it says.
    walked = [memento.to("first")]
    while following := ask(walked[-1].url).to("next"):
        walked.append(following)
    assert walked[-1].url == memento.to("last").url
    listed = [each for each in links(ask(timemap).body) if "memento" in each.relations]
    assert [(each.url, each.datetime) for each in walked] == [(each.url, each.datetime) for each in listed]
    assert [ask(each.url).headers["Memento-Datetime"] for each in listed] == [each.datetime for each in listed]
    assert [ask(after.url).to("prev").url for _before, after in pairwise(listed)] == [each.url for each in listed[:-1]]
    assert len(listed) == 3


def test_the_timemap_says_what_it_is_of_and_what_it_spans(original):
    answer = ask(ask(original).to("timemap").url)
    found = links(answer.body)
    assert answer.headers["Content-Type"] == "application/link-format"
    assert [each.url for each in found if "original" in each.relations] == [original]
    assert [each.url for each in found if "self" in each.relations] == [ask(original).to("timemap").url]
    ends = [each for each in found if {"first", "last"} & each.relations]
    assert f'from="{ends[0].datetime}"; until="{ends[-1].datetime}"' in answer.body


@pytest.mark.parametrize("when", [None, datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC), "yesterday"])
def test_head_is_answered_as_get_without_the_body(original, when):
    whole, head = ask(original, when), ask(original, when, "HEAD")
    assert (head.status, head.body) == (whole.status, "")
    for name in ("Link", "Location", "Vary", "Memento-Datetime", "Content-Type"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("when", ["yesterday", "2026-03-02", "Mon, 30 Feb 2026 10:00:00 GMT", ""])
def test_a_time_that_is_none_is_a_bad_request_in_words(original, when):
    answer = ask(original, when)
    assert answer.status == 400
    assert "Accept-Datetime" in answer.body
    assert "accept-datetime" in answer.varies_by

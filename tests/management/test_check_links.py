"""Asking the links of sources: what counts as dead, what does not, and how politely it is asked."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command

from relations.management import links
from relations.management.links import Heard, ask, due, in_turn, is_public, write_down
from relations.models import LinkAnswer, Source
from tests import cast

NOW = cast.MIDDAY
DAY = datetime.timedelta(days=1)


class Site(BaseHTTPRequestHandler):
    """A site with a page for every way of answering."""

    asked: list[tuple[str, str, str]] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status = {"/": 200, "/gone": 410, "/missing": 404, "/shy": 403, "/broken": 500, "/head": 405}.get(self.path)
        if self.path == "/head" and self.command == "GET":
            status = 200
        if self.path in ("/moved", "/round", "/out"):
            self.send_response(302)
            to = {"/moved": "/", "/round": "/round", "/out": "http://intranet.invalid/secret"}[self.path]
            self.send_header("Location", to)
        else:
            self.send_response(status)
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """The address of such a site on this machine."""
    Site.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def here(host: str) -> bool:
    return host == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "heard"),
    [
        ("/", ("ok", "200")),
        ("/moved", ("ok", "200")),
        ("/head", ("ok", "200")),
        ("/gone", ("dead", "410")),
        ("/missing", ("dead", "404")),
        ("/broken", ("dead", "500")),
        ("/shy", ("refused", "403")),
        ("/round", ("dead", "redirects without end")),
        ("/out", ("refused", "not on the open Internet")),
    ],
)
def test_how_it_answers(site, path, heard):
    assert ask(site + path, may_ask=here) == Heard(*heard)


def test_it_says_who_asks_and_takes_no_page_where_a_head_is_enough(site, settings):
    ask(f"{site}/", may_ask=here)
    [(method, path, agent)] = Site.asked
    assert (method, path) == ("HEAD", "/")
    assert settings.PUBLIC_URL in agent


def test_what_is_no_address_or_answers_nothing_is_dead(site):
    assert ask("ftp://example.org/x") == Heard("dead", "no address")
    assert ask("http://127.0.0.1:9/", may_ask=here) == Heard("dead", "ConnectionRefusedError")


def test_nothing_inside_is_asked(site):
    assert ask(f"{site}/") == Heard("refused", "not on the open Internet")
    assert Site.asked == []
    assert [is_public(host) for host in ("127.0.0.1", "10.0.0.7", "169.254.169.254", "::1")] == [False] * 4


def test_a_dead_link_remembers_since_when_and_how_often(db):
    source = cast.a_source()
    for days in range(3):
        answer = write_down(source, Heard("dead", "404"), at=NOW + days * DAY)
    assert (answer.failures, answer.dead_since, answer.detail) == (3, NOW.date(), "404")
    answer = write_down(source, Heard("ok", "200"), at=NOW + 4 * DAY)
    assert (answer.failures, answer.dead_since) == (0, None)
    assert LinkAnswer.objects.count() == 1


def test_another_address_begins_anew(db):
    source = cast.a_source()
    write_down(source, Heard("dead", "404"), at=NOW)
    Source.objects.update(url="https://example.org/new")
    source.refresh_from_db()
    assert list(due(NOW)) == [source]
    assert write_down(source, Heard("dead", "404"), at=NOW + DAY).failures == 1


def test_what_answers_is_asked_weekly_what_is_dead_daily_and_new_ones_first(db):
    answers, dead, new = (cast.a_source(name) for name in ("answers", "dead", "new"))
    cast.a_source("nowhere", url="")
    write_down(answers, Heard("ok", "200"), at=NOW)
    write_down(dead, Heard("dead", "404"), at=NOW)
    assert list(due(NOW)) == [new]
    assert set(due(NOW + DAY)) == {new, dead}
    assert set(due(NOW + 7 * DAY)) == {new, dead, answers}


def test_the_same_host_is_not_asked_twice_at_once():
    waits: list[float] = []
    sources = [Source(url=url) for url in ("https://a.example/1", "https://b.example/1", "https://a.example/2")]
    assert len(list(in_turn(sources, sleep=waits.append))) == 3
    [wait] = waits
    assert 0 < wait <= links.PAUSE


def test_the_command_is_bounded_and_says_what_it_found(db, site, capsys):
    for name in ("one", "two", "three"):
        cast.a_source(name, url=f"{site}/{name}")
    call_command("check_links", "--at-most", "2", "--pause", "0")
    assert "Asked: 2 (ok 0, refused 2, dead 0)." in capsys.readouterr().out
    call_command("check_links", "--minutes", "-1")
    assert "Out of time" in capsys.readouterr().out
    assert LinkAnswer.objects.count() == 2

"""Asking the links of sources whether they still lead somewhere: bounded, polite, and never a reason to wait."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from relations.models import LinkAnswer, Source

Answer = LinkAnswer.Answer

SECONDS = 10  # for one answer
HOPS = 5  # from one address to the next
PAUSE = 2.0  # seconds between two questions to the same host
# What answers is asked again after a week, what did not after a day.
AGAIN = datetime.timedelta(days=6, hours=20)
AGAIN_IF_DEAD = datetime.timedelta(hours=20)
# Many sites turn machines away, or do not know the question: that says nothing about readers.
REFUSALS = {401, 402, 403, 405, 406, 407, 418, 421, 425, 426, 429, 451, 999}
MISUNDERSTOOD = REFUSALS | {400, 404, 500, 501, 503}  # of HEAD; GET may be answered


class Heard(NamedTuple):
    """What an address answered, and in a word or a number how."""

    answer: str
    detail: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Each hop is looked at before it is taken."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def is_public(host: str) -> bool:
    """Whether every machine behind this name is on the open Internet: nothing inside is asked on anybody's behalf."""
    found = socket.getaddrinfo(host, None)
    return all(ipaddress.ip_address(entry[4][0].split("%")[0]).is_global for entry in found)


def ask(url: str, *, may_ask: Callable[[str], bool] = is_public) -> Heard:
    """Asks one address, following it wherever it leads, and says how it answered. Takes a minute at the very most."""
    heard = _follow("HEAD", url, may_ask)
    if heard.detail.isdigit() and int(heard.detail) in MISUNDERSTOOD:
        heard = _follow("GET", url, may_ask)
    return heard


def _follow(method: str, url: str, may_ask: Callable[[str], bool]) -> Heard:
    for _hop in range(HOPS):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Heard(Answer.DEAD, "no address")
        try:
            if not may_ask(parts.hostname):
                return Heard(Answer.REFUSED, "not on the open Internet")
            status, location = _question(method, url)
        except TimeoutError:
            return Heard(Answer.DEAD, "timeout")
        except socket.gaierror:
            return Heard(Answer.DEAD, "no such host")
        except (OSError, ValueError) as error:
            return Heard(Answer.DEAD, type(error).__name__)
        if location is None:
            return _judged(status)
        url = urljoin(url, location)
    return Heard(Answer.DEAD, "redirects without end")


def _judged(status: int) -> Heard:
    if status < 400:
        return Heard(Answer.OK, str(status))
    return Heard(Answer.REFUSED if status in REFUSALS else Answer.DEAD, str(status))


def _question(method: str, url: str) -> tuple[int, str | None]:
    """Status and, where it leads elsewhere, the next address. The body stays where it is."""
    agent = f"BilateralRecord link check (+{settings.PUBLIC_URL})"
    request = urllib.request.Request(url, method=method, headers={"User-Agent": agent, "Accept": "*/*"})  # noqa: S310
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return response.status, None
    except urllib.error.HTTPError as response:
        leads_on = response.code in (301, 302, 303, 307, 308)
        location = response.headers.get("Location") if leads_on else None
        response.close()
        return response.code, location
    except urllib.error.URLError as error:
        raise error.reason if isinstance(error.reason, OSError) else OSError(str(error.reason)) from error


def due(now: datetime.datetime) -> QuerySet[Source]:
    """Sources whose link should be asked again: another address than last time, or long ago. Never asked ones first."""
    answered = LinkAnswer.objects.filter(
        Q(answer=Answer.DEAD, asked_at__gt=now - AGAIN_IF_DEAD) | (~Q(answer=Answer.DEAD) & Q(asked_at__gt=now - AGAIN))
    )
    fresh = [source for source, url, now_url in answered.values_list("source", "url", "source__url") if url == now_url]
    rows = Source.objects.exclude(url="").exclude(pk__in=fresh)
    return rows.order_by("link_answer__asked_at", "pk")


def write_down(source: Source, heard: Heard, *, at: datetime.datetime) -> LinkAnswer:
    """Keeps what a source's link answered. A dead one remembers since when and how often in a row."""
    before = LinkAnswer.objects.filter(source=source, url=source.url).first()
    is_dead = heard.answer == Answer.DEAD
    since = (before and before.dead_since) or timezone.localdate(at)
    given = {
        "url": source.url,
        "answer": heard.answer,
        "detail": heard.detail[:60],
        "asked_at": at,
        "dead_since": since if is_dead else None,
        "failures": (before.failures if before else 0) + 1 if is_dead else 0,
    }
    return LinkAnswer.objects.update_or_create(source=source, defaults=given)[0]


def in_turn(sources: Iterable[Source], *, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep):
    """These sources one by one, never the same host twice within the pause."""
    last: dict[str, float] = {}
    for source in sources:
        host = urlsplit(source.url).netloc
        wait = last.get(host, 0) + pause - time.monotonic() if host in last else 0
        if wait > 0:
            sleep(wait)
        yield source
        last[host] = time.monotonic()

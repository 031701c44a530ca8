"""What a first view weighs on the wire: the page, its styles, fonts and images, compressed as they are sent."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.site.html import parse
from tests.site.visitor import get

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KIB = 1024
LISTS = ("facts/", "meetings/", "meetings/2021-02/", "officials/", "priorities/", "statements/", "fact-sheets/")
HEAVIEST = (
    "facts/daily-trade/",
    "meetings/virtual-2021-02-23/",
    "priorities/security-defense/",
    "fact-sheets/neighbors-friends-allies-2021/",
    "topics/climate-environment/",
)
OF_THE_PAST = (
    "facts/daily-trade/history/", "facts/daily-trade/editions/1/", "facts/daily-trade/editions/1/cite/",
    "changes/", "corrections/", "redactions/", "overdue/", "facts/?on=2021-02-26",
)  # fmt: skip
COMPRESSED_ALREADY = {".woff2", ".png", ".jpg", ".webp"}
HEADERS = 350  # bytes, of an answer on average, as Chromium counts them


def most(address: str) -> int:
    """What a first view may weigh: more where every record is named for being new, or every link has a day in it."""
    return (60 if address.endswith("/changes/") or "/@" in address else 56) * KIB


def weight(body: bytes) -> int:
    return len(gzip.compress(body, 6)) + HEADERS


def weight_of_file(address: str) -> int:
    """What a static file weighs on the wire."""
    body = _file(address).read_bytes()
    return len(body) + HEADERS if _file(address).suffix in COMPRESSED_ALREADY else weight(body)


def _file(address: str) -> Path:
    return Path(settings.BASE_DIR / "static" / address.removeprefix(settings.STATIC_URL))


def loaded_by(markup: str) -> set[str]:
    """Every file that the page loads, and every one that its styles load."""
    files = set(parse(markup).loads)
    for address in [each for each in files if each.endswith(".css")]:
        for found in re.findall(r"url\([\"']?\.\./([^)\"']+)", _file(address).read_text()):
            files.add(f"{settings.STATIC_URL}{found}")
    return files


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_first_view_weighs_at_most_60_kib_and_most_less(loaded_site, clock, language):
    record = f"/{language}/united-states-canada/"
    addresses = [record, *(f"{record}{page}" for page in LISTS + HEAVIEST + OF_THE_PAST)]
    addresses += [f"/{language}/sources/", f"/{language}/search/?q=trade", f"/{language}/officials/antony-blinken/"]
    addresses.append(f"/{language}/@2026-07-06/united-states-canada/")
    found = {}
    for address in addresses:
        response = get(address)
        assert response.status_code == 200, address
        files = {each: weight_of_file(each) for each in loaded_by(response.content.decode())}
        assert any(each.endswith(".woff2") for each in files)
        found[address] = weight(response.content) + sum(files.values())
    assert [(size, address) for address, size in found.items() if size > most(address)] == []


def test_the_styles_of_a_page_weigh_at_most_15_kib(loaded_site, clock):
    files = loaded_by(get("/en/united-states-canada/").content.decode())
    styles = [each for each in files if each.endswith(".css")]
    assert styles
    assert sum(map(weight_of_file, styles)) <= 15 * KIB

"""How much slower pages get when the table of editions grows from 1,000 to 100,000 rows.

The relationship that is read keeps its hundred facts; all other rows belong to relationships beside it.
"""

# ruff: noqa: E402 - Django has to stand before its models can be imported

from __future__ import annotations

import os
import statistics
import sys
import time
from uuid import uuid4

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import setup_test_environment

from relations.models.ledger import Edition
from relations.reading import clock as reading_clock
from tests.cast import Clock, live_world
from tests.site.visitor import get

OWN = 100
SIZES = (1_000, 100_000)
SAMPLES = 9
FACETS_TOO = """
    INSERT INTO relations_facet (edition_id, name, value, holds_from, holds_until)
    SELECT edition.id, facet.name, facet.value, facet.holds_from, facet.holds_until
    FROM relations_edition edition JOIN relations_facet facet ON facet.edition_id = %s
    WHERE edition.id > %s
"""
BASE = "/en/norda-suda/facts/"
PAGES = {
    "list": BASE,
    "list, one filter": f"{BASE}?topic=border",
    "list, words": f"{BASE}?q=border",
    "detail": f"{BASE}border-length/",
    "search": "/en/search/?q=border",
}


def main() -> None:
    """Fills a scratch database twice and prints one line for each page."""
    scratch = connections.databases["default"]
    scratch["NAME"] = scratch["TEST"]["NAME"]
    call_command("migrate", verbosity=0)
    setup_test_environment()
    standing = Clock()
    reading_clock.now = standing
    live_world(standing)
    sample = Edition.objects.get(kind="fact")
    copies(sample, OWN, sample.relationship_id)
    found = {}
    for size in SIZES:
        with transaction.atomic():
            while (missing := size - Edition.objects.count()) > 0:
                copies(sample, min(missing, 2000), uuid4())
        found[size] = {name: milliseconds(address) for name, address in PAGES.items()}
    report(found)


def copies(sample: Edition, number: int, relationship: object) -> None:
    """So many more editions like the sample, with its facets, in a relationship."""
    last = Edition.objects.order_by("pk").last().pk
    fields = {field.attname: getattr(sample, field.attname) for field in sample._meta.concrete_fields}
    del fields["id"]
    new = []
    for _each in range(number):
        identity = uuid4()
        given = {"record_id": identity, "slug": f"fact-{identity.hex}", "relationship_id": relationship}
        given["document"] = sample.document.replace(str(sample.record_id), str(identity))
        new.append(Edition(**{**fields, **given}))
    Edition.objects.bulk_create(new, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute(FACETS_TOO, [sample.pk, last])


def milliseconds(address: str) -> float:
    """The median time of the whole answer, the first one left out."""
    taken = []
    for _each in range(SAMPLES + 1):
        start = time.perf_counter()
        status = get(address).status_code
        taken.append((time.perf_counter() - start) * 1000)
        if status != 200:
            raise SystemExit(f"{status} at {address}")
    return statistics.median(taken[1:])


def report(found: dict[int, dict[str, float]]) -> None:
    """A table: both sizes, and how many times slower the second is."""
    small, large = SIZES
    say(f"{'':<18}{small:>10,}{large:>10,}   ratio")
    for name in PAGES:
        one, other = found[small][name], found[large][name]
        say(f"{name:<18}{one:>7.1f} ms{other:>7.1f} ms{other / one:>8.2f}")
    for size in SIZES:
        ratio = found[size]["list, one filter"] / found[size]["list"]
        say(f"one filter against none, at {size:,}: {ratio:.2f}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()

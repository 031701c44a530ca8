"""How often something may be done from outside: counted at doors, by name, and refused where one is shut.

The counts stand in the database, so that they hold for all workers and machines. A door that is shut is only read: a
flood of tries writes nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from relations.models import Tries

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Door:
    """What may be tried so many times within a while, from the first try on."""

    name: str
    most: int
    within: datetime.timedelta

    @property
    def key(self) -> str:
        return salted_hmac("relations.publishing.limits", self.name, algorithm="sha256").hexdigest()


def network(environ: Mapping[str, str]) -> str:
    """Where a request comes from: an IPv4 address, or the /64 of an IPv6 one; empty where that cannot be told.

    ``environ`` is WSGI's, which Django calls ``request.META``. A forwarded address counts only behind a proxy that is
    trusted, and of those only the last: it is what the proxy itself saw, while everything before it is what the client
    says.
    """
    given = environ.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        given = environ.get("HTTP_X_FORWARDED_FOR", given).rpartition(",")[2]
    try:
        address = ip_address(given.strip())
    except ValueError:
        return ""
    if address.version == 6 and address.ipv4_mapped is None:
        return str(IPv6Network((int(address), 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def enter(doors: Sequence[Door], *, at: datetime.datetime) -> bool:
    """Counts one try at each of these doors, or at none of them where one is shut: then False."""
    by_key = {door.key: door for door in doors}
    counting = Tries.objects.filter(door__in=by_key, until__gt=at)
    if any(row.count >= by_key[row.door].most for row in counting):
        return False
    with transaction.atomic():
        rows = _locked(by_key, at)
        if len(rows) < len(by_key):  # one was swept away as old in this very moment: that try is lost, not free
            return False
        if any(row.until > at and row.count >= by_key[row.door].most for row in rows):
            return False
        begins = [row for row in rows if row.until <= at]
        for row in begins:
            row.count, row.until = 0, at + by_key[row.door].within
        for row in rows:
            row.count += 1
        Tries.objects.bulk_update(rows, ["count", "until"])
        if begins:
            Tries.objects.filter(until__lt=at - DAY).delete()  # as often as a count begins, old ones go
    return True


def leave(doors: Sequence[Door]) -> None:
    """Takes a counted try back: it was right. Wrong ones before it stay, or one's own account would reset a network."""
    Tries.objects.filter(door__in=[door.key for door in doors], count__gt=0).update(count=F("count") - 1)


def _locked(by_key: dict[str, Door], at: datetime.datetime) -> list[Tries]:
    """The rows of these doors, locked; always in the same order, so that no two wait for each other."""
    new = [Tries(door=key, count=0, until=at) for key in sorted(by_key)]
    Tries.objects.bulk_create(new, ignore_conflicts=True)
    return list(Tries.objects.select_for_update().filter(door__in=by_key).order_by("door"))

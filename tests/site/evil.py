"""What nobody types by accident: values and query strings that break naive views."""

from __future__ import annotations

import random
from collections.abc import Iterator

VALUES = (
    "%00", "a%00b", "%FF%FE", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "99999999999", "-1", "0", "1e309", "NaN",
    "%D9%A1%D9%A2%D9%A3", "9" * 20, "9" * 400, "author__password", "author__password__startswith",
    "-official__secret_note", "?", "*", "pk__in", "id;select%201", "%27%20or%201=1--", "%25", "%5C", "2026-02-30",
    "0000-00-00", "9999-12-31", "0001-01-01", "99999-01-01", "2026-03-29T01:30", "2026-01-01T00:00%2B99:99", "%5B%5D",
    "a" * 5000, "../", "%2e%2e%2f", "%0d%0aSet-Cookie:%20a=b", "${7*7}", "{{7*7}}", "%3Cscript%3E",
    "%F0%9F%87%A8%F0%9F%87%A6", "%E2%80%AE", "", "%20", "+", "word%20" * 60, "1.5", "--", "%22", "%27", "true", "None",
)  # fmt: skip

WHOLE = (
    "&".join(f"p{number}=1" for number in range(1500)), "page=1&page=2&page=x", "=", "&&&", "%", "q[]=1", "%zz=%zz",
    "=&=&=", "q", "topic=&topic=&topic=", "q=%", "?q=1", "page=-0", "a;b;c", "#", "q=a#b", "%00=%00",
    "&".join(f"topic=t{number}" for number in range(300)), "&".join(["year=2021"] * 300),
)  # fmt: skip

PARAMETERS = (
    "q", "page", "sort", "topic", "by", "kind", "source", "from", "to", "on", "mode", "year", "who", "priority",
    "party", "role", "status", "framework", "when", "type", "official", "language", "view", "format",
    "participant", "speaker", "since", "until", "day", "path", "form",
)  # fmt: skip

SENSIBLE = ("border", "2021", "2021-02-26", "us", "canada", "newest", "1", "2", "virtual", "met", "upcoming", "with")


def queries(number: int, *, seed: int) -> Iterator[str]:
    """So many query strings: every whole one, every value under some parameter, then mixtures of both."""
    chance = random.Random(seed)  # noqa: S311 - the same ones each time is the point
    yield from WHOLE
    yield from (f"{chance.choice(PARAMETERS)}={value}" for value in VALUES)
    for _each in range(number - len(WHOLE) - len(VALUES)):
        yield "&".join(_pair(chance) for _part in range(chance.randint(1, 4)))


def _pair(chance: random.Random) -> str:
    values = VALUES if chance.random() < 0.6 else SENSIBLE
    return f"{chance.choice(PARAMETERS)}={chance.choice(values)}"

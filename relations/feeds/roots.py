"""The roots of all days over, for whoever wants to keep them: `manage.py verify_editions --roots` proves them."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations.reading import Item, chain, redactions
from relations.rendering import moment

HEAD = "# day, SHA-256 over everything that was public by its end, editions of that day\n"
REDACTED = "# redacted by law, with the digest that stays: day, kind, record, edition, SHA-256, reason\n"
AN_HOUR = 3600


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """One line for each day on which something went live; today's comes tomorrow.

    What was redacted follows as comments: it is no reason to doubt a root.
    """
    instant = moment.instant(request)
    today = timezone.localdate(instant)

    def text() -> str:
        over = [root for root in chain.roots(instant) if root.day < today]
        return HEAD + "".join(f"{root}\n" for root in over)

    # A day that is over does not change: but for it no line is ever added.
    body = cache.get_or_set(f"roots-{today.isoformat()}", text, AN_HOUR)
    if gone := redactions.every(instant):
        body += REDACTED + "".join(f"# {_line(item)}\n" for item in gone)
    return HttpResponse(body, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _line(item: Item) -> str:
    day = timezone.localdate(item.redacted_at)
    reason = " ".join(item.reason.en.split())
    return f"{day.isoformat()} {item.kind} {item.id} {item.number} {item.digest} {reason}"

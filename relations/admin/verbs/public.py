"""From the desk to the public page of what is live."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from relations import publishing
from relations.models import Edition, Record
from relations.publishing.margins import MARGIN, MARGIN_PER_RECORD
from relations.reading import Item, at, clock
from relations.rendering.addresses import address

from .common import back_to_form, record_for

if TYPE_CHECKING:
    from ..base import RecordAdmin

# As long as the largest set that one page publishes lies ahead.
PATIENCE = MARGIN + 400 * MARGIN_PER_RECORD


def public_url(edition: Edition) -> str:
    """Where readers find this edition once it is live; empty for a kind without a page. One query."""
    try:
        return address(Item(edition), at(edition.live_from))
    except NoReverseMatch:
        return ""


def link_to_public(record: Record, edition: Edition) -> SafeString | str:
    """A link that leads to the public page of this edition, even in the second before it is there. One query."""
    if not public_url(edition):
        return ""
    url = reverse(f"admin:relations_{record._meta.model_name}_public", args=[record.pk])
    return format_html('<a href="{}">{}</a>', url, _("Read it on the site"))


def view(model_admin: RecordAdmin) -> Callable:
    """On to the public page. "Now" lies a moment ahead: whoever is faster than that waits for it here."""

    def public(request: HttpRequest, object_id: str) -> HttpResponse:
        record = record_for(model_admin, request, object_id, may=model_admin.has_view_permission)
        editions = Edition.objects.filter(record_id=record.pk, live_from__lte=clock.now() + PATIENCE)
        edition = editions.order_by("live_from").last()
        url = public_url(edition) if edition and not edition.is_tombstone else ""
        if not url:
            messages.error(request, _("“%(name)s” has no page on the site.") % {"name": publishing.briefly(record)})
            return back_to_form(record)
        time.sleep(max(0.0, (edition.live_from - clock.now()).total_seconds()))
        return HttpResponseRedirect(url)

    return public

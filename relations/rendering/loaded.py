"""A page of a list whose records are all read at once, because more than the list needs them.

The same page as that of ``lists.context``, without its query for the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.utils.text import capfirst

from relations.filters.base import ListFilter

from . import lists
from .site import Site


def context(
    site: Site,
    listed: ListFilter,
    found: Sequence[Any],
    row: Callable[[Any], dict[str, Any]],
    *,
    title: str,
    lead: str,
    per_page: int,
) -> dict[str, Any]:
    """Everything that templates/list.html shows. ``found`` are the records in order, ``row`` what is shown of one."""
    shown = Paginator(found, per_page).get_page(listed.data.get("page"))
    lists.say_what_to_index(site, listed, shown.number)
    return {
        "title": title,
        "lead": lead,
        "listed": listed,
        "filters": lists.form(site, listed, title),
        "chips": listed.chips,
        "rows": [row(each) for each in shown],
        "heading": listed.counted(listed.counts.shown),
        "total": listed.counts.total if listed.applied else None,
        "sentence": f"{capfirst(listed.clauses)}." if listed.clauses else "",
        "downloads": lists.downloads(site, listed),
        **lists.pager(listed, shown),
    }

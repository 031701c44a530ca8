"""Fact sheets: by words. They are few, so there is nothing else to choose but the order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, ngettext

from .base import ListFilter
from .kinds import Search, Sort


class FactsheetFilter(ListFilter):
    """The fact sheets of one relationship."""

    noun = "factsheet"

    q = Search(label=gettext_lazy("Search the fact sheets"))
    sort = Sort(
        {
            "newest": (gettext_lazy("Newest first"), "", ["-sort_on", "slug", "pk"]),
            "oldest": (gettext_lazy("Oldest first"), gettext_lazy("oldest first"), ["sort_on", "slug", "pk"]),
        }
    )

    def counted(self, number: int) -> str:
        return ngettext("%(n)s fact sheet", "%(n)s fact sheets", number) % {"n": number}

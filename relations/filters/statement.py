"""Statements: by speaker, year, range of days, and words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from .base import DatedFilter
from .facets import RecordFacet, ValueFacet
from .kinds import Search, Sort


class StatementFilter(DatedFilter):
    """The statements of one relationship."""

    noun = "statement"
    range_label = gettext_lazy("Date of the statement")

    q = Search(label=gettext_lazy("Search the statements"))
    speaker = RecordFacet(
        "speaker",
        kind="official",
        label=gettext_lazy("Speaker"),
        phrase=pgettext_lazy("statements", "by %(values)s"),
    )
    year = ValueFacet("year", label=gettext_lazy("Year"), phrase=gettext_lazy("in %(values)s"))
    sort = Sort(
        {
            "newest": (gettext_lazy("Newest first"), "", ["-sort_on", "-slug", "-pk"]),
            "oldest": (gettext_lazy("Oldest first"), gettext_lazy("oldest first"), ["sort_on", "slug", "pk"]),
        }
    )

    def counted(self, number: int) -> str:
        return ngettext("%(n)s statement", "%(n)s statements", number) % {"n": number}

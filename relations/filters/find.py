"""Search across all kinds that have a page: by words, and by one kind at a time."""

from __future__ import annotations

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy, ngettext

from .base import ListFilter
from .facets import Facet, Option
from .kinds import Editions, Search

# In the order in which results are shown.
KINDS = {
    "fact": gettext_lazy("Facts"),
    "priority": gettext_lazy("Priorities"),
    "meeting": gettext_lazy("Meetings"),
    "official": gettext_lazy("Officials"),
    "statement": gettext_lazy("Statements"),
    "factsheet": gettext_lazy("Fact sheets"),
    "topic": gettext_lazy("Topics"),
    "source": gettext_lazy("Sources"),
    "relationship": gettext_lazy("Relationships"),
}


class FindFilter(ListFilter):
    """Everything with a page that holds the words; nothing where none were typed."""

    q = Search(label=gettext_lazy("Search the record"))
    kind = Facet(
        "kind",
        label=gettext_lazy("Kind"),
        phrase=gettext_lazy("among %(values)s"),
        options=[Option(kind, label, condition=Q(kind=kind)) for kind, label in KINDS.items()],
        many=False,
    )

    def editions(self) -> Editions:
        return self.site.reader.live(*KINDS)

    @property
    def qs(self) -> Editions:
        """Kind by kind, and of each kind the newest first."""
        rank = Case(
            *(When(kind=kind, then=Value(number)) for number, kind in enumerate(KINDS)), output_field=IntegerField()
        )
        return self.narrowed().order_by(rank, F("sort_on").desc(nulls_last=True), "position", "slug", "pk")

    def counted(self, number: int) -> str:
        return ngettext("%(n)s result", "%(n)s results", number) % {"n": number}

"""Facts: by topic, who stated them, with or without a figure, kind of source, date and words."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from relations.models import ledger

from .base import DatedFilter
from .facets import Facet, Option, RecordFacet, SideFacet
from .kinds import Editions, Search, Sort
from .words import cited

SOURCE_KINDS = [
    Option("official", gettext_lazy("Official"), said=gettext_lazy("an official source")),
    Option(
        "official_reprint",
        gettext_lazy("Reprint of an official text"),
        said=gettext_lazy("a reprint of an official text"),
    ),
    Option("dataset", gettext_lazy("Data set"), said=gettext_lazy("a data set")),
    Option("reference", gettext_lazy("Reference work"), said=gettext_lazy("a reference work")),
    Option("news", gettext_lazy("News"), said=gettext_lazy("a news report")),
]


class StatedBy(SideFacet):
    """Who states it; a side that states nothing here is named as a gap."""

    def hint(self) -> str:
        counts = self.parent.counts
        silent = [option for option in self.options if option.stays and not counts.everywhere(self, option)]
        return " ".join(
            _("No statement by %(party)s is in the record yet.") % {"party": option.said}
            for option in silent
            if option.key != "neither"
        )


class FactFilter(DatedFilter):
    """The facts of one relationship."""

    noun = "fact"
    range_label = gettext_lazy("Date of the fact")
    range_hint = gettext_lazy(
        "Facts dated only to a month or a year are included when any day of it falls in the range."
    )

    q = Search(label=gettext_lazy("Search the facts"))
    topic = RecordFacet(
        "topic", kind="topic", label=gettext_lazy("Topic"), phrase=gettext_lazy("about %(values)s"), said=cited
    )
    by = StatedBy(
        "stated_by",
        label=gettext_lazy("Stated by"),
        phrase=gettext_lazy("stated by %(values)s"),
        options=[Option("neither", gettext_lazy("Neither side"), said=gettext_lazy("neither side"))],
    )
    kind = Facet(
        "figure",
        label=gettext_lazy("Kind of fact"),
        phrase="%(values)s",
        options=[
            Option("with", gettext_lazy("With a figure"), said=gettext_lazy("with a figure")),
            Option("without", gettext_lazy("Statement only"), said=gettext_lazy("without a figure")),
        ],
    )
    source = Facet(
        "source_kind",
        label=gettext_lazy("Source"),
        phrase=gettext_lazy("resting on %(values)s"),
        options=SOURCE_KINDS,
    )
    sort = Sort(
        {
            "editors": (pgettext_lazy("order", "Editors’ order"), "", ["position", "slug", "pk"]),
            "newest": (
                gettext_lazy("Newest first"),
                gettext_lazy("newest first"),
                [F("sort_on").desc(nulls_last=True), "position", "slug", "pk"],
            ),
            "oldest": (
                gettext_lazy("Oldest first"),
                gettext_lazy("oldest first"),
                [F("sort_on").asc(nulls_last=True), "position", "slug", "pk"],
            ),
        }
    )

    def editions(self) -> Editions:
        """On a day in the world, without facts that have dates, all of them later."""
        editions, day = super().editions(), self.site.reader.on
        if day is None:
            return editions
        dated = ledger.Facet.objects.filter(edition=OuterRef("pk"), name="dated")
        return editions.filter(Exists(dated.filter(holds_from__lte=day)) | ~Exists(dated))

    def counted(self, number: int) -> str:
        return ngettext("%(n)s fact", "%(n)s facts", number) % {"n": number}

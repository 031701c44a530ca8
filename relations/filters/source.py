"""Sources: by kind, language, whose words they are, date of publication and words. All relationships share them."""

from __future__ import annotations

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from .base import DatedFilter
from .facets import Facet, Option, SideFacet, ValueFacet
from .fact import SOURCE_KINDS
from .kinds import Search, Sort
from .words import cited_later


class LanguageFacet(ValueFacet):
    """Languages by their codes, each named in the language of the page."""

    def find(self, value: str) -> Option | None:
        return _named(value) if super().find(value) else None

    def found(self) -> list[Option]:
        return sorted((_named(each.value) for each in super().found()), key=lambda each: each.label)


def _named(code: str) -> Option:
    if code == "und":
        return Option(code, _("Another language"), said=_("another language"))
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        name = code
    return Option(code, capfirst(name), said=name)


class SourceFilter(DatedFilter):
    """Every source, whichever relationship it serves."""

    noun = "source"
    range_label = gettext_lazy("Published")
    range_hint = gettext_lazy(
        "Sources dated only to a month or a year are included when any day of it falls in the range."
    )

    q = Search(label=gettext_lazy("Search the sources"))
    kind = Facet(
        "source_kind",
        label=gettext_lazy("Kind of source"),
        phrase=gettext_lazy("of the kind %(values)s"),
        options=[Option(each.value, each.label, said=cited_later(each.label)) for each in SOURCE_KINDS],
    )
    by = SideFacet("stated_by", label=gettext_lazy("Speaks for"), phrase=gettext_lazy("speaking for %(values)s"))
    language = LanguageFacet(
        "language",
        label=gettext_lazy("Language"),
        phrase=pgettext_lazy("language", "in %(values)s"),
        pattern="[a-z]{2,3}",
    )
    sort = Sort(
        {
            "newest": (
                gettext_lazy("Newest first"),
                gettext_lazy("newest first"),
                [F("sort_on").desc(nulls_last=True), "title_en", "pk"],
            ),
            "oldest": (
                gettext_lazy("Oldest first"),
                gettext_lazy("oldest first"),
                [F("sort_on").asc(nulls_last=True), "title_en", "pk"],
            ),
            "title": (gettext_lazy("By title"), gettext_lazy("by title"), ["title_en", "pk"]),
        }
    )

    def counted(self, number: int) -> str:
        return ngettext("%(n)s source", "%(n)s sources", number) % {"n": number}

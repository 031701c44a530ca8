"""The machinery of every list: what a query string asks, checked; the editions it leaves; and how to say it.

A noun declares its filters, each under the name of its parameter, and the words for its number::

    class FactFilter(DatedFilter):
        noun = "fact"
        q = Search(label=_("Search the facts"))
        topic = RecordFacet("topic", kind="topic", label=_("Topic"), phrase=_("about %(values)s"), said=cited)
        by = SideFacet("stated_by", label=_("Stated by"), phrase=_("stated by %(values)s"))
        kind = Facet("figure", label=_("Kind of fact"), phrase="%(values)s", options=[Option("with", _("With …")), …])
        sort = Sort({"editors": (_("Editors’ order"), "", ["position", "slug"]), "newest": (…)})

        def counted(self, number):
            return ngettext("%(n)s fact", "%(n)s facts", number) % {"n": number}

``FactFilter(request.GET, site)`` is ready to use, by pages and exports alike: ``qs`` (ordered), ``is_valid()``,
``errors``, ``counts``, ``facets()``, ``chips``, ``sentence``, ``url()``. It never raises, whatever was typed: a bad
value is named beside its control and left out, what else was asked for still holds. It costs one query for the
records it can be filtered by (none if it has no RecordFacet) and one for all numbers. Pages are made of it by
``relations.rendering.lists.context``; see ``kinds`` and ``facets`` for what can be declared.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .counts import Counts
from .facets import Facet, RecordFacet
from .kinds import Editions, Kind, Search, Since, Sort, Until
from .site import Frame
from .vocabulary import Vocabulary


class ListFilter(django_filters.FilterSet):
    """A list of one noun as a query string asks for it. See the module for how a noun declares one."""

    noun: ClassVar[str]
    filters: dict[str, Kind]

    def __init__(self, data: QueryDict, site: Frame) -> None:
        self.site = site
        super().__init__(data, queryset=self.editions())
        for name, each in self.filters.items():
            each.name = name

    @classmethod
    def get_filters(cls) -> dict[str, Kind]:
        """The declared filters under the names of their parameters: ``from_`` is ``from``, a word of Python's."""
        return {name.rstrip("_"): each for name, each in super().get_filters().items()}

    def editions(self) -> Editions:
        """What the list shows without any filter."""
        here = self.site.relationship_item
        return self.site.reader.live(self.noun, relationship=here.id if here else None)

    def counted(self, number: int) -> str:
        """The number of records in words: "4 facts"."""
        raise NotImplementedError

    # ---- what was asked

    def cleaned(self, name: str) -> Any:
        """The valid value of a parameter; None where there is none or it was refused."""
        self.errors  # noqa: B018 - asking for the errors is what makes the form check its values
        return self.form.cleaned_data.get(name) or None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The records that this list can be filtered by. One query."""
        records = [each for each in self.filters.values() if isinstance(each, RecordFacet)]
        asked = (value for each in records for value in self.data.getlist(each.name))
        return Vocabulary(self.site, {each.kind for each in records}, asked)

    @property
    def words(self) -> list[str]:
        """The words of the text search, for marking them in results."""
        return [word for each in self.filters.values() if isinstance(each, Search) for word in each.words]

    # ---- what that leaves

    def narrowed(self, without: str = "") -> Editions:
        """The editions that every filter leaves, but for the one named."""
        editions = self.queryset
        for name, each in self.filters.items():
            if name != without:
                editions = each.filter(editions, self.cleaned(name))
        return editions

    @property
    def qs(self) -> Editions:
        """The editions to show, in order."""
        return self.narrowed()

    @cached_property
    def counts(self) -> Counts:
        """How many there are of everything. One query."""
        return Counts(self)

    # ---- how to say it

    @property
    def in_order(self) -> list[Kind]:
        """The filters as forms and sentences have them: text, facets, others, dates, order."""
        return sorted(self.filters.values(), key=lambda each: each.place)

    def facets(self) -> list[dict[str, Any]]:
        """Every facet with its counts, for components/facet.html."""
        return [each.part() for each in self.in_order if isinstance(each, Facet)]

    @property
    def applied(self) -> list[Kind]:
        """The filters that are on; the order of the list is not one."""
        return [each for each in self.in_order if each.applied and not isinstance(each, Sort)]

    @property
    def chips(self) -> list[dict[str, str]]:
        """One for each value in force, with the address that removes it; for components/chips.html."""
        return [
            {"label": label, "remove_url": self.url(drop=(each.name, value))}
            for each in self.applied
            for label, value in each.chips()
        ]

    @property
    def clauses(self) -> str:
        """What the filters do, in words: "about “Border”, stated by the United States, newest first"."""
        return ", ".join(filter(None, (each.phrase() for each in self.in_order)))

    @property
    def sentence(self) -> str:
        """The whole list in words: "4 facts of 45, about “Border”, newest first"."""
        said = self.counted(self.counts.shown)
        if self.applied:
            said = _("%(shown)s of %(total)s") % {"shown": said, "total": self.counts.total}
        return ", ".join(filter(None, [said, self.clauses]))

    @property
    def is_simple(self) -> bool:
        """Whether the list is worth an index entry of its own: everything, or one value of one facet."""
        values = [(each, value) for each in self.filters.values() for value in each.applied]
        return not self.errors and (not values or (len(values) == 1 and isinstance(values[0][0], Facet)))

    def pairs(self, drop: tuple[str, str] | None = None) -> list[tuple[str, str]]:
        """The parameters in force, in one fixed order and nothing else; but for the one dropped."""
        pairs = [(each.name, value) for each in self.in_order for value in each.applied]
        return [*self.kept, *(pair for pair in pairs if pair != drop)]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that are no filter of the list but go along with it: the day in the world that is shown."""
        day = self.site.reader.on
        return [("on", day.isoformat())] if day and "on" not in self.filters else []

    def query(self, *more: tuple[str, str], drop: tuple[str, str] | None = None) -> str:
        """The parameters in force as a query string with its question mark; empty where there are none."""
        pairs = [*self.pairs(drop), *more]
        return f"?{urlencode(pairs)}" if pairs else ""

    def url(self, *more: tuple[str, str], drop: tuple[str, str] | None = None) -> str:
        """The address of this list with its filters."""
        return f"{self.site.path}{self.query(*more, drop=drop)}"


class InOrder(forms.Form):
    """The two ends of a range must be in order; if not, neither counts."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        since, until = given.get("from"), given.get("to")
        if since and until and since > until:
            self.add_error("to", _("This day is before the first one, so the dates were left out."))
            del given["from"]
        return given


class DatedFilter(ListFilter):
    """A list that can be narrowed to a range of days, by the facet ``dated``."""

    from_ = Since(
        label=pgettext_lazy("date", "From"),
        phrase=gettext_lazy("dated from %(day)s on"),
        chip=gettext_lazy("From %(day)s"),
    )
    to = Until(
        label=pgettext_lazy("date", "To"),
        phrase=gettext_lazy("dated up to %(day)s"),
        chip=gettext_lazy("Up to %(day)s"),
    )

    range_label: ClassVar[str] = gettext_lazy("Date")
    range_hint: ClassVar[str] = ""

    class Meta:
        form = InOrder

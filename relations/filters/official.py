"""Officials of a relationship: by country, kind of post, in office on a day, name or post title then or now."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Lower
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from relations import search
from relations.models.ledger import Facet as Stored
from relations.reading import Item

from .base import ListFilter
from .facets import Facet, Option, SideFacet
from .kinds import Day, Editions, Search, Sort, has
from .site import Frame
from .words import cited, language

# Kinds of post in the order in which counterparts face each other; the codes of models.Post.Role.
ROLES = {
    "head_of_state": gettext_lazy("Heads of state"),
    "head_of_government": gettext_lazy("Leaders"),
    "deputy": gettext_lazy("Deputies"),
    "foreign_affairs": gettext_lazy("Foreign affairs"),
    "defense": gettext_lazy("Defense"),
    "ambassador": gettext_lazy("Ambassadors"),
    "economy": gettext_lazy("Economy and trade"),
    "climate": gettext_lazy("Climate"),
    "justice": gettext_lazy("Justice"),
    "security": gettext_lazy("Public safety"),
    "envoy": gettext_lazy("Envoys"),
    "other": gettext_lazy("Other posts"),
}


class NameOrPost(Search):
    """Every word is in the name, or in the title of a post that the person holds or ever held."""

    def filter(self, editions: Editions, value: str) -> Editions:
        for word in search.words(value or ""):
            column = f"search_{language()}"
            posts = [str(post.id) for post in self.parent.posts if word in getattr(post.edition, column)]
            found = Q(**{f"{column}__contains": word})
            editions = editions.filter(found | Q(has("post", *posts)) if posts else found)
        return editions

    def phrase(self) -> str:
        return _("whose name or post has %(words)s") % {"words": cited(self.applied[0])} if self.applied else ""


class RoleFacet(Facet):
    """Kinds of post. A kind that nobody here ever held is not on the form, but stays a valid value.

    Together with a day it means those who held such a post on that very day, and is counted so.
    """

    def found(self) -> list[Option]:
        day = self.parent.cleaned("on")
        self.given = [
            Option(
                role,
                label,
                key=f"{role} then" if day else role,
                said=cited(str(label)),
                condition=self._held(role, day) if day else None,
                stays=False,
            )
            for role, label in ROLES.items()
        ]
        return self.given

    def _held(self, role: str, day: datetime.date) -> Exists | Q:
        posts = [str(post.id) for post in self.parent.posts if post.document.role == role]
        return has("in_office", *posts, on=day) if posts else Q(pk__in=[])


class OfficeDay(Day):
    """A day on which sources show the person in a post of this relationship; what lies ahead nobody can show."""

    def filter(self, editions: Editions, value: datetime.date | None) -> Editions:
        posts = [str(post.id) for post in self.parent.posts]
        return editions.filter(has("in_office", *posts, on=value)) if value and posts else editions

    def part(self) -> dict[str, Any]:
        return {**super().part(), "max": self.parent.site.reader.today.isoformat()}


def _sort_name() -> Lower:
    """The name for sorting, which only the document holds."""
    return Lower(KeyTextTransform("sort_name", Cast("document", JSONField())))


def _first_role() -> Subquery:
    """The place of the highest kind of post that the person ever held."""
    ranks = [When(value=role, then=Value(place)) for place, role in enumerate(ROLES)]
    rank = Case(*ranks, default=Value(len(ROLES)), output_field=IntegerField())
    held = Stored.objects.filter(edition=OuterRef("pk"), name="role").annotate(rank=rank)
    return Subquery(held.order_by("rank").values("rank")[:1])


def _newest_start() -> Subquery:
    """The newest day from which sources show the person in a post."""
    shown = Stored.objects.filter(edition=OuterRef("pk"), name="in_office", holds_from__isnull=False)
    return Subquery(shown.order_by("-holds_from").values("holds_from")[:1])


class OfficialFilter(ListFilter):
    """Everyone who holds or held a post that speaks for one side and is general, or accredited to the other."""

    noun = "official"

    q = NameOrPost(label=gettext_lazy("Search names and posts"))
    party = SideFacet("party", label=gettext_lazy("Country"), phrase=pgettext_lazy("officials", "for %(values)s"))
    # The day before the kind of post, whose options depend on it: a form checks its fields in this order.
    on = OfficeDay("in_office", label=gettext_lazy("In office on"), phrase=gettext_lazy("in office on %(day)s"))
    role = RoleFacet("role", label=gettext_lazy("Kind of post"), phrase=gettext_lazy("in posts under %(values)s"))
    sort = Sort(
        {
            "name": (gettext_lazy("Name"), gettext_lazy("by name"), [_sort_name(), "slug", "pk"]),
            "post": (
                pgettext_lazy("order", "Post"),
                gettext_lazy("by kind of post"),
                [_first_role(), _newest_start().desc(nulls_last=True), "slug", "pk"],
            ),
            "newest": (
                gettext_lazy("Newest in office"),
                gettext_lazy("newest in office first"),
                [_newest_start().desc(nulls_last=True), "slug", "pk"],
            ),
        }
    )

    def __init__(self, data: QueryDict, site: Frame) -> None:
        super().__init__(data, site)
        late = _("The record ends today, so this day was left out.")
        self.form.fields["on"].validators.append(MaxValueValidator(site.reader.today, late))

    @cached_property
    def posts(self) -> list[Item]:
        """The live posts of this relationship, in the editors' order. One query."""
        between = self.site.reader.posts_between(self.site.relationship_item)
        return self.site.reader.items(between.order_by("position", "slug", "pk"))

    def editions(self) -> Editions:
        ids = [str(post.id) for post in self.posts]
        live = self.site.reader.live("official")
        return live.filter(has("post", *ids)) if ids else live.none()

    def everyone(self) -> list[tuple[Item, bool]]:
        """Every official of the relationship in the order of the list, and whether the filters leave them. One query.

        The counterparts above the list need the others too: an empty post says who held it last.
        """
        left = ExpressionWrapper(Q(pk__in=self.narrowed().order_by().values("pk")), output_field=BooleanField())
        order = self.filters["sort"].filter(self.queryset, self.cleaned("sort"))
        editions = list(order.annotate(is_left=left))
        return [(item, item.edition.is_left) for item in self.site.reader.items(editions)]

    @property
    def day(self) -> datetime.date:
        """The day whose holders are shown: the one asked for, else the day of the reading."""
        return self.cleaned("on") or self.site.reader.day

    def counted(self, number: int) -> str:
        return ngettext("%(n)s official", "%(n)s officials", number) % {"n": number}

"""Records of every kind in one query: what each is called, and whatever else is asked of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language

from relations.models import BY_KIND, Record

# The columns that say what a record is called on the desk: a pair of languages, or a name in none.
NAMED_BY = {
    "party": "name_",
    "source": "original_title",
    "post": "name_",
    "official": "name",
    "relationship": "title_",
    "topic": "name_",
    "fact": "statement_",
    "meeting": "title_",
    "priority": "name_",
    "statement": "quote_",
    "factsheet": "title_",
}


@dataclass(frozen=True)
class Headline:
    """A record as a line of a list: what it is called, in which language that is, and where it is edited."""

    kind: str
    id: UUID
    en: str
    fr: str

    @property
    def language(self) -> str:
        """That of the desk if it is called anything in it; empty for names and for titles in their own language."""
        if not NAMED_BY[self.kind].endswith("_"):
            return ""
        here = (get_language() or "en")[:2]
        return here if getattr(self, here, "") else ("fr" if here == "en" else "en")

    @property
    def words(self) -> str:
        return Truncator(getattr(self, self.language or "en")).chars(110)

    @property
    def url(self) -> str:
        return reverse(f"admin:relations_{self.kind}_change", args=[self.id])

    @property
    def check_url(self) -> str:
        """Where somebody says that it is still true."""
        return reverse(f"admin:relations_{self.kind}_verify", args=[self.id])


def _column(kind: str, language: str) -> Cast:
    name = NAMED_BY[kind]
    return Cast(F(f"{name}{language}" if name.endswith("_") else name), TextField())


def together(
    kinds: Iterable[str], asked: Callable[[type[Record], QuerySet], QuerySet], *columns: str
) -> QuerySet | None:
    """Rows (kind, id, English name, French name, columns…) of all these kinds, one query not yet run; None for none.

    ``asked`` narrows and annotates the rows of one kind; every column has to be there for every kind.
    """
    parts = [
        asked(BY_KIND[kind], BY_KIND[kind]._base_manager.order_by())
        .annotate(kind=Value(kind), called_en=_column(kind, "en"), called_fr=_column(kind, "fr"))
        .values_list("kind", "pk", "called_en", "called_fr", *columns)
        for kind in kinds
    ]
    return parts[0].union(*parts[1:], all=True) if parts else None


def headlines(wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Headline]:
    """What these records are called, as far as they are still on the desk. One query."""
    ids: dict[str, set[UUID]] = {}
    for kind, identity in wanted:
        ids.setdefault(kind, set()).add(identity)
    rows = together(ids, lambda model, all_rows: all_rows.filter(pk__in=ids[model.KIND]))
    return {row[1]: Headline(*row) for row in rows} if rows is not None else {}

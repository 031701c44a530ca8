"""A post's public shape."""

from collections.abc import Iterator
from typing import Literal

from relations.models.dates import PartialDate

from .base import Citation, Citations, Document, FacetValue, Part, Ref, Text


class Vacancy(Part):
    held_from: PartialDate
    # Its day is the first that is no longer empty; see Term.held_until.
    held_until: PartialDate | None = None
    source: Citation
    note: Text = Text()


class Post(Document):
    REQUIRED = ("name",)
    CHECK_EVERY = 12

    kind: Literal["post"] = "post"
    party: Ref
    accredited_to: Ref | None = None
    role: str
    name: Text
    name_feminine: Text = Text()
    note: Text = Text()
    vacancies: tuple[Vacancy, ...] = ()
    sources: Citations = ()

    @property
    def title(self) -> Text:
        return self.name

    def named(self, gender: str) -> Text:
        """The post's name for a holder of this grammatical gender ("f" or "m")."""
        feminine = self.name_feminine if gender == "f" else Text()
        return Text(en=feminine.en or self.name.en, fr=feminine.fr or self.name.fr)

    def facets(self) -> Iterator[FacetValue]:
        yield from super().facets()
        yield FacetValue("party", str(self.party.id))
        yield FacetValue("accredited_to", str(self.accredited_to.id) if self.accredited_to else "")
        yield FacetValue("role", self.role)

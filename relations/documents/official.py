"""An official's public shape, and who held what on a day."""

import datetime
import enum
from collections.abc import Iterator
from typing import Literal

from relations.models.dates import PartialDate

from .base import Citations, Document, FacetValue, Part, Portrait, PostRef, Ref, Text, later

DAY = datetime.timedelta(days=1)


class Held(enum.Enum):
    """Whether someone held a post on a day: three answers, and never a guess."""

    YES = "held"
    UNCERTAIN = "attested nearby"
    NOT_RECORDED = "not recorded"


class Term(Part):
    post: PostRef
    capacity: str
    standing: str
    held_from: PartialDate | None = None
    # Half-open: its date is the first day no longer covered. Precision says how well the last day is known.
    held_until: PartialDate | None = None
    attested_on: tuple[datetime.date, ...] = ()
    last_verified: datetime.date | None = None
    verified: bool = True
    note: Text = Text()
    sources: Citations = ()

    @property
    def last_on(self) -> PartialDate | None:
        """The last day of the term, at its precision; None where it is not known or not over."""
        if self.held_until is None:
            return None
        return PartialDate(date=self.held_until.date - DAY, precision=self.held_until.precision)

    @property
    def possible(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The longest half-open period that the sources allow; None is open."""
        since = self.held_from.first if self.held_from else None
        return since, self.last_on.until if self.last_on else None

    @property
    def certain(self) -> tuple[datetime.date, datetime.date | None] | None:
        """The longest half-open period that the sources show; None where they show no day.

        It joins the days known one by one: those that attest the term, and its ends where they are known to the
        day. A start known to the month counts from the month's last day, an end until its first. A term that is
        current is open.
        """
        ends = [end for end in (self.held_from, self.last_on) if end]
        days = [*self.attested_on, *(end.date for end in ends if end.precision == "day")]
        since = days + ([self.held_from.until - DAY] if self.held_from else [])
        last = days + ([self.last_on.first] if self.last_on else [])
        if self.standing == "current":
            return (min(since), None) if since else None
        return (min(since), max(last) + DAY) if since and last and min(since) <= max(last) else None

    def held_on(self, day: datetime.date) -> Held:
        """Whether the sources show the post held on this day."""
        if _covers(self.certain, day):
            return Held.YES
        return Held.UNCERTAIN if _covers(self.possible, day) else Held.NOT_RECORDED

    def held_between(self, first: datetime.date, until: datetime.date) -> bool:
        """Whether the sources allow that the post was held on some day of this half-open period."""
        return _overlap(self.certain, first, until) or _overlap(self.possible, first, until)


Period = tuple[datetime.date | None, datetime.date | None]


def _overlap(period: Period | None, first: datetime.date, until: datetime.date) -> bool:
    if period is None:
        return False
    since, end = period
    return (since is None or since < until) and (end is None or first < end)


def _covers(period: Period | None, day: datetime.date) -> bool:
    if period is None:
        return False
    since, end = period
    return (since is None or since <= day) and (end is None or day < end)


# Who fills a post, in contrast to who is to.
FILLING = {"holder", "acting", "charge"}


class Official(Document):
    CHECK_EVERY = 6

    kind: Literal["official"] = "official"
    party: Ref
    name: str
    sort_name: str
    grammatical_gender: Literal["f", "m"]
    summary: Text = Text()
    wikidata: str = ""
    terms: tuple[Term, ...] = ()
    sources: Citations = ()
    portrait: Portrait | None = later(None, since=2)
    portrait_alt: Text = later(Text(), since=2)
    portrait_credit: str = later("", since=2)
    portrait_licence: str = later("", since=2)
    portrait_source: str = later("", since=2)

    @property
    def title(self) -> Text:
        return Text(en=self.name, fr=self.name)

    def term(self, identity) -> Term | None:
        """The term with this id, if the official has it."""
        return next((term for term in self.terms if term.id == identity), None)

    def terms_on(self, day: datetime.date) -> list[Term]:
        """The terms shown to be held on this day."""
        return [term for term in self.terms if term.held_on(day) is Held.YES]

    def facets(self) -> Iterator[FacetValue]:
        yield from super().facets()
        yield FacetValue("party", str(self.party.id))
        if self.portrait:
            yield FacetValue("portrait", self.portrait.sha256)
        for role in {term.post.role for term in self.terms}:
            yield FacetValue("role", role)
        for post in {term.post.id for term in self.terms}:
            yield FacetValue("post", str(post))
        for term in self.terms:
            if term.certain:
                yield FacetValue("in_office", str(term.post.id), *term.certain)
                if term.standing == "current" and term.capacity in FILLING:
                    yield FacetValue("fills", str(term.post.id), term.certain[0])

    def plain_words(self) -> Iterator[str]:
        yield from (self.name, self.sort_name)

"""What every document is made of: text in two languages, partial dates, references, citations; and its digest."""

from __future__ import annotations

import calendar
import datetime
import enum
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar, NamedTuple, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

from relations.models.dates import PartialDate
from relations.models.fact import DIGITS

LANGUAGES = ("en", "fr")


# The form that documents have at present. It rises by one with a release that adds fields; what was stored in any form
# before stays as it is and keeps its digest.
FORM = 2
# The version of what is derived from documents: titles, days to sort by, words to search, facets. It rises with every
# change of these rules; ``manage.py reindex`` then derives them anew.
RULES = 1


class Frozen(BaseModel):
    """A value that cannot change after it was made, and that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def later(default: Any, *, since: int) -> Any:
    """A field that came with a later form than the first: left out of what is stored as long as it holds its default.

    So what was stored before keeps its digest, and a desk copy that says nothing new has not changed.
    """
    return Field(default=default, exclude_if=lambda value: value == default, json_schema_extra={"since": since})


def since(field: FieldInfo) -> int:
    """The form with which a field came."""
    return (field.json_schema_extra or {}).get("since", 1)


class Text(Frozen):
    """The same words in both languages; an empty string where one is missing. There is no fallback."""

    en: str = ""
    fr: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.fr)

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages without words."""
        return tuple(language for language in LANGUAGES if not getattr(self, language).strip())


class Ref(Frozen):
    """A reference to another record, by identity. The reader resolves it at the instant of the page."""

    kind: str
    id: UUID


class PostRef(Ref):
    """A post, with the kind of post it is: a code that filters need, not a text."""

    kind: str = "post"
    role: str


class TermRef(Frozen):
    """One term of one official: who, and in which post."""

    id: UUID
    official: Ref
    post: PostRef


class CommitmentRef(Frozen):
    """One commitment inside a priority; the slug is its anchor on the priority's page."""

    id: UUID
    slug: str
    priority: Ref


class Unit(Frozen):
    """What a figure counts. Embedded: a citation must not change when a label does."""

    code: str
    name: Text
    singular: Text


class Portrait(Frozen):
    """A picture by its content: the bytes behind this hash never change. Whoever names it is who makes it public."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    # Of its widest rendition, in pixels; and the widths of all, the narrowest first.
    width: int
    height: int
    widths: tuple[int, ...]


class Cited(Frozen):
    """A source as it is cited. Embedded: a citation must not change when a label does."""

    title: str
    publisher: str
    source_kind: str
    language: str
    url: str = ""
    published: PartialDate | None = None
    speaks_for: tuple[Ref, ...] = ()


class Citation(Frozen):
    source: Ref
    cited: Cited


def _in_id_order(refs: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(set(refs), key=lambda ref: str(ref.source.id if isinstance(ref, Citation) else ref.id)))


def _plain(value: Decimal) -> Decimal:
    """The same number without exponent, trailing zeros or a minus before zero: equal figures, equal digests."""
    short = (value + 0).normalize()
    if len(short.as_tuple().digits) > DIGITS:
        raise ValueError(f"more than {DIGITS} digits")
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


# Sets, not lists: their order means nothing, so it is fixed.
Refs = Annotated[tuple[Ref, ...], AfterValidator(_in_id_order)]
Citations = Annotated[tuple[Citation, ...], AfterValidator(_in_id_order)]
Number = Annotated[Decimal, AfterValidator(_plain)]


class Part(Frozen):
    """A child of a document. Its id is stable over editions; its place in the tuple is its position."""

    id: UUID


class FacetValue(NamedTuple):
    """Something a list can be filtered by. The period is world time, half-open; None means open."""

    name: str
    value: str
    holds_from: datetime.date | None = None
    holds_until: datetime.date | None = None


class Stale(enum.StrEnum):
    """Why what a record says may no longer be so. Said by documents, checks and the day; nothing else."""

    FIGURE = "figure"  # a newer one should be out
    UPCOMING = "upcoming"  # announced, and its days have passed without a word of what came of it
    TERM = "term"  # shown in office, and somebody else's live text shows a successor
    CHECK = "check"  # the next check was due


class Document(Frozen):
    """The complete public shape of one record at one moment: both languages, children included.

    The same document is an edition's content, what templates receive, what the API returns, what an export
    holds and what an import reads. It cannot run a query.
    """

    # Texts that need both languages before the record can go live; others need both or neither.
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    # After how many months somebody should look again; None where what was said once stays so.
    CHECK_EVERY: ClassVar[int | None] = None

    schema_version: int = 1
    kind: str
    id: UUID
    slug: str
    position: int = 0

    # Every kind also has ``title``, a Text: a field of some, a property of others.

    @property
    def sort_on(self) -> datetime.date | None:
        """The day that lists sort by, in world time; None where the record has none."""
        return None

    def on(self, day: datetime.date) -> Self:
        """What of it was so on a day in the world: without what its own dates put later. Not for storing."""
        return self

    def is_later(self, day: datetime.date) -> bool:
        """Whether its own dates put all of it later than a day in the world; what has no date is not called later."""
        return False

    def facets(self) -> Iterator[FacetValue]:
        """What this document can be found by; every record it names is one."""
        for identity in {ref.id for ref in refs(self)}:
            yield FacetValue("ref", str(identity))
        for why, day in self.goes_stale():
            yield FacetValue("stale", why.value, day)

    def goes_stale(self) -> Iterator[tuple[Stale, datetime.date]]:
        """From which day on it may be out of date by its own dates, and why."""
        yield from ()

    def check_after(self, day: datetime.date) -> datetime.date | None:
        """When somebody who checked it on this day should look again; None where there is nothing left to check."""
        return months_later(day, self.CHECK_EVERY) if self.CHECK_EVERY else None

    def plain_words(self) -> Iterator[str]:
        """Words outside any Text that search should find: names, titles of sources."""
        yield from ()

    def search_text(self, language: str) -> str:
        """Everything a reader could look for in this language, folded."""
        words = [getattr(text, language) for _, text in texts(self)]
        return fold(" ".join(filter(None, [*words, *self.plain_words()])))

    def canonical(self) -> str:
        """Canonical JSON: sorted keys, decimals as strings, no spaces, no ASCII escapes."""
        return _dump(self.model_dump(mode="json"))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form, in hexadecimal. It depends on nothing but content."""
        return _sha256(self.canonical())

    @property
    def desk_digest(self) -> str:
        """The digest with embedded citations and unit names left out: what an editor can change *here*."""
        return _sha256(_dump(_without_embedded(self.model_dump(mode="json"))))

    @property
    def desk_digests(self) -> frozenset[str]:
        """The desk digest of this content, and what it is in each earlier form, without the fields that came since."""
        return frozenset({self.desk_digest, *(_in_form(self, form).desk_digest for form in range(1, FORM))})


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _dump(data: Any) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _without_embedded(data: Any) -> Any:
    if isinstance(data, list):
        return [_without_embedded(value) for value in data]
    if not isinstance(data, dict):
        return data
    embedded = {"cited"} if "source" in data else {"name", "singular"} if "singular" in data else set()
    return {key: _without_embedded(value) for key, value in data.items() if key not in embedded}


def _in_form(value: Any, form: int) -> Any:
    """The same value as if the fields that came after this form had never been filled in."""
    if isinstance(value, tuple):
        return tuple(_in_form(each, form) for each in value)
    if not isinstance(value, BaseModel):
        return value
    fields = type(value).model_fields.items()
    old = {
        name: field.default if since(field) > form else _in_form(getattr(value, name), form) for name, field in fields
    }
    return value.model_copy(update=old)


def _walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value inside a document with its path, parents before children, in document order."""
    yield path, value
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}[{index}]")
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), f"{path}.{name}" if path else name)


def refs(document: Document) -> list[Ref]:
    """Every record that a document names, sources included, each once, in document order."""
    found = (value for _, value in _walk(document) if isinstance(value, Ref))
    return list({ref.id: ref for ref in found}.values())


def texts(document: Document) -> Iterator[tuple[str, Text]]:
    """Every text of a document with its path, such as ``observations[0].label``."""
    return ((path, value) for path, value in _walk(document) if isinstance(value, Text))


def citations(document: Document) -> list[Citation]:
    """Every citation of a document, each source once, in document order."""
    found = (value for _, value in _walk(document) if isinstance(value, Citation))
    return list({citation.source.id: citation for citation in found}.values())


def recite(document: Document, cited: dict[UUID, Cited]) -> Document:
    """The same document with the citations of these sources replaced; a source not named keeps its own."""

    def replace(data: Any) -> Any:
        if isinstance(data, (list, tuple)):
            return [replace(value) for value in data]
        if not isinstance(data, dict):
            return data
        if "cited" in data and data["source"]["id"] in cited:
            return {**data, "cited": cited[data["source"]["id"]].model_dump()}
        return {key: replace(value) for key, value in data.items()}

    return type(document).model_validate(replace(document.model_dump()))


# What sets apart the thousands of a number, in English or French, and the decimals of a French one.
GROUPING = re.compile(r"(?<!\d{4})(?<=\d)[ ,](?=\d{3}(?!\d))")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


def fold(text: str) -> str:
    """Text as search compares it: lower case, without accents, one space between words, numbers as a program has them.

    So "5,525", "5 525" and "5525" are the same, and so are "1.9" and "1,9".
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    plain = " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())
    return DECIMAL_COMMA.sub(".", GROUPING.sub("", plain))

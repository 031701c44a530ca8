"""Who is named where: the live texts that name somebody as being in office, by identity or in words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from relations.documents import Document, Meeting, Official, Post, Statement, fold, parse, texts
from relations.documents.base import LANGUAGES
from relations.models import Edition, Facet

from .readiness import label

# Texts in our own words about how things are. Sources and statements are other people's words, fact sheets what was
# said on their day.
OUR_WORDS = ("relationship", "fact", "priority", "meeting", "topic", "official", "post", "party")
AROUND = 70  # letters shown on each side of a name
# Where the country begins in the name of a post, in folded words.
OF = {"en": r"\b(?:of|to|for)\b", "fr": r"\b(?:du|des|de|au|aux|pour)\b|\bd'"}


@dataclass(frozen=True)
class Excerpt:
    """The words around a name, with the language and the place in the document."""

    where: str
    language: str
    before: str
    name: str
    after: str


@dataclass(frozen=True)
class Mention:
    """A live text that names the person. ``in_post``: as the holder of the post, and not just by name."""

    kind: str
    record_id: UUID
    title_en: str
    title_fr: str
    in_post: bool
    excerpts: tuple[Excerpt, ...]


def mentions(official: Official, post: Post | None, *, on: datetime.date, at: datetime.datetime) -> list[Mention]:
    """Every live text that may show this person in office after this day: those that name the post as well first.

    What is dated before the day is left out: who took part in a meeting then took part in the post held then. One
    query, and a look into each text that holds the family name.
    """
    family = fold(official.sort_name.split(",")[0])
    by_identity = Exists(Facet.objects.filter(edition=OuterRef("pk"), name="ref", value=str(official.id)))
    by_words = Q(search_en__contains=family) | Q(search_fr__contains=family)
    live = Edition.objects.live(at).filter(by_words | Q(by_identity), kind__in=(*OUR_WORDS, "statement"))
    found = []
    for edition in live.exclude(record_id=official.id).order_by("kind", "position", "slug", "pk"):
        document = parse(edition.kind, edition.document)
        if mention := _mention(edition, document, official, post, on):
            found.append(mention)
    return sorted(found, key=lambda each: not each.in_post)


def _mention(
    edition: Edition, document: Document, official: Official, post: Post | None, on: datetime.date
) -> Mention | None:
    takes_part = _takes_part(document, official.id, on)
    if isinstance(document, Statement) or (isinstance(document, Meeting) and document.over_on <= on):
        excerpts = ()
    else:
        excerpts = tuple(_excerpts(document, official.sort_name.split(",")[0]))
    if not takes_part and not excerpts:
        return None
    in_post = takes_part or _says_post(excerpts, post)
    return Mention(edition.kind, edition.record_id, edition.title_en, edition.title_fr, in_post, excerpts)


def _takes_part(document: Document, official: UUID, on: datetime.date) -> bool:
    """Whether it names them by identity, in the post that they are to hold after the day."""
    if isinstance(document, Meeting):
        there = {each.term.official.id for each in document.participants}
        return document.over_on > on and official in there
    if isinstance(document, Statement):
        return document.said_on.first > on and official in {term.official.id for term in document.speakers}
    return False


def _excerpts(document: Document, family: str) -> Iterator[Excerpt]:
    whole = re.compile(rf"(?<!\w){re.escape(family)}(?!\w)", re.IGNORECASE)
    for path, text in texts(document):
        for language in LANGUAGES:
            words = getattr(text, language)
            if match := whole.search(words):
                start, end = match.span()
                yield Excerpt(
                    label(document.kind, path),
                    language,
                    _cut(words[:start], -AROUND),
                    match.group(),
                    _cut(words[end:], AROUND),
                )


def _cut(words: str, length: int) -> str:
    """The last or first letters of a text, with a sign where something was left out."""
    if len(words) <= abs(length):
        return words
    return f"…{words[length:]}" if length < 0 else f"{words[:length]}…"


def _says_post(excerpts: Iterable[Excerpt], post: Post | None) -> bool:
    """Whether the post is named beside the person, in full or without the country: Prime Minister Holt."""
    if post is None:
        return False
    return any(
        head in fold(f"{excerpt.before}{excerpt.after}")
        for excerpt in excerpts
        for head in _heads(post, excerpt.language)
    )


def _heads(post: Post, language: str) -> set[str]:
    """What comes before the country in the names of a post, folded: "ambassador of Suda" gives "ambassador"."""
    names = {getattr(name, language) for name in (post.name, post.name_feminine)}
    return {re.split(OF[language], fold(name), maxsplit=1)[0].strip() for name in names if name}

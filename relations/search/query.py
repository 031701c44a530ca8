"""Words that a reader typed, and the live editions that hold all of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from relations.documents import fold
from relations.models.ledger import Edition

FEWEST_CHARACTERS = 2  # of all words together
MOST_CHARACTERS = 200
MOST_WORDS = 10


def words(text: str) -> list[str]:
    """The folded words of a question, each once, in order; marks around a word do not count."""
    found = (word.strip("\"'“”«»()[],;:.!?…") for word in fold(text).split())
    return list(dict.fromkeys(filter(None, found)))


def matching(editions: QuerySet[Edition], text: str, language: str) -> QuerySet[Edition]:
    """Those of the editions whose text in this language holds every word; all of them where there is no word."""
    condition = Q()
    for word in words(text)[:MOST_WORDS]:
        condition &= Q(**{f"search_{language}__contains": word})
    return editions.filter(condition)

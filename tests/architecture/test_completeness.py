"""A noun is a row: one file of its name in every layer. What is missing is listed, with what it is for."""

from __future__ import annotations

import pytest

from relations.documents import DOCUMENTS
from relations.models import BY_KIND
from tests.architecture.code import ROOT

NOUNS = sorted(BY_KIND)
# What each noun needs, and what a file of that kind does.
EVERY_NOUN = {
    "relations/models/{noun}.py": "the desk: columns and constraints",
    "relations/documents/{noun}.py": "the public shape",
    "relations/admin/{noun}.py": "the form and the list for editors",
    "relations/intake/{noun}.py": "how a content pack writes it",
}
PAGES = {
    "relations/views/{plural}.py": "its addresses answer",
    "relations/rendering/{noun}.py": "what its page shows",
    "templates/{noun}": "its page",
}
FILTERED = {"relations/filters/{noun}.py": "how its list is filtered"}

# Nouns that do without some of it, and why.
NO_PAGE = {
    "party": "shown on the pages of its relationships and officials",
    "post": "shown on the pages of the officials who hold it",
}
NO_FILTER = {
    "party": NO_PAGE["party"],
    "post": NO_PAGE["post"],
    "relationship": "few; each has its own home",
    "topic": "few; a filter of the other lists",
}
PLURAL = {"priority": "priorities", "party": "parties"}


def needed(noun: str) -> dict[str, str]:
    parts = EVERY_NOUN | ({} if noun in NO_PAGE else PAGES) | ({} if noun in NO_FILTER else FILTERED)
    plural = PLURAL.get(noun, f"{noun}s")
    return {path.format(noun=noun, plural=plural): purpose for path, purpose in parts.items()}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_has_all_its_parts(noun):
    missing = [
        f"{path} is missing: {purpose}. Write it, or say in this table why {noun} does without."
        for path, purpose in needed(noun).items()
        if not (ROOT / path).exists()
    ]
    assert not missing, "\n".join(missing)


def test_nothing_is_excused_that_is_there():
    idle = [noun for noun in NO_PAGE if (ROOT / "templates" / noun).exists()]
    idle += [noun for noun in NO_FILTER if (ROOT / "relations" / "filters" / f"{noun}.py").exists()]
    assert idle == [], "take these out of NO_PAGE or NO_FILTER"


def test_models_and_documents_name_the_same_nouns():
    assert list(DOCUMENTS) == list(BY_KIND)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_document_has_a_title_and_knows_what_it_needs(noun):
    shape = DOCUMENTS[noun]
    assert "title" in shape.model_fields or isinstance(vars(shape).get("title"), property)
    assert set(shape.REQUIRED) <= set(shape.model_fields)

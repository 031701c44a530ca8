"""Two packs on one site: nothing in the code knows either pair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from relations.documents import Document
from relations.documents.base import Part
from relations.intake import read
from relations.models import BY_KIND, Unit
from relations.reading import Reader
from tests.pack import PACK, SECOND_PACK

ROOT = Path(__file__).parents[2]


def test_both_relationships_have_their_own_records(two_relationships: Reader) -> None:
    site = two_relationships
    ids = {item.slug: item.id for item in site.relationships}
    counts = {
        slug: Counter(site.live(*BY_KIND, relationship=identity).values_list("kind", flat=True))
        for slug, identity in ids.items()
    }

    assert counts == {
        "united-states-canada": {
            "topic": 9,
            "fact": 45,
            "meeting": 22,
            "priority": 8,
            "statement": 9,
            "factsheet": 1,
        },
        "norland-sudria": {"topic": 2, "fact": 3, "meeting": 1, "priority": 1, "statement": 1, "factsheet": 1},
    }


def test_what_all_relationships_share_is_there_once(two_relationships: Reader) -> None:
    shared = Counter(two_relationships.live("party", "source", "post", "official").values_list("kind", flat=True))

    assert shared == {"party": 4, "source": 163, "post": 22, "official": 52}
    assert Unit.objects.count() == 19


def test_each_relationship_lists_its_own_posts(two_relationships: Reader) -> None:
    for item in two_relationships.relationships:
        slugs = set(two_relationships.posts_between(item).values_list("slug", flat=True))
        own = {"norland-prime-minister", "sudria-ambassador-norland"}
        assert slugs == own if item.slug == "norland-sudria" else slugs.isdisjoint(own) and len(slugs) == 20


def test_the_second_pack_says_what_it_says(two_relationships: Reader) -> None:
    documents = {document.slug: document for document in read(SECOND_PACK).documents.values()}
    rill = documents["tomas-rill"]

    assert [(each.value, each.as_of.isoformat) for each in documents["strait-width"].observations] == [
        (42.5, "2024-03-01"),
        (41, "2024-02"),
    ]
    assert documents["strait-treaty"].observations[0].value_date.isoformat == "1911-05"
    assert [term.capacity for term in rill.terms] == ["acting", "holder"]
    assert [term.last_on and term.last_on.isoformat for term in rill.terms] == ["2020-02", None]
    assert documents["harbor-talks-2024"].participants[1].term.id == rill.terms[1].id
    assert documents["harbor-talks-2024"].until.isoformat() == "2024-01-17"
    assert documents["herring"].framework.en == "Minutes of Holm"


@pytest.mark.django_db
def test_no_id_is_used_twice() -> None:
    """Ids are made of the pack's own, so a clash would be two records taken for one."""
    ids = [
        identity
        for folder in (PACK, SECOND_PACK)
        for each in read(folder).documents.values()
        for identity in _ids(each)
    ]

    assert [identity for identity, times in Counter(ids).items() if times > 1] == []


def _ids(value: object) -> Iterator[UUID]:
    """The id of a record and of every part of it."""
    if isinstance(value, (Document, Part)):
        yield value.id
        for name in type(value).model_fields:
            held = getattr(value, name)
            for part in held if isinstance(held, tuple) else ():
                yield from _ids(part)


def test_the_code_names_no_country() -> None:
    """Country names, codes and ids stand in packs only."""
    names = re.compile(r"\b(canad\w*|united[ -]states|us-canada|USMCA|NORAD|ottawa|washington)\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "relations" / "intake").rglob("*.py")
        for match in names.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []

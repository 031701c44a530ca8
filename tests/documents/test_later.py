"""Fields that came after the first editions leave what was stored before as it is."""

from __future__ import annotations

import json

import pytest

from relations.documents import Official, Text, freeze, parse
from tests import cast

pytestmark = pytest.mark.django_db

LATER = {"portrait", "portrait_alt", "portrait_credit", "portrait_licence", "portrait_source"}


@pytest.fixture
def official():
    return cast.world().official


def test_an_official_without_a_portrait_is_stored_as_before_there_were_portraits(official):
    assert LATER & set(json.loads(freeze(official).canonical())) == set()


def test_what_was_stored_before_is_read_and_keeps_its_digest(official):
    document = freeze(official)
    again = parse("official", document.canonical())
    assert (again, again.portrait, again.portrait_alt) == (document, None, Text())
    assert (again.digest, again.desk_digest) == (document.digest, document.desk_digest)


def test_a_portrait_and_each_word_about_it_change_the_digest(official):
    seen = {freeze(official).digest}
    official.portrait = cast.a_portrait()
    for name, value in {
        "portrait_alt_en": "At a desk.",
        "portrait_credit": "Jo Lum",
        "portrait_licence": "CC0",
    }.items():
        setattr(official, name, value)
        official.save()
        seen.add(freeze(official).digest)
    assert len(seen) == 4
    stored = json.loads(freeze(official).canonical())
    assert stored["portrait"] == {"height": 480, "sha256": "a" * 64, "width": 384, "widths": [96, 192, 384]}
    assert Official.model_validate(stored) == freeze(official)


def test_its_hash_is_a_facet_so_that_the_door_finds_it(official):
    official.portrait = cast.a_portrait()
    assert ("portrait", "a" * 64) in [facet[:2] for facet in freeze(official).facets()]

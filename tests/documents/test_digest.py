"""The digest of a document depends on what it says and on nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from decimal import Decimal
from pathlib import Path

import pytest

from relations.documents import DOCUMENTS, Fact, Number, Ref, Text, Topic, freeze, parse
from relations.documents.base import Citation, Cited, Frozen
from tests import cast

ROOT = Path(__file__).resolve().parent.parent.parent
TOPIC = Topic(
    id=uuid.UUID(int=1),
    slug="border",
    relationship=Ref(kind="relationship", id=uuid.UUID(int=2)),
    name=Text(en="Border", fr="Frontière"),
)
# Reads "kind, tab, JSON" lines and answers with digests: another process, another hash seed, another Python.
ANOTHER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from relations.documents import parse
for line in sys.stdin:
    document = parse(*line.rstrip("\\n").split("\\t", 1))
    print(document.digest, document.desk_digest)
"""


def test_the_canonical_form_is_this_and_stays_this():
    assert TOPIC.canonical() == (
        '{"description":{"en":"","fr":""},"id":"00000000-0000-0000-0000-000000000001","kind":"topic",'
        '"name":{"en":"Border","fr":"Frontière"},"position":0,'
        '"relationship":{"id":"00000000-0000-0000-0000-000000000002","kind":"relationship"},'
        '"schema_version":1,"slug":"border","sources":[]}'
    )


def test_the_digest_is_the_sha256_of_the_canonical_form():
    assert TOPIC.digest == "e56beae0992f26e7e647c1406ce7b20cfb6452d2520039b12133e59ed1a630bf"


def test_another_word_gives_another_digest():
    renamed = TOPIC.model_copy(update={"name": Text(en="Borders", fr="Frontière")})
    assert renamed.digest != TOPIC.digest


def test_the_order_of_fields_in_the_stored_text_means_nothing():
    backwards = dict(reversed(TOPIC.model_dump(mode="json").items()))
    assert parse("topic", json.dumps(backwards)).digest == TOPIC.digest


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1.900", "1.9"), ("1E+2", "100"), ("-0.0", "0"), ("5525", "5525"), ("0.000001", "0.000001")],
)
def test_equal_figures_are_written_alike(written, kept):
    class Figure(Frozen):
        value: Number

    assert Figure(value=Decimal(written)).model_dump(mode="json") == {"value": kept}


def test_a_figure_with_more_digits_than_a_database_keeps_is_refused():
    class Figure(Frozen):
        value: Number

    with pytest.raises(ValueError, match="more than 15 digits"):
        Figure(value=Decimal("1234567890.123456"))


@pytest.mark.django_db
def test_sets_have_no_order_and_name_nothing_twice():
    fact = freeze(cast.world().fact)
    shuffled = fact.model_dump() | {"parties": [*reversed(fact.parties), fact.parties[0]]}
    assert Fact.model_validate(shuffled).digest == fact.digest


@pytest.mark.django_db
def test_the_desk_digest_leaves_out_what_another_record_says():
    world = cast.world()
    before = freeze(world.fact)
    world.source.original_title = "The gazette, renamed"
    world.source.save()
    after = freeze(world.fact)
    assert (after.digest != before.digest, after.desk_digest == before.desk_digest) == (True, True)


def _other_pythons() -> list:
    newer = ROOT / ".venv-3.13" / "bin" / "python"
    missing = pytest.mark.skipif(not newer.exists(), reason="no environment for another Python beside this one")
    return [
        pytest.param(sys.executable, "4711", id="another hash seed"),
        pytest.param(str(newer), "1", id="another Python", marks=missing),
    ]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("python", "seed"), _other_pythons())
def test_another_process_finds_the_same_digests(python, seed):
    documents = [freeze(record) for record in cast.world().records]
    assert {document.kind for document in documents} == set(DOCUMENTS)
    lines = [f"{document.kind}\t{json.dumps(_shuffled(document.model_dump(mode='json')))}" for document in documents]
    answer = subprocess.run(  # noqa: S603 - our own script, our own Python
        [python, "-c", ANOTHER],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
    )
    assert answer.stdout.split() == [each for one in documents for each in (one.digest, one.desk_digest)]


def _shuffled(data):
    """The same JSON with the fields of every object in another order."""
    if isinstance(data, list):
        return [_shuffled(each) for each in data]
    if not isinstance(data, dict):
        return data
    names = sorted(data, key=lambda name: name[::-1])
    return {name: _shuffled(data[name]) for name in names}


def test_a_citation_of_the_same_source_counts_once():
    source = Ref(kind="source", id=uuid.UUID(int=3))
    citation = Citation(
        source=source, cited=Cited(title="Gazette", publisher="Printer", source_kind="news", language="en")
    )
    twice = Topic(**TOPIC.model_dump() | {"sources": [citation, citation]})
    assert twice.sources == (citation,)

"""What released versions stored is read by today's code as it was meant, for ever: samples of it, and their proof."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from relations.documents import DOCUMENTS, desk, parse
from relations.documents.base import FORM, Frozen, since

# By the form of documents: each line a document as it was stored, with the digests that it had then. Never changed; a
# release that adds fields adds a file.
SAMPLES = sorted((Path(__file__).parent / "samples").glob("form-*.jsonl"))


def samples() -> list[dict[str, str]]:
    return [json.loads(line) for path in SAMPLES for line in path.read_text(encoding="ascii").splitlines()]


def classes(shape: type[Frozen]) -> Iterator[type[Frozen]]:
    """A class of documents, and every class that one of its fields can hold."""
    yield shape
    for _many, held in desk.shape(shape).values():
        if isinstance(held, type) and issubclass(held, BaseModel):
            yield from classes(held)


ALL = sorted({each for kind in DOCUMENTS for each in classes(DOCUMENTS[kind])}, key=lambda each: each.__name__)


def stored() -> dict[type[Frozen], set[str]]:
    """Class → the names of its fields that stand in a sample."""
    found: dict[type, set[str]] = defaultdict(set)

    def walk(data: Any, shape: type) -> None:
        if isinstance(data, list):
            for each in data:
                walk(each, shape)
        elif isinstance(data, dict):
            found[shape] |= set(data)
            for name, (_many, held) in desk.shape(shape).items():
                if isinstance(held, type) and issubclass(held, BaseModel):
                    walk(data.get(name), held)

    for sample in samples():
        walk(json.loads(sample["document"]), DOCUMENTS[sample["kind"]])
    return found


STORED = stored()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_what_was_stored_is_read_and_keeps_its_digests_to_the_letter(kind):
    own = [sample for sample in samples() if sample["kind"] == kind]
    assert len(own) > 1
    for sample in own:
        document = parse(kind, sample["document"])
        assert document.canonical() == sample["document"]
        assert (document.digest, document.desk_digest) == (sample["digest"], sample["desk_digest"])


REMEDY = """
{field} is in nothing that was ever stored. Write it as

    {name}: … = later(default, since=FORM)

and raise FORM in relations/documents/base.py, if this release has not done so yet. Then no digest moves. Otherwise
every record that is live would differ from its own edition, and what was redacted could come back.
"""


@pytest.mark.parametrize("shape", ALL, ids=lambda shape: shape.__name__)
def test_a_field_that_came_later_says_so(shape):
    for name, field in shape.model_fields.items():
        is_later = since(field) > 1 and not field.is_required()
        assert is_later or name in STORED[shape], REMEDY.format(field=f"{shape.__name__}.{name}", name=name)


@pytest.mark.parametrize("shape", ALL, ids=lambda shape: shape.__name__)
def test_no_field_came_with_a_form_that_is_yet_to_come(shape):
    assert {name for name, field in shape.model_fields.items() if not 1 <= since(field) <= FORM} == set()

"""Documents stored long ago are lifted to the present schema when read; their text is never rewritten."""

import json

import pytest
from pydantic import ValidationError

from relations.documents import LIFTS, Text, accept, parse
from tests.documents.test_digest import TOPIC


@pytest.fixture
def _two_older_schemas(monkeypatch):
    """As if topics had once had a ``label``, and before that a ``title_en`` alone."""

    def first(data):
        return {**_without(data, "title_en"), "label": {"en": data["title_en"], "fr": ""}, "schema_version": 0}

    def second(data):
        return {**_without(data, "label"), "name": data["label"], "schema_version": 1}

    monkeypatch.setitem(LIFTS, ("topic", -1), first)
    monkeypatch.setitem(LIFTS, ("topic", 0), second)


def _without(data, name):
    return {key: value for key, value in data.items() if key != name}


def _old(**fields) -> str:
    return json.dumps({**_without(TOPIC.model_dump(mode="json"), "name"), **fields})


@pytest.mark.usefixtures("_two_older_schemas")
def test_a_document_is_lifted_step_by_step():
    lifted = parse("topic", _old(schema_version=-1, title_en="Border"))
    assert (lifted.name, lifted.schema_version) == (Text(en="Border"), 1)


@pytest.mark.usefixtures("_two_older_schemas")
def test_a_lift_is_for_one_kind_only():
    with pytest.raises(ValidationError):
        parse("source", _old(schema_version=-1, title_en="Border"))


def test_a_present_document_is_left_as_it_is():
    assert parse("topic", TOPIC.canonical()) == TOPIC


def test_a_field_that_nobody_knows_is_refused_from_whoever_brings_it():
    with pytest.raises(ValidationError, match="surprise"):
        accept("topic", {**TOPIC.model_dump(mode="json"), "surprise": 1})


def test_in_what_was_stored_it_is_left_aside_at_every_depth():
    stored = TOPIC.model_dump(mode="json")
    stored["name"]["surprise"] = stored["surprise"] = {"of": ["the next version"]}
    assert parse("topic", json.dumps(stored)) == TOPIC

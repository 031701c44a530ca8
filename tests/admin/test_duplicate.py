"""A copy of a record: the same words, new ids, nothing of it public."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from relations.documents import freeze
from relations.models import BY_KIND, Edition, Revision, Stage
from relations.publishing.copies import duplicate
from relations.reading import clock as reading_clock
from tests import cast

from .conftest import person, url


def copied(client, record):
    """Presses Duplicate; the row of the copy."""
    before = set(type(record).objects.values_list("pk", flat=True))
    response = client.post(url(record, "duplicate"))
    copy = type(record).objects.exclude(pk__in=before).get()
    assert (response.status_code, response.url) == (302, url(copy))
    return copy


REFERENCES = ({"id", "kind"}, {"id", "kind", "role"}, {"id", "official", "post"}, {"id", "slug", "priority"})


def parts(data: Any) -> Iterator[dict[str, Any]]:
    """The record and its children, children of children too, as they are stored; what they only name is left out."""
    if isinstance(data, dict) and "id" in data and set(data) not in REFERENCES:
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from parts(value)


def said(record) -> tuple[list[dict[str, Any]], list[str]]:
    """What a record and its children say, each by itself; and their ids."""
    found = list(parts(json.loads(freeze(record).canonical())))
    words = [{name: value for name, value in part.items() if not _holds_parts(value)} for part in found]
    ids = [part.pop("id") for part in words]
    words[0].pop("slug")
    return words, ids


def _holds_parts(value: Any) -> bool:
    return isinstance(value, list) and any(True for _part in parts(value))


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_kind_can_be_copied_with_its_children(editor, live, kind):
    record = {each.KIND: each for each in live.records}[kind]
    copy = duplicate(record, by=person("editor"))
    (words, ids), (new_words, new_ids) = said(record), said(copy)
    assert new_words == words
    assert (len(new_ids), set(new_ids) & set(ids)) == (len(ids), set())
    assert copy.slug == f"{record.slug}-copy"
    copy.full_clean()


def test_the_copy_is_a_draft_of_whoever_made_it(editor, live):
    live.fact.review_by = "2030-01-01"
    live.fact.save()
    editions = Edition.objects.count()
    copy = copied(editor, live.fact)
    assert (copy.stage, copy.owner, copy.review_by) == (Stage.DRAFT, person("editor"), None)
    assert Edition.objects.count() == editions
    assert Client().get(f"/en/norda-suda/facts/{copy.slug}/").status_code == 404
    assert Revision.objects.get(record_id=copy.pk).made_by == person("editor")
    assert LogEntry.objects.get(object_id=str(copy.pk)).change_message == "Copied from “The border is long.”."


def test_the_form_of_the_copy_says_what_it_is_and_what_to_watch(editor, live):
    page = editor.post(url(live.official, "duplicate"), follow=True).content.decode()
    assert "This is a copy of “Ana Holt”. Nothing of it is public." in page
    assert "The terms and the portrait were copied as well" in page


def test_what_children_name_of_each_other_leads_to_the_copies(live):
    """A child of the copy that named a child of the original would go wrong when that one is deleted."""
    child = live.priority.commitments.get()
    copy = duplicate(live.priority, by=None)
    assert copy.commitments.get().pk != child.pk
    assert copy.commitments.get().assessments.get().pk != child.assessments.get().pk
    child.refresh_from_db()
    assert child.priority_id == live.priority.pk


def test_an_address_that_was_ever_taken_is_not_taken_again(live):
    first = duplicate(live.fact, by=None)
    second = duplicate(live.fact, by=None)
    clock = cast.Clock(reading_clock.now())
    cast.put_live(second, clock=clock)
    second.slug = "elsewhere"
    second.save()
    third = duplicate(live.fact, by=None)
    assert [each.slug for each in (first, third)] == ["border-length-copy", "border-length-copy-3"]


def test_a_long_address_stays_one(live):
    live.fact.slug = "x" * 80
    live.fact.save()
    copy = duplicate(live.fact, by=None)
    copy.full_clean()
    assert copy.slug.endswith("-copy")


def test_only_whoever_may_add_may_copy_and_only_by_pressing_the_button(writer, editor, visitor, live):
    assert editor.get(url(live.fact, "duplicate")).status_code == 405
    assert visitor.post(url(live.fact, "duplicate")).status_code == 302
    assert "Duplicate" in writer.get(url(live.fact)).content.decode()
    number = type(live.source).objects.count()
    may = person("writer").has_perm("relations.add_source")
    answer = writer.post(url(live.source, "duplicate")).status_code
    assert (answer, type(live.source).objects.count()) == ((302, number + 1) if may else (403, number))
    person("writer").groups.clear()
    assert writer.post(url(live.fact, "duplicate")).status_code == 403


def test_a_record_that_is_not_there_is_not_copied(editor, live):
    assert editor.post("/admin/relations/fact/junk/duplicate/").status_code in (302, 404)

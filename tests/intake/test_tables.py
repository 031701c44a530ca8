"""Export → import → export: nothing is lost, altered or run on the way, whatever the texts are."""

from __future__ import annotations

import datetime
import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.documents import DOCUMENTS, Document, Text, freeze, thaw
from relations.documents.base import Frozen
from relations.intake.limits import refusals
from relations.intake.tables.columns import Table, table_named, tables
from relations.models import BY_KIND, PartialDate
from relations.sheets import read_workbook
from tests.documents import strategies
from tests.documents.strategies import Targets
from tests.documents.strategies import document as documents

from .files import FORMATS, actions, exported, planned

pytestmark = pytest.mark.django_db

drawn = settings(
    max_examples=int(os.environ.get("EXAMPLES", "4")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Half of all texts start with something that a spreadsheet would act on.
AWKWARD = st.sampled_from(
    ["=1+1", "+", "-2", "@A1", "\t=", "\r\n- x", "'=", " =", "עברית", "😀", '";=', "_x000D_", "#N/A"]
)


@pytest.fixture
def targets() -> Targets:
    return Targets()


@pytest.fixture(autouse=True)
def awkward(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts as people and attackers write them, in place of any text at all."""

    def words(model, name: str) -> st.SearchStrategy:
        drawn_words = plain(model, name)
        field = model._meta.get_field(name)
        if field.choices or type(field).__name__ == "SlugField" or (field.max_length or 99) < 20:
            return drawn_words
        return drawn_words | st.builds("{}{}".format, AWKWARD, drawn_words)

    plain = strategies._words
    monkeypatch.setattr(strategies, "_words", words)


def contents(form: str, document: Document) -> object:
    """What an export says: the text of a file, or the cells of a workbook, whose bytes hold the time as well."""
    files = exported(form, document)
    if form != "xlsx":
        return files
    return [(sheet.name, sheet.columns, sheet.rows) for data in files.values() for sheet in read_workbook(data)]


@pytest.mark.parametrize("kind", DOCUMENTS)
@given(data=st.data())
@drawn
def test_an_export_changes_nothing_when_it_comes_back(kind, targets, data):
    drawn_document = data.draw(documents(kind, targets))
    with transaction.atomic():
        there = freeze(thaw(drawn_document))
        for form in FORMATS:
            plan = planned(exported(form, there))
            assert (plan.problems, actions(plan)) == ([], ["same"])
            assert plan.steps[0].document == there
        transaction.set_rollback(True)


PICTURES = {"map", "portrait"}  # only JSON can carry the first, only the form the second
# What only a valid address or code may fill, and a drawn text is none.
VALIDATED = {"party", "source"}


@pytest.mark.parametrize("kind", sorted(set(DOCUMENTS) - VALIDATED))
@given(data=st.data())
@drawn
def test_an_export_brings_back_what_was_deleted(kind, targets, data):
    original = whole(data.draw(documents(kind, targets)), table_named(BY_KIND[kind]._meta.model_name))
    with transaction.atomic():
        there = freeze(thaw(original))
        files = {form: exported(form, there) for form in FORMATS}
        before = {form: contents(form, there) for form in FORMATS}
        BY_KIND[kind].objects.filter(pk=there.id).delete()
        for form in FORMATS:
            plan = planned(files[form])
            assert (plan.problems, actions(plan)) == ([], ["create"])
            with transaction.atomic():
                again = freeze(thaw(plan.steps[0].document))
                assert contents(form, again) == before[form]
                transaction.set_rollback(True)
        transaction.set_rollback(True)


def whole(value: Frozen, table: Table) -> Frozen:
    """The same as a file can say it: a word in every text that may not be empty, no filler in dates, no picture."""
    changed = {name: None for name in PICTURES if name in type(value).model_fields}
    for column in table.columns:
        held = getattr(value, column.field, None)
        if column.is_required and isinstance(held, Text) and not held.en.strip():
            changed[column.field] = held.model_copy(update={"en": "x"})
        elif isinstance(held, str) and (refusals(column.column, held) or (column.is_required and not held.strip())):
            changed[column.field] = "UTC" if column.is_required else ""
        elif isinstance(held, PartialDate):
            last = PartialDate(date=held.date - datetime.timedelta(days=1), precision=held.precision)
            date = last.until if column.is_last_day else held.first
            changed[column.field] = PartialDate(date=date, precision=held.precision)
    for inner in tables(table.kind):
        if inner.path[:-1] == table.path and inner.path:
            parts = getattr(value, inner.path[-1])
            changed[inner.path[-1]] = tuple(whole(part, inner) for part in parts)
    return value.model_copy(update=changed)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_field_has_a_column_but_pictures(kind):
    left_out = set()
    for table in tables(kind):
        columns = {column.field for column in table.columns}
        inner = {each.path[-1] for each in tables(kind) if each.path[:-1] == table.path and each.path}
        fields = set(table.shape.model_fields) - {"id", "kind", "schema_version"}
        left_out |= fields - columns - inner
        assert len(set(table.headings)) == len(table.headings)
        assert len(table.name) <= 31  # what the name of a sheet may have
    assert left_out <= PICTURES

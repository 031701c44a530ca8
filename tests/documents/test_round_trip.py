"""Whatever a document says survives the desk, and children stay who they are."""

from __future__ import annotations

import os
import uuid

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from relations.documents import DOCUMENTS, Document, freeze, parse, thaw, thaw_new
from tests.documents.strategies import Targets, document

pytestmark = pytest.mark.django_db

# A few for a quick run; EXAMPLES=500 looks harder.
drawn = settings(
    max_examples=int(os.environ.get("EXAMPLES", "6")),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def targets() -> Targets:
    return Targets()


def through_the_desk(*versions: Document) -> Document:
    """Thaws these versions of one record, one after the other, and freezes what is there; leaves no trace."""
    with transaction.atomic():
        for version in versions:
            thaw(version)
            connection.check_constraints()
        frozen = freeze(thaw(versions[-1]))
        transaction.set_rollback(True)
    return frozen


@pytest.mark.parametrize("kind", DOCUMENTS)
@given(data=st.data())
@drawn
def test_what_is_thawed_freezes_to_the_same(kind, targets, data):
    original = data.draw(document(kind, targets))
    assert through_the_desk(original) == original


@pytest.mark.parametrize("kind", DOCUMENTS)
@given(data=st.data())
@drawn
def test_what_is_new_is_written_at_once_and_what_changes_alone(kind, targets, data):
    """Both ways of writing less give what writing all of it gives."""
    identity = uuid.uuid4()
    before = data.draw(document(kind, targets, identity))
    after = data.draw(document(kind, targets, identity))
    with transaction.atomic():
        [row] = thaw_new([before])
        connection.check_constraints()
        assert freeze(type(row).objects.get(pk=row.pk)) == before
        thaw(after, before)
        connection.check_constraints()
        assert freeze(type(row).objects.get(pk=row.pk)) == after
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", DOCUMENTS)
@given(data=st.data())
@drawn
def test_what_is_stored_is_read_back(kind, targets, data):
    original = data.draw(document(kind, targets))
    again = parse(kind, original.canonical())
    assert (again, again.digest, again.desk_digest) == (original, original.digest, original.desk_digest)


@pytest.mark.parametrize("kind", DOCUMENTS)
@given(data=st.data())
@drawn
def test_children_may_come_go_change_and_trade_places(kind, targets, data):
    identity = uuid.uuid4()
    before = data.draw(document(kind, targets, identity))
    after = data.draw(document(kind, targets, identity))
    assert through_the_desk(before, after) == after

"""The database itself keeps the ledger: whatever goes past the verbs is refused as well."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from relations.models import Edition, Generation

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
RECORD = uuid.UUID(int=1)


def an_edition(number: int = 1, *, hours: int = 0, until: int | None = None, **fields: Any) -> Edition:
    """An edition of the record that is live from so many hours after noon, until so many or for ever."""
    given = {
        "kind": "fact",
        "record_id": RECORD,
        "slug": "length",
        "title_en": "Length",
        "title_fr": "Longueur",
        "document": "{}",
        "digest": "0" * 64,
        "live_from": NOON + hours * HOUR,
        "live_until": None if until is None else NOON + until * HOUR,
    }
    return Edition.objects.create(number=number, **{**given, **fields})


def refused(name: str, *columns: str, **fields: Any) -> bool:
    """Whether the database refuses this edition, and by the constraint of this name (SQLite names its columns)."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        an_edition(**fields)
    said = str(error.value)
    return name in said or (bool(columns) and all(f"relations_edition.{column}" in said for column in columns))


def test_one_record_has_one_open_edition():
    an_edition(1)
    assert refused("edition_one_open", "record_id", number=2, hours=1)


def test_one_record_has_one_edition_from_an_instant():
    an_edition(1, until=1)
    assert refused("edition_one_start", "record_id", "live_from", number=2, until=2)


def test_one_record_has_one_edition_of_a_number():
    an_edition(1, until=1)
    assert refused("edition_one_number", "record_id", "number", number=1, hours=1)


def test_an_edition_ends_after_it_starts():
    assert refused("edition_ends_after_start", hours=1, until=1)
    assert refused("edition_ends_after_start", hours=1, until=0)


@pytest.mark.parametrize(
    "fields",
    [
        {"document": ""},
        {"is_tombstone": True, "reason_en": "Wrong.", "reason_fr": "Faux."},
        {"is_tombstone": True, "document": "", "reason_en": "Wrong."},
        {"is_tombstone": True, "document": "", "reason_fr": "Faux."},
    ],
)
def test_an_edition_has_a_document_or_a_reason_in_both_languages(fields):
    assert refused("edition_document_or_reason", **fields)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compares periods in a constraint")
@pytest.mark.parametrize(("hours", "until"), [(1, 3), (-1, 1), (1, 2), (-1, 5), (3, None)])
def test_two_editions_of_one_record_do_not_overlap(hours, until):
    an_edition(1, until=4)
    assert refused("edition_no_overlap", number=2, hours=hours, until=until)


def test_editions_that_touch_do_not_overlap():
    an_edition(1, until=1)
    an_edition(2, hours=1, until=2)
    an_edition(3, hours=2)
    an_edition(1, record_id=uuid.UUID(int=2))
    assert Edition.objects.filter(record_id=RECORD).covering(NOON + HOUR).get().number == 2


def test_there_is_one_generation():
    Generation.objects.create(pk=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Generation.objects.create(pk=2)


def test_the_databases_have_the_same_constraints_but_one():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Edition._meta.db_table)
    wanted = {constraint.name for constraint in Edition._meta.constraints}
    if connection.vendor == "postgresql":
        wanted.add("edition_no_overlap")
    assert wanted <= set(found)

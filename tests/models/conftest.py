"""A small world on the desk, and a way to ask what the database says to a change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from tests import cast


@pytest.fixture
def world(db) -> cast.World:
    return cast.world()


@pytest.fixture
def refuses() -> Callable[..., bool]:
    """``refuses(row, "constraint_name", field=value)``: the database does, and by this constraint."""

    def check(row: models.Model, name: str, **fields: Any) -> bool:
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**fields)
        constraint = next(each for each in row._meta.constraints if each.name == name)
        columns = [row._meta.get_field(field).column for field in getattr(constraint, "fields", [])]
        # SQLite calls a unique constraint by its columns.
        by_columns = bool(columns) and all(f"{row._meta.db_table}.{column}" in str(error.value) for column in columns)
        return name in str(error.value) or by_columns

    return check

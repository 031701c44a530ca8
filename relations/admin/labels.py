"""What a row is called in a choice, and what has to be read with it so that saying so costs no query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import ForeignKey, Model
from django.utils.text import Truncator

from relations.models import Commitment, Fact, Source, Statement, Term
from relations.publishing.naming import called

# What a label reads beyond the row itself.
NEEDED: dict[type[Model], tuple[str, ...]] = {Term: ("official", "post"), Commitment: ("priority",)}


def label(row: Any) -> str:
    """A row in the words by which an editor would pick it. No query if ``joins`` was used."""
    if isinstance(row, Term):
        until = row.held_until or ""
        return f"{row.official.name}, {called(row.post)} ({row.held_from or '?'} – {until})"
    if isinstance(row, Commitment):
        return f"{called(row.priority)}: {Truncator(called(row)).words(12)}"
    if isinstance(row, Source):
        published = f", {row.published.year}" if row.published else ""
        return f"{Truncator(row.original_title).chars(90)} ({row.publisher}{published})"
    if isinstance(row, (Fact, Statement)):
        return Truncator(called(row)).chars(110)
    if isinstance(row, AbstractBaseUser):
        return row.get_full_name() or row.get_username()
    return called(row)


def foreign_keys(model: type[Model], skip: Iterable[str] = ()) -> list[ForeignKey]:
    """The foreign keys that a form of this model shows."""
    fields = model._meta.get_fields()
    return [each for each in fields if isinstance(each, ForeignKey) and each.name not in skip]


def joins(model: type[Model], skip: Iterable[str] = ()) -> list[str]:
    """Lookups for ``select_related``: every foreign key, and what the labels of its targets need."""
    found = []
    for field in foreign_keys(model, skip):
        found += [field.name, *(f"{field.name}__{each}" for each in NEEDED.get(field.related_model, ()))]
    return found


def sets(model: type[Model]) -> list[str]:
    """The many-to-many fields of this model, for ``prefetch_related``."""
    return [field.name for field in model._meta.many_to_many]

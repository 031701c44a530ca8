"""What a form was opened with: it is sent back with the form, so that a save knows whether somebody came between."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from relations.documents import DOCUMENTS, Document, Text, parse
from relations.documents.desk import shape
from relations.documents.merge import Difference, Side
from relations.documents.wording import Wording, identity
from relations.models import Edition, PartialDate, Record, Revision

from .labels import label


@functools.cache
def beside(model: type[Record]) -> tuple[models.Field, ...]:
    """The columns that a form of this noun saves and that no document holds: who looks after it, when to look again."""
    held = {"id"}
    for name, (many, kind) in shape(DOCUMENTS[model.KIND]).items():
        if kind is Text:
            held |= {f"{name}_en", f"{name}_fr"}
        elif kind is PartialDate:
            held |= {name, f"{name}_precision"}
        elif not many:
            held.add(name)
    return tuple(each for each in model._meta.fields if each.editable and each.name not in held)


@dataclass(frozen=True)
class Version:
    """One state of a record on the desk, and of its ledger."""

    record: UUID
    digest: str  # of the desk copy as last saved
    beside: dict[str, str] = field(default_factory=dict)  # column → value, as text
    edition: int = 0  # the edition that was made last, by its key; 0 before the first

    @classmethod
    def of(cls, record: Record) -> Version:
        """The state of this row as it was read. No query if it was read ``with_state``, one otherwise."""
        last = getattr(record, "edition_last", None) if hasattr(record, "edition_last") else _last_edition(record)
        return cls(record.pk, record.desk_digest, values_beside(record), last or 0)

    @classmethod
    def read(cls, text: str) -> Version | None:
        """What a form sent back; None where it is nothing that a form of ours was given."""
        try:
            record, digest, values, edition = json.loads(text)
            return cls(UUID(record), str(digest), {str(key): str(value) for key, value in values.items()}, int(edition))
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None

    def __str__(self) -> str:
        return json.dumps([str(self.record), self.digest, self.beside, self.edition], separators=(",", ":"))

    def is_text_of(self, other: Version) -> bool:
        """Whether both have the same text, whatever was published meanwhile."""
        return (self.record, self.digest, self.beside) == (other.record, other.digest, other.beside)

    def document(self, kind: str) -> Document | None:
        """The text that the form was opened with; None where no revision has it. One query."""
        rows = Revision.objects.filter(record_id=self.record, kind=kind, desk_digest=self.digest)
        revision = rows.order_by("pk").last()
        return revision and parse(revision.kind, revision.document)


def values_beside(record: Record) -> dict[str, str]:
    """The values of the columns that no document holds, as text."""
    return {each.attname: _text(getattr(record, each.attname)) for each in beside(type(record))}


def set_beside(record: Record, values: dict[str, str]) -> None:
    """Saves these values of ``values_beside`` on the record's row."""
    fields = {each.attname: each for each in beside(type(record))}
    for name, value in values.items():
        setattr(record, name, None if fields[name].null and not value else fields[name].to_python(value))
    record.save(update_fields=[*(fields[name].name for name in values), "changed_at"])


def _last_edition(record: Record) -> int | None:
    return Edition.objects.filter(record_id=record.pk).order_by("-pk").values_list("pk", flat=True).first()


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def merge_beside(
    model: type[Record],
    base: Mapping[str, str] | None,
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    choices: Mapping[str, Side],
) -> tuple[dict[str, str], list[Difference]]:
    """What ``documents.merge`` does for a text, for the columns that no document holds. A query per person named."""
    merged, differences = dict(theirs), []
    for column in beside(model):
        name, path = column.attname, f"beside.{column.attname}"
        three = [(base or {}).get(name, ""), theirs.get(name, ""), mine.get(name, "")]
        if three[1] == three[2]:
            continue
        by = (
            "both" if base is None else "mine" if three[0] == three[1] else "theirs" if three[0] == three[2] else "both"
        )
        said = [_in_words(column, value) for value in three]
        differences.append(Difference(path, str(column.verbose_name), by, *said))
        merged[name] = three[2] if choices.get(path, by) == "mine" else three[1]
    return merged, differences


def _in_words(column: models.Field, value: str) -> str:
    if not value:
        return ""
    if column.remote_field:
        row = column.related_model._base_manager.filter(pk=value).first()
        return label(row) if row else value
    return Wording(identity).say(column, column.to_python(value))

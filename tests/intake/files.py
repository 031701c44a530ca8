"""How tests make the files of an editor, and plan their import."""

from __future__ import annotations

import csv as csv_format
import io

from relations.documents import Document, freeze
from relations.intake import papers
from relations.intake.drafts import DraftPlan, plan_drafts
from relations.intake.tables.columns import tables
from relations.intake.tables.export import csv, version, workbook
from relations.models import Record

FORMATS = ("xlsx", "csv", "json")


def exported(form: str, *documents: Document) -> dict[str, bytes]:
    """These documents, all of one kind, as an editor would export them: a workbook, CSV files, or JSON."""
    kind = documents[0].kind
    if form == "xlsx":
        return {f"{kind}.xlsx": workbook(kind, documents)}
    if form == "json":
        return {f"{kind}.json": papers.export(documents, map(version, documents)).encode()}
    return {f"{table.name}.csv": csv(table, documents).encode() for table in tables(kind)}


def as_csv(*rows: dict[str, str]) -> bytes:
    """Rows that somebody wrote by hand."""
    text = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv_format.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def planned(files: dict[str, bytes], table: str = "") -> DraftPlan:
    """The plan of importing these files."""
    *_progress, plan = plan_drafts(files, table=table)
    return plan


def planned_csv(table: str, *rows: dict[str, str]) -> DraftPlan:
    """The plan of importing rows that somebody wrote by hand."""
    return planned({f"{table}.csv": as_csv(*rows)}, table)


def said(plan: DraftPlan) -> list[tuple[int, str, str]]:
    """What is wrong: row, column, reason."""
    return [(problem.line, problem.field, problem.message) for problem in plan.problems]


def actions(plan: DraftPlan) -> list[str]:
    return [step.action.value for step in plan.steps]


def document(record: Record) -> Document:
    """The desk copy as last saved."""
    return freeze(type(record).objects.get(pk=record.pk))


__all__ = [
    "FORMATS",
    "actions",
    "as_csv",
    "document",
    "exported",
    "planned",
    "planned_csv",
    "said",
]

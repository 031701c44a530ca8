"""A plan as its page shows it: what would happen, what stands in the way, and each line with its differences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse

from relations.documents import Document, freeze_all, parse
from relations.documents.compare import Change, compare
from relations.models import BY_KIND, Upload, UploadLine
from relations.publishing.locking import rows_of

from ..labels import label
from ..verbs.common import Names

PER_PAGE = 50
Action = UploadLine.Action


@dataclass(frozen=True)
class Shown:
    """One line of the plan."""

    line: UploadLine
    kind: str
    name: str
    url: str
    changes: list[Change]


def plan_context(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """What the page of this plan shows; one page of its lines, of one action if the address says which."""
    counted = dict(upload.lines.order_by().values_list("action").annotate(Count("pk")))
    counts = [(action, counted[action]) for action in Action if action in counted]
    show = request.GET.get("show") if request.GET.get("show") in counted else ""
    lines = upload.lines.filter(action=show) if show else upload.lines.all()
    page = Paginator(lines.order_by("number"), PER_PAGE).get_page(request.GET.get("page"))
    written = counted.get(Action.CREATE, 0) + counted.get(Action.CHANGE, 0)
    return {
        "upload": upload,
        "files": list(upload.files.order_by("pk").values_list("name", flat=True)),
        "counts": counts,
        "total": sum(counted.values()),
        "show": show,
        "page": page,
        "lines": _shown(page.object_list),
        "written": written,
        "can_apply": written and not counted.get(Action.PROBLEM),
        "has_problems": Action.PROBLEM in counted,
    }


def _shown(lines: Iterable[UploadLine]) -> list[Shown]:
    """These lines with their differences to the desk as it is now. A few queries a kind."""
    lines = list(lines)
    rows = rows_of((line.kind, line.record_id) for line in lines if line.record_id)
    desk: dict[UUID, Document] = {document.id: document for document in freeze_all(rows)}
    planned = {line.pk: parse(line.kind, line.document) for line in lines if line.document}
    names = Names([*planned.values(), *desk.values()])
    titles = {row.pk: label(row) for row in rows}
    return [
        Shown(
            line,
            str(BY_KIND[line.kind]._meta.verbose_name) if line.kind else "",
            titles.get(line.record_id) or _title(planned.get(line.pk)) or line.record,
            _url(line) if line.record_id in titles else "",
            compare(desk.get(line.record_id), planned[line.pk], name=names) if line.pk in planned else [],
        )
        for line in lines
    ]


def _title(document: Document | None) -> str:
    return (document.title.en or document.title.fr) if document else ""


def _url(line: UploadLine) -> str:
    return reverse(f"admin:relations_{BY_KIND[line.kind]._meta.model_name}_change", args=[line.record_id])

"""Uploads: files kept until their plan was seen, planned, and applied exactly as they were planned.

Each step of planning and applying yields how far it has come. Nothing here publishes: what is applied are drafts.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, OperationalError, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from relations.documents import parse
from relations.models import BY_KIND, Revision, Upload, UploadedFile, UploadLine
from relations.publishing import is_busy

from .drafts import DraftPlan, plan_drafts
from .plan import Action, Step
from .problems import Broken, Place, Problem
from .writing import Progress, locked, write

KEPT = datetime.timedelta(hours=24)
MOST_KEPT = 5  # uploads of one person; the oldest make room
AT_ONCE = 200  # lines in one statement: their documents are long

Line = UploadLine.Action
MayImport = Callable[[str], bool]
User = AbstractBaseUser


@transaction.atomic
def keep(files: Mapping[str, bytes], *, by: User, at: datetime.datetime, table: str = "") -> Upload:
    """Keeps these files, by name, for a day. Whatever is older goes, and of this person's all but the newest."""
    Upload.objects.filter(made_at__lt=at - KEPT).delete()
    own = Upload.objects.filter(made_by=by).order_by("-made_at", "pk")
    Upload.objects.filter(pk__in=list(own.values_list("pk", flat=True)[MOST_KEPT - 1 :])).delete()
    upload = Upload.objects.create(made_by=by, made_at=at, table=table)
    UploadedFile.objects.bulk_create(
        UploadedFile(upload=upload, name=name, content=content) for name, content in files.items()
    )
    return upload


def plan_upload(upload: Upload, *, may_import: MayImport) -> Iterator[Progress]:
    """Compares the files with the desk as it is now, and keeps the plan in place of any earlier one.

    ``may_import`` says whether the person may import records of a kind.
    """
    files = {each.name: bytes(each.content) for each in upload.files.order_by("pk")}
    plan = DraftPlan()
    for each in plan_drafts(files, table=upload.table):
        if isinstance(each, DraftPlan):
            plan = each
        else:
            yield each
    _refuse_kinds(plan, may_import)
    yield Progress(_("Keeping the plan"), 0, len(plan.steps))
    with transaction.atomic():
        upload.lines.all().delete()
        UploadLine.objects.bulk_create(_lines(upload, plan), batch_size=AT_ONCE)
        upload.refusals = []
        upload.save(update_fields=["refusals"])


def _refuse_kinds(plan: DraftPlan, may_import: MayImport) -> None:
    for kind in sorted({step.document.kind for step in plan.steps}):
        if not may_import(kind):
            place = next(step.place for step in plan.steps if step.document.kind == kind)
            message = _("You may not import %(kinds)s.") % {"kinds": BY_KIND[kind]._meta.verbose_name_plural}
            plan.problems.insert(0, Problem(place.file, place.record, "", message, place.line))


def _lines(upload: Upload, plan: DraftPlan) -> Iterator[UploadLine]:
    number = itertools.count(1)
    for problem in plan.problems:
        yield UploadLine(
            upload=upload,
            number=next(number),
            action=Line.PROBLEM,
            **_where(Place(problem.file, problem.record, problem.line)),
            column=Truncator(problem.field).chars(300),
            reason=problem.message,
        )
    for step in plan.steps:
        yield UploadLine(
            upload=upload,
            number=next(number),
            action=step.action.value,
            **_where(step.place),
            kind=step.document.kind,
            record_id=step.document.id,
            document="" if step.action is Action.SAME else step.document.canonical(),
            desk_digest=step.desk.desk_digest if step.desk else "",
        )


def _where(place: Place) -> dict[str, object]:
    return {
        "file": Truncator(place.file).chars(300),
        "record": Truncator(place.record).chars(300),
        "row": max(place.line, 0),
    }


def apply_upload(
    upload: Upload, *, by: User, at: datetime.datetime, may_import: MayImport, log: Callable[[], None] = lambda: None
) -> Iterator[Progress]:
    """Writes exactly what the plan says to the desk, all of it or nothing, with a revision of each record.

    ``log`` is called in the same transaction, once all is written. Raises Broken if anything stands in the way: a
    problem in the plan, a record that somebody saved since, a right that is gone. Then nothing has changed.
    """
    try:
        with transaction.atomic():
            yield from _apply(upload, by, at, may_import)
            log()
    except IntegrityError as error:
        message = _("It no longer fits together with what is on the desk. Look at the plan again.")
        raise Broken([Problem("", "", "", message)]) from error
    except OperationalError as error:
        if not is_busy(error):
            raise
        message = _("Somebody else is changing the same records right now. Try again in a moment.")
        raise Broken([Problem("", "", "", message)]) from error


def _apply(upload: Upload, by: User, at: datetime.datetime, may_import: MayImport) -> Iterator[Progress]:
    fresh = Upload.objects.select_for_update().filter(pk=upload.pk, applied_at=None, made_by=by).first()
    if fresh is None or fresh.made_at < at - KEPT:
        raise Broken([Problem("", "", "", _("This import is over: it was applied, or it is older than a day."))])
    lines = list(fresh.lines.filter(action__in=(Line.CREATE, Line.CHANGE)).order_by("number"))
    _refuse(fresh, lines, may_import)
    yield Progress(_("Locking"), 0, len(lines))
    desk = locked((line.kind, line.record_id) for line in lines)
    if overtaken := [line for line in lines if _is_overtaken(line, desk)]:
        message = _("Somebody saved it after this plan was made. Look at the plan again.")
        raise Broken([Problem(line.file, line.record, "", message, line.row) for line in overtaken])
    steps = [_step(line, desk.get(line.record_id)) for line in lines]
    yield from write(steps, by=by, origin=Revision.Origin.IMPORT)
    fresh.applied_at, fresh.refusals = at, []
    fresh.save(update_fields=["applied_at", "refusals"])
    fresh.lines.update(document="")
    fresh.files.all().delete()


def _refuse(upload: Upload, lines: Iterable[UploadLine], may_import: MayImport) -> None:
    """Raises Broken where the plan itself says that it cannot be applied, or the person no longer may."""
    if upload.lines.filter(action=Line.PROBLEM).exists() or not lines:
        raise Broken([Problem("", "", "", _("There is nothing that could be applied."))])
    for kind in sorted({line.kind for line in lines}):
        if not may_import(kind):
            message = _("You may not import %(kinds)s.") % {"kinds": BY_KIND[kind]._meta.verbose_name_plural}
            raise Broken([Problem("", "", "", message)])


def _is_overtaken(line: UploadLine, desk: Mapping) -> bool:
    found = desk.get(line.record_id)
    return (found.desk_digest if found else "") != line.desk_digest


def _step(line: UploadLine, desk: object) -> Step:
    document = parse(line.kind, line.document)
    return Step(Action(line.action), document, Place(line.file, line.record, line.row), desk=desk)

"""Applying an import: exactly what the plan showed, all of it or nothing, and never over what was saved since."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection

from relations import models
from relations.intake import uploads, writing
from relations.intake.problems import Broken
from relations.models import Edition, Generation, Revision, Upload, UploadedFile, UploadLine
from relations.publishing import save_revision
from tests import cast

from .files import as_csv

pytestmark = pytest.mark.django_db

NOW = cast.MIDDAY
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def world() -> cast.World:
    return cast.world()


def brought(files: dict[str, bytes], *, by: str = "writer", table: str = "", at: datetime.datetime = NOW) -> Upload:
    """Files that somebody brought, and their plan."""
    upload = uploads.keep(files, by=cast.someone(by), at=at, table=table)
    list(uploads.plan_upload(upload, may_import=lambda kind: True))
    return upload


def rows(table: str, *given: dict[str, str], **how) -> Upload:
    return brought({f"{table}.csv": as_csv(*given)}, table=table, **how)


def applied(upload: Upload, *, by: str = "writer", at: datetime.datetime = NOW, may_import=lambda kind: True) -> None:
    list(uploads.apply_upload(upload, by=cast.someone(by), at=at, may_import=may_import))


def refused(upload: Upload, **how) -> str:
    """Why it was not applied; nothing may have changed."""
    before = Revision.objects.count(), models.Topic.objects.count(), Upload.objects.get(pk=upload.pk).applied_at
    with pytest.raises(Broken) as stopped:
        applied(upload, **how)
    after = Revision.objects.count(), models.Topic.objects.count(), Upload.objects.get(pk=upload.pk).applied_at
    assert before == after
    return str(stopped.value)


def test_what_is_applied_are_drafts(world):
    clock = cast.Clock()
    cast.put_live(*world.records, clock=clock)
    before = list(Edition.objects.order_by("pk").values()), list(Generation.objects.values())
    applied(rows("topic", {"slug": "border", "name_en": "Frontier"}, {"slug": "sea", "name_en": "Sea"}))
    assert list(models.Topic.objects.order_by("slug").values_list("name_en", "stage")) == [
        ("Frontier", "draft"),
        ("Sea", "draft"),
    ]
    assert (list(Edition.objects.order_by("pk").values()), list(Generation.objects.values())) == before


def test_each_record_keeps_a_revision_with_its_origin_and_who_it_was(world):
    applied(rows("topic", {"slug": "border", "name_en": "Frontier"}, {"slug": "border-2", "name_en": "Sea"}))
    found = Revision.objects.values_list("kind", "origin", "made_by__username")
    assert list(found) == [("topic", "import", "writer")] * 2


def test_an_approved_text_that_an_import_changes_is_a_draft_again(world):
    save_revision(world.topic, by=None)
    models.Topic.objects.update(stage="approved")
    applied(rows("topic", {"slug": "border", "name_en": "Frontier"}))
    assert models.Topic.objects.get().stage == "draft"


def test_what_stays_as_it_is_keeps_no_revision(world):
    upload = rows("topic", {"slug": "border", "name_en": "Border"}, {"slug": "sea", "name_en": "Sea"})
    applied(upload)
    assert [str(each) for each in Revision.objects.values_list("record_id", flat=True)] == [
        str(models.Topic.objects.get(slug="sea").pk)
    ]


def test_owner_and_review_date_survive_an_import(world):
    models.Topic.objects.update(owner=cast.someone("editor"), review_by=datetime.date(2026, 5, 1))
    applied(rows("topic", {"slug": "border", "position": "7"}))
    topic = models.Topic.objects.get()
    assert (topic.position, topic.owner.username, topic.review_by) == (7, "editor", datetime.date(2026, 5, 1))


def test_a_plan_with_a_problem_is_not_applied_in_part(world):
    upload = rows("topic", {"slug": "sea", "name_en": "Sea"}, {"slug": "lake", "name_en": ""})
    assert list(upload.lines.values_list("action", flat=True).order_by("number")) == ["problem", "create"]
    assert "nothing that could be applied" in refused(upload)


def test_nothing_is_applied_over_what_somebody_saved_since(world):
    upload = rows("topic", {"slug": "border", "name_en": "Frontier"}, {"slug": "sea", "name_en": "Sea"})
    models.Topic.objects.update(name_en="The border")
    assert "border" in refused(upload)
    assert "saved it after this plan" in refused(upload)
    assert models.Topic.objects.get().name_en == "The border"


def test_a_part_that_somebody_saved_since_stops_it_too(world):
    upload = rows("fact", {"slug": "border-length", "statement_en": "It is longer."})
    world.fact.observations.first().delete()
    assert "saved it after this plan" in refused(upload)


def test_a_record_that_was_deleted_since_does_not_come_back(world):
    topic = cast.a_topic(world, "sea")
    upload = rows("topic", {"slug": "sea", "name_en": "The sea"})
    topic.delete()
    assert "saved it after this plan" in refused(upload)


def test_an_address_that_was_taken_since_stops_it_in_words(world):
    upload = rows("topic", {"slug": "sea", "name_en": "Sea"})
    cast.a_topic(world, "sea")
    assert "no longer fits" in refused(upload)


def test_a_term_that_others_name_stops_it_in_words(world):
    upload = rows("term", {"official": "ana-holt", "id": str(world.term.pk), "remove": "yes"})
    assert "named by" in refused(upload)


def test_looking_again_shows_what_somebody_else_wrote(world):
    upload = rows("topic", {"slug": "border", "name_en": "Frontier"})
    models.Topic.objects.update(name_fr="La frontière")
    list(uploads.plan_upload(upload, may_import=lambda kind: True))
    applied(upload)
    assert list(models.Topic.objects.values_list("name_en", "name_fr")) == [("Frontier", "La frontière")]


def test_it_is_applied_once(world):
    upload = rows("topic", {"slug": "sea", "name_en": "Sea"})
    applied(upload)
    assert "import is over" in refused(upload)


def test_nobody_applies_the_import_of_another(world):
    assert "import is over" in refused(rows("topic", {"slug": "sea", "name_en": "Sea"}), by="editor")


def test_a_right_is_asked_for_when_planning_and_again_when_applying(world):
    upload = uploads.keep({"topic.csv": b"slug,name_en\nsea,Sea\n"}, by=cast.someone("writer"), at=NOW, table="topic")
    list(uploads.plan_upload(upload, may_import=lambda kind: kind != "topic"))
    assert upload.lines.get(action="problem").reason == "You may not import topics."
    upload = rows("topic", {"slug": "sea", "name_en": "Sea"})
    assert "may not import topics" in refused(upload, may_import=lambda kind: False)


def test_files_are_kept_for_a_day_and_no_longer(world):
    upload = rows("topic", {"slug": "sea", "name_en": "Sea"}, at=NOW - 25 * HOUR)
    assert "older than a day" in refused(upload)
    rows("topic", {"slug": "sea", "name_en": "Sea"})
    assert not Upload.objects.filter(pk=upload.pk).exists()
    assert (Upload.objects.count(), UploadedFile.objects.count()) == (1, 1)


def test_one_person_keeps_a_few(world):
    for number in range(uploads.MOST_KEPT + 2):
        rows("topic", {"slug": "sea", "name_en": "Sea"}, at=NOW + number * HOUR)
    rows("topic", {"slug": "sea", "name_en": "Sea"}, by="editor")
    assert Upload.objects.filter(made_by__username="writer").count() == uploads.MOST_KEPT
    assert Upload.objects.filter(made_by__username="editor").count() == 1


def test_once_applied_neither_files_nor_documents_are_kept(world):
    applied(rows("topic", {"slug": "sea", "name_en": "Sea"}))
    assert not UploadedFile.objects.exists()
    assert list(UploadLine.objects.values_list("action", "document")) == [("create", "")]


def test_an_import_that_is_broken_off_leaves_nothing(world):
    """As when the browser goes away in the middle of it."""
    upload = rows("topic", *({"slug": f"sea-{number}", "name_en": "Sea"} for number in range(3)))
    work = uploads.apply_upload(upload, by=cast.someone("writer"), at=NOW, may_import=lambda kind: True)
    assert any(each.step == "Writing" for each in work)  # and no further
    work.close()
    assert models.Topic.objects.count() == 1
    applied(upload)
    assert models.Topic.objects.count() == 4


def test_it_says_how_far_it_has_come(world, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 10)
    upload = rows("topic", *({"slug": f"sea-{number}", "name_en": "Sea"} for number in range(25)))
    planning = list(uploads.plan_upload(upload, may_import=lambda kind: True))
    assert [tuple(each) for each in planning if each.step == "Comparing"] == [
        ("Comparing", 20, 25),
        ("Comparing", 25, 25),
    ]
    work = uploads.apply_upload(upload, by=cast.someone("writer"), at=NOW, may_import=lambda kind: True)
    assert [each.done for each in work if each.step == "Writing"] == [10, 20, 25]


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_applies_it(world):
    upload = rows("topic", {"slug": "sea", "name_en": "Sea"})
    outcomes: list[str] = []

    def click() -> None:
        try:
            applied(upload)
            outcomes.append("applied")
        except Broken as broken:
            outcomes.append(str(broken))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _each in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert sorted(outcomes)[1:] == ["applied"]
    assert "import is over" in sorted(outcomes)[0]
    assert Revision.objects.filter(origin="import").count() == 1

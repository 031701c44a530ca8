"""Files come in past a plan: by whoever may, as drafts, all of it or nothing, and never over what was saved since."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from relations import models
from relations.admin.carry import importing
from relations.models import Edition, Revision, Upload
from tests import cast
from tests.intake.files import as_csv
from tests.sheets.test_guard import BOMBS

from .conftest import filled_in, save, signed_in, url

IMPORT = "/admin/import/"
SEA = as_csv({"slug": "sea", "name_en": "Sea", "name_fr": "Mer", "sources": "gazette"})


def bring(client: Client, *files: tuple[str, bytes], table: str = "topic") -> HttpResponse:
    """Chooses these files and asks for their plan; comes back with the page that answers."""
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(IMPORT, {"files": given, "table": table}, follow=True)


def press(client: Client, page: HttpResponse, button: str) -> HttpResponse:
    return client.post(page.request["PATH_INFO"], {button: "1"}, follow=True)


def text(page: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_writer_changes_a_title_in_a_workbook(writer, live):
    """The story: export, change in a spreadsheet, import, look at the plan, apply; readers see nothing of it."""
    book = openpyxl.load_workbook(io.BytesIO(writer.get("/admin/relations/fact/export/xlsx/").content))
    sheet = book["fact"]
    column = [cell.value for cell in sheet[1]].index("statement_en") + 1
    sheet.cell(2, column).value = "The border is very long."
    changed = io.BytesIO()
    book.save(changed)
    before = list(Edition.objects.values())

    plan = bring(writer, ("facts.xlsx", changed.getvalue()))
    assert "Apply 1 change as a draft" in plan.content.decode()
    assert "<ins>very </ins>" in plan.content.decode()
    assert models.Fact.objects.get().statement_en == "The border is long."

    done = press(writer, plan, "_apply")
    assert "Applied: 1 record is on the desk as a draft." in text(done)
    assert (models.Fact.objects.get().statement_en, models.Fact.objects.get().stage) == (
        "The border is very long.",
        "draft",
    )
    assert list(Edition.objects.values()) == before
    assert "The border is long." in writer.get("/en/norda-suda/facts/border-length/").content.decode()
    assert LogEntry.objects.latest("pk").change_message == "Imported from facts.xlsx."
    assert Revision.objects.latest("pk").made_by.username == "writer"


def test_the_plan_says_each_row_with_column_and_reason(writer, live):
    rows = as_csv(
        {"slug": "border", "name_en": "Border", "sources": "gazette"},
        {"slug": "sea", "name_en": "", "sources": "paper"},
    )
    plan = bring(writer, ("topics.csv", rows))
    said = text(plan)
    assert "topics.csv, row 3 sea Problem · name_en This is missing." in said
    assert "topics.csv, row 3 sea Problem · sources There is no source “paper”." in said
    assert "topics.csv, row 2 Border topic As it is" in said
    assert 'name="_apply"' not in plan.content.decode()
    assert "All (3) Problem (2) As it is (1)" in said
    assert "Border" not in text(writer.get(f"{plan.request['PATH_INFO']}?show=problem")).split("What happens")[1]


def test_a_plan_with_a_problem_cannot_be_applied_even_by_hand(writer, live):
    plan = bring(writer, ("topics.csv", SEA + b"lake,,,\r\n"))
    assert "It was not applied, and nothing was changed" in text(press(writer, plan, "_apply"))
    assert models.Topic.objects.count() == 1


def test_what_somebody_saved_in_between_is_not_overwritten(writer, editor, live):
    plan = bring(
        writer, ("topics.csv", as_csv({"slug": "border", "name_en": "Frontier"}, {"slug": "sea", "name_en": "Sea"}))
    )
    assert save(editor, live.topic, name_en="The border").status_code == 302
    refused = press(writer, plan, "_apply")
    assert "Somebody saved it after this plan was made" in text(refused)
    assert list(models.Topic.objects.values_list("name_en", flat=True)) == ["The border"]
    again = press(writer, refused, "_again")
    assert "<del>The border</del>" in again.content.decode()
    assert "It was not applied" not in text(again)
    press(writer, again, "_apply")
    assert sorted(models.Topic.objects.values_list("name_en", flat=True)) == ["Frontier", "Sea"]


def test_a_form_that_was_open_meanwhile_meets_the_import(writer, editor, live):
    """The other way round: an import is a save like any other, and is not lost to an older form."""
    form = filled_in(editor.get(url(live.topic)), name_en="The border")
    press(writer, bring(writer, ("topics.csv", as_csv({"slug": "border", "name_en": "Frontier"}))), "_apply")
    assert editor.post(url(live.topic), form).status_code == 409
    assert models.Topic.objects.get().name_en == "Frontier"


def test_several_files_are_planned_together(writer, live):
    figures = {"fact": "trade", "value": "7", "unit": "miles", "as_of": "2021", "source": "gazette"}
    files = (
        ("facts.csv", as_csv({"exported_as": "fact", "slug": "trade", "statement_en": "They trade."})),
        ("figures.csv", as_csv({"exported_as": "observation", **figures})),
    )
    press(writer, bring(writer, *files, table=""), "_apply")
    assert str(models.Fact.objects.get(slug="trade").observations.get()) == "7"


def test_a_file_for_which_no_table_was_chosen_says_what_to_do(writer, live):
    assert "There is no table “”" in text(bring(writer, ("topics.csv", SEA), table=""))


def test_an_import_can_be_given_up_and_taken_up(writer, live):
    plan = bring(writer, ("topics.csv", SEA))
    page = writer.get(IMPORT)
    assert plan.request["PATH_INFO"] in page.content.decode()
    assert "Given up. Nothing was changed." in text(press(writer, plan, "_discard"))
    assert not Upload.objects.exists()
    assert writer.get(plan.request["PATH_INFO"]).status_code == 404


def test_once_applied_the_page_shows_what_was_done_and_does_nothing_more(writer, live):
    done = press(writer, bring(writer, ("topics.csv", SEA)), "_apply")
    assert 'name="_apply"' not in done.content.decode()
    assert url(models.Topic.objects.get(slug="sea")) in done.content.decode()
    assert press(writer, done, "_apply").status_code == 200
    assert press(writer, done, "_discard").status_code == 200
    assert Revision.objects.filter(origin="import").count() == 1


# ---- who may ---------------------------------------------------------------------------------------------------------


def test_who_may_not_write_may_not_import(live):
    assert signed_in("stranger").get(IMPORT).status_code == 403
    assert bring(signed_in("stranger"), ("topics.csv", SEA)).status_code == 403
    assert signed_in("visitor").get(IMPORT).status_code == 302
    assert not Upload.objects.exists()


def test_who_may_write_facts_alone_imports_facts_alone(live):
    user = cast.someone("narrow")
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_fact", "change_fact", "view_fact"]))
    client = signed_in("narrow")
    page = client.get(IMPORT).content.decode()
    assert 'value="observation"' in page
    assert 'value="topic"' not in page
    sea = SEA.replace(b"slug", b"exported_as,slug").replace(b"sea", b"topic,sea")
    assert "You may not import topics." in text(bring(client, ("topics.csv", sea), table=""))
    user.user_permissions.remove(Permission.objects.get(codename="add_fact"))
    assert client.get(IMPORT).status_code == 403


def test_an_import_is_seen_by_whoever_made_it_alone(writer, editor, live):
    address = bring(writer, ("topics.csv", SEA)).request["PATH_INFO"]
    assert editor.get(address).status_code == 404
    assert editor.post(address, {"_apply": "1"}).status_code == 404
    assert address not in editor.get(IMPORT).content.decode()
    assert models.Topic.objects.count() == 1


def test_the_button_is_there_for_whoever_may_use_it(writer, live):
    assert f'href="{IMPORT}?table=fact"' in writer.get("/admin/relations/fact/").content.decode()
    assert f'href="{IMPORT}' not in writer.get("/admin/relations/revision/").content.decode()
    page = writer.get(f"{IMPORT}?table=observation").content.decode()
    assert '<option value="observation" selected>' in page
    assert "<details open>" in page


def test_a_state_is_no_column(writer, live):
    for column in ("stage", "live_from", "owner", "made_by"):
        page = bring(writer, ("topics.csv", as_csv({"slug": "border", column: "approved"})))
        assert f"{column} This is decided on the desk and never imported." in text(page)
    assert not LogEntry.objects.exists()


# ---- what may come in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_anything_is_kept(name, writer, live):
    make, reason = BOMBS[name]
    page = bring(writer, ("facts.xlsx", make()))
    assert re.search(reason, text(page))
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([("facts.xls", b"x")], "Only .xlsx, .csv"),
        ([("facts", b"x")], "Only .xlsx, .csv"),
        ([("facts.xlsx", b"slug\n")], "not a workbook"),
        ([("facts.csv", b"")], "empty"),
        ([], "required"),
        ([("a.csv", b"slug\n"), ("a.csv", b"slug\n")], "two files of this name"),
        ([(f"{n}.csv", b"slug\n") for n in range(21)], "At most 20 files"),
        ([(f"{n}.csv", b"x" * 5_000_000) for n in range(2)], "larger than 8 MB"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field(files, reason, writer, live):
    page = bring(writer, *files)
    assert page.status_code == 200
    assert reason in text(page)
    assert not Upload.objects.exists()


def test_a_file_that_cannot_be_read_is_a_line_of_the_plan(writer, live):
    assert "Row 2, slug: this is not UTF-8 text" in text(bring(writer, ("topics.csv", b"slug\n\xff\n")))


def test_markup_in_a_file_is_shown_as_text(writer, live):
    evil = "<script>alert(1)</script>"
    rows = as_csv({"slug": evil, "name_en": evil, evil: "1"}, {"slug": "sea", "name_en": evil})
    page = bring(writer, (f"{evil}.csv", rows))
    assert evil not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_a_plan_has_pages_and_costs_the_same_for_one_line_as_for_three(writer, live, queries):
    plans = [
        bring(writer, ("a.csv", as_csv(*({"slug": f"sea-{n}", "name_en": "Sea"} for n in range(number)))))
        for number in (1, 3, 60)
    ]
    addresses = [plan.request["PATH_INFO"] for plan in plans]
    assert queries(writer, addresses[0]) == queries(writer, addresses[1]) <= 15
    assert "Page 1 of 2" in text(plans[2])
    assert "sea-59" in text(writer.get(f"{addresses[2]}?page=2"))
    assert "sea-59" in text(writer.get(f"{addresses[2]}?page=junk&show=create&page=99"))


# ---- long ones -------------------------------------------------------------------------------------------------------


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything takes long."""
    monkeypatch.setattr(importing, "LONG_FILES", 0)
    monkeypatch.setattr(importing, "LONG_PLAN", 0)


def test_a_long_import_says_how_far_it_is_and_goes_on_by_itself(writer, live, long):
    page = writer.post(IMPORT, {"files": SimpleUploadedFile("topics.csv", SEA), "table": "topic"})
    to = re.fullmatch(r"0; url=(.*)", page["Refresh"])[1]
    assert page["Content-Encoding"] == "identity"
    lines = b"".join(page.streaming_content).decode()
    assert "Comparing: 1 / 1" in lines
    assert lines.index("Keep this page open") < lines.index("Comparing") < lines.index("Go on")
    assert lines.rstrip().endswith("</html>")

    applying = writer.post(to, {"_apply": "1"})
    assert models.Topic.objects.count() == 1  # nothing before it is read
    assert "Writing: 1 / 1" in b"".join(applying.streaming_content).decode()
    assert models.Topic.objects.count() == 2
    assert "Applied: 1 record" in text(writer.get(applying["Refresh"].removeprefix("0; url=")))


def test_a_long_import_that_is_left_changes_nothing(writer, live, long):
    page = bring(writer, ("topics.csv", SEA))
    b"".join(page.streaming_content)
    applying = writer.post(page["Refresh"].removeprefix("0; url="), {"_apply": "1"})
    for chunk in applying.streaming_content:
        if b"Writing" in chunk:
            break
    applying._iterator.close()  # as a server does that cannot send any more
    assert models.Topic.objects.count() == 1


def test_a_long_import_that_fails_says_so_on_its_page(writer, live, long, monkeypatch, caplog):
    def fail(*_args, **_how):
        yield from ()
        raise RuntimeError

    monkeypatch.setattr(importing, "apply_upload", fail)
    page = bring(writer, ("topics.csv", SEA))
    b"".join(page.streaming_content)
    applying = writer.post(page["Refresh"].removeprefix("0; url="), {"_apply": "1"})
    assert "It failed, and nothing was changed." in b"".join(applying.streaming_content).decode()
    assert "An import failed" in caplog.text


def test_it_speaks_french_to_its_last_line(writer, live, long):
    page = writer.post(
        IMPORT,
        {"files": SimpleUploadedFile("topics.csv", SEA), "table": "topic"},
        headers={"accept-language": "fr"},
    )
    assert '<html lang="fr"' in b"".join(page.streaming_content).decode()

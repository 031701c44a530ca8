"""Every list as a file: what it shows, on all its pages, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from django.contrib import admin

from relations.models import Fact, Meeting, Official, Party, Priority, Relationship
from tests import cast

from .conftest import signed_in

FACTS = "/admin/relations/fact/"


def cells(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def slugs(client, address: str) -> list[str]:
    return [row["slug"] for row in cells(client.get(address))]


@pytest.mark.parametrize("model", [Fact, Meeting, Official, Priority, Relationship, Party])
def test_a_list_goes_out_in_every_form(model, writer, live):
    page = writer.get(f"/admin/relations/{model._meta.model_name}/").content.decode()
    links = [link.url for link in admin.site.get_model_admin(model).exports]
    assert len(links) >= 3
    for link in links:
        assert f'href="{link}"' in page
        response = writer.get(link)
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment;")
        assert "no-store" in response["Cache-Control"]


def test_a_workbook_holds_records_and_their_parts(writer, live):
    response = writer.get(f"{FACTS}export/xlsx/")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["fact", "observation"]
    assert [row[1].value for row in book["fact"].iter_rows(min_row=2)] == ["border-length"]
    assert book["observation"].max_row == 3


def test_a_file_has_the_filters_the_search_and_the_order_of_its_list(writer, live):
    for number in range(60):
        cast.a_fact(live, f"water-{number:02}", figures=False, statement_en=f"Water {number:02}.", verified=number > 57)
    assert len(slugs(writer, f"{FACTS}export/csv/fact/")) == 61  # all its pages
    assert slugs(writer, f"{FACTS}export/csv/fact/?q=water&verified__exact=1") == ["water-58", "water-59"]
    assert slugs(writer, f"{FACTS}export/csv/fact/?q=water+5&o=-1")[:2] == ["water-59", "water-58"]
    page = writer.get(f"{FACTS}?q=water&verified__exact=1").content.decode()
    assert f'{FACTS}export/csv/fact/?q=water&amp;verified__exact=1"' in page
    assert "The 2 records that this list shows" in page


def test_drafts_are_in_it_as_they_were_last_saved(writer, live):
    Fact.objects.update(statement_en="A draft.")
    assert cells(writer.get(f"{FACTS}export/csv/fact/"))[0]["statement_en"] == "A draft."


def test_what_could_run_is_text(writer, live):
    Fact.objects.update(statement_en='=HYPERLINK("http://evil.example","x")')
    text = writer.get(f"{FACTS}export/csv/fact/").content.decode()
    assert "\"'=HYPERLINK(" in text
    book = openpyxl.load_workbook(io.BytesIO(writer.get(f"{FACTS}export/xlsx/").content))
    assert {cell.data_type for row in book["fact"].iter_rows() for cell in row if isinstance(cell.value, str)} == {"s"}


def test_json_says_every_document_whole(writer, live):
    [item] = json.loads(writer.get(f"{FACTS}export/json/").content)["items"]
    assert item["document"]["slug"] == "border-length"
    assert len(item["document"]["observations"]) == 2


@pytest.mark.parametrize("query", ["?nonsense=1", "?verified__exact=%E9", "?topics__id__exact=zzz", "?o=junk"])
def test_a_filter_that_is_not_known_fails_nothing(query, writer, live):
    assert writer.get(f"{FACTS}export/csv/fact/{query}").status_code in (200, 302, 400)


def test_a_day_that_no_calendar_has_fails_nothing(writer, live):
    address = "/admin/relations/meeting/export/csv/meeting/?starts_on__year=2021&starts_on__month=13&starts_on__day=40"
    assert writer.get(address).status_code == 302


def test_who_may_not_see_a_list_does_not_get_it(live):
    for address in (f"{FACTS}export/xlsx/", f"{FACTS}export/json/", f"{FACTS}export/csv/observation/"):
        assert signed_in("stranger").get(address).status_code == 403
        assert signed_in("visitor").get(address).status_code == 302
        assert signed_in("writer").post(address).status_code == 405


@pytest.mark.parametrize("path", ["export/pdf/", "export/csv/commitment/", "export/csv/nothing/"])
def test_what_there_is_no_file_of_is_not_there(path, writer, live):
    assert writer.get(f"{FACTS}{path}").status_code == 404


def test_a_text_too_long_for_a_workbook_is_said(writer, live):
    Fact.objects.update(note_en="x" * 40_000)
    page = writer.get(f"{FACTS}export/xlsx/?q=border", follow=True)
    assert "a cell of a workbook holds 32767" in page.content.decode()
    assert page.request["QUERY_STRING"] == "q=border"
    assert len(cells(writer.get(f"{FACTS}export/csv/fact/"))[0]["note_en"]) == 40_000


def test_a_file_costs_as_many_queries_for_three_records_as_for_one(writer, live, queries):
    address = f"{FACTS}export/xlsx/"
    writer.get(address)
    one = queries(writer, address)
    for slug in ("trade", "water"):
        cast.a_fact(live, slug)
    assert queries(writer, address) == one

"""Lists as CSV and JSON: what the page shows, for programs."""

import csv
import io
import json

import pytest

from relations.documents import parse
from tests import cast

pytestmark = pytest.mark.django_db

REAL = "/en/united-states-canada/"


def rows(client, address, **query):
    response = client.get(address, query)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("kind", "number"), [("facts", 45), ("meetings", 22), ("officials", 50), ("priorities", 8), ("statements", 9)]
)
def test_every_record_is_in_its_table(client, real, kind, number):
    assert len({row["id"] for row in rows(client, f"{REAL}{kind}.csv")}) == number
    assert client.get(f"{REAL}{kind}.json").json()["count"] == number


def test_every_figure_has_a_row_with_its_date_and_source(client, real):
    found = rows(client, f"{REAL}facts.csv")
    figures = [row for row in found if row["value"]]
    assert len(figures) == 78
    assert all(row["as_of"] and row["source_title"] for row in figures)


def test_a_table_is_filtered_as_its_list_is(client, real):
    data = client.get(f"{REAL}facts.json?topic=energy").json()
    assert [item["slug"] for item in data["items"]] == ["energy-trade", "crude-oil"]


def test_a_document_in_json_is_the_one_that_was_published(client, real):
    item = client.get(f"{REAL}facts.json").json()["items"][0]
    document = parse("fact", json.dumps(item["document"]))
    assert document.digest == item["digest"]


def test_a_text_that_looks_like_a_formula_is_kept_from_running(client, clock):
    world = cast.world()
    world.fact.statement_en = "=HYPERLINK(1)"
    world.fact.save()
    cast.put_live(*world.records, clock=clock)
    assert rows(client, "/en/norda-suda/facts.csv")[0]["statement_en"] == "'=HYPERLINK(1)"


def test_a_bad_filter_fails_nothing(client, real):
    assert client.get(f"{REAL}facts.csv?from=yesterday&topic=%00").status_code == 200

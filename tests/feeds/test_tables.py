"""Lists as CSV and JSON: what the page shows, for programs."""

import csv
import datetime
import io
import json
import re

import pytest

from relations.documents import Text, parse
from relations.feeds.tables import TABLES
from relations.publishing import schedule, withdraw
from relations.urls import pages
from tests import cast

pytestmark = pytest.mark.django_db

REAL = "/en/united-states-canada/"
HERE = "/en/norda-suda/"
DAY = datetime.timedelta(days=1)


def rows(client, address, **query):
    response = client.get(address, query)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def slugs(client, address):
    """Which records a table has: the same ones as CSV and as JSON, in the same order."""
    path, mark, query = address.partition("?")
    found = [item["slug"] for item in client.get(f"{path}.json{mark}{query}").json()["items"]]
    assert list(dict.fromkeys(row["slug"] for row in rows(client, f"{path}.csv{mark}{query}"))) == found
    return found


@pytest.fixture
def world(clock):
    return cast.live_world(clock)


# ---- which records


def test_every_list_has_both_forms_and_every_form_its_list():
    named = {route.name for route in pages}
    assert {name for name in named if name and name.endswith("_csv")} == {f"{name}_csv" for name in TABLES}
    assert named >= {f"{name}{form}" for name in TABLES for form in ("", "_csv", "_json")}


@pytest.mark.parametrize(
    ("table", "number"),
    [
        (f"{REAL}facts", 45), (f"{REAL}meetings", 22), (f"{REAL}officials", 50), (f"{REAL}priorities", 8),
        (f"{REAL}statements", 9), (f"{REAL}fact-sheets", 1), ("/en/sources", 160),
    ],
)  # fmt: skip
def test_every_record_is_in_its_table(client, real, table, number):
    assert len(slugs(client, table)) == number
    assert client.get(f"{table}.json").json()["count"] == number


def test_every_figure_has_a_row_with_its_date_and_source(client, real):
    found = rows(client, f"{REAL}facts.csv")
    figures = [row for row in found if row["value"]]
    assert len(figures) == 78
    assert all(row["as_of"] and row["source_title"] for row in figures)


def test_a_table_is_filtered_as_its_list_is(client, real):
    data = client.get(f"{REAL}facts.json?topic=energy").json()
    assert [item["slug"] for item in data["items"]] == ["energy-trade", "crude-oil"]


@pytest.mark.parametrize(("page", "query"), [("/en/sources/", "kind=dataset"), (f"{REAL}fact-sheets/", "q=roadmap")])
def test_the_page_of_a_list_leads_to_its_tables_as_filtered(client, real, page, query):
    text = client.get(f"{page}?{query}").content.decode()
    for form in ("csv", "json"):
        assert f'<a href="{page.removesuffix("/")}.{form}?{query}" download>{form.upper()}</a>' in text


def test_the_tables_of_sources_are_filtered_and_ordered_as_their_page_is(client, world, clock):
    more = [cast.a_source("atlas", source_kind="dataset"), cast.a_source("weekly", source_kind="news")]
    cast.put_live(*more, clock=clock)
    for query, expected in {
        "kind=dataset": ["atlas"],
        "sort=title&kind=official&kind=news": ["gazette", "weekly"],
    }.items():
        page = client.get(f"/en/sources/?{query}").content.decode()
        assert re.findall(r'<h3 lang="en"><a href="/en/sources/([^/]+)/">', page) == expected
        assert slugs(client, f"/en/sources?{query}") == expected


def test_the_tables_of_fact_sheets_are_in_the_order_of_their_page(client, world, clock):
    cast.put_live(cast.a_factsheet(world, "charter", issued_on=datetime.date(2022, 1, 1)), clock=clock)
    for query, expected in {"": ["charter", "roadmap"], "?sort=oldest": ["roadmap", "charter"]}.items():
        page = client.get(f"{HERE}fact-sheets/{query}").content.decode()
        assert re.findall(rf'<h3 class="seq__t"><a href="{HERE}fact-sheets/([^/]+)/">', page) == expected
        assert slugs(client, f"{HERE}fact-sheets{query}") == expected


def test_nothing_is_in_a_table_before_its_instant(client, world, clock):
    source = cast.a_source("secret", original_title="Secret source")
    sheet = cast.a_factsheet(world, "secret-sheet", {"fact": world.fact}, title_en="Secret sheet")
    editions = schedule([source, sheet], at=clock.now + DAY, by=cast.someone("editor"), clock=clock)
    cast.a_source("draft"), cast.a_factsheet(world, "draft-sheet")
    assert slugs(client, "/en/sources") == ["gazette"]
    assert slugs(client, f"{HERE}fact-sheets") == ["roadmap"]
    clock.now = editions[0].live_from
    assert set(slugs(client, "/en/sources")) == {"gazette", "secret"}
    assert set(slugs(client, f"{HERE}fact-sheets")) == {"roadmap", "secret-sheet"}


def test_tables_of_a_past_day_are_those_of_that_day_and_so_are_their_addresses(client, world, clock):
    then = clock.now.date()
    clock.advance(days=7)
    cast.put_live(cast.a_source("later"), cast.a_factsheet(world, "later-sheet"), clock=clock)
    assert set(slugs(client, "/en/sources")) == {"gazette", "later"}
    past = f"/en/@{then}/"
    assert slugs(client, f"{past}sources") == ["gazette"]
    assert slugs(client, f"{past}norda-suda/fact-sheets") == ["roadmap"]
    assert client.get(f"{past}sources.json").json()["page"].endswith(f"{past}sources/")
    [line, *_] = rows(client, f"{past}norda-suda/fact-sheets.csv")
    assert line["line_url"].endswith(f"{past}norda-suda/statements/good-neighbors/")


# ---- what they say of themselves


@pytest.mark.parametrize(
    ("address", "name", "relationship", "kind"),
    [
        (f"{HERE}facts", "norda-suda-facts", "norda-suda", "fact"),
        (f"{HERE}fact-sheets", "norda-suda-fact-sheets", "norda-suda", "factsheet"),
        ("/en/sources", "sources", None, "source"),
    ],
)
def test_a_download_names_its_list_and_its_relationship_where_it_has_one(
    client, world, address, name, relationship, kind
):
    assert client.get(f"{address}.csv")["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    data = client.get(f"{address}.json").json()
    assert (data["relationship"], data["kind"]) == (relationship, kind)
    assert data["page"].endswith(f"{address}/")


# ---- what is in a row


def test_a_source_stands_in_its_row_with_whose_words_it_is(client, world):
    [row] = rows(client, "/en/sources.csv")
    assert row["title"] == "The gazette of record"
    assert row["url"].endswith("/en/sources/gazette/")
    assert row["source_url"] == "https://example.org/gazette"
    assert (row["publisher"], row["kind"], row["published"]) == ("Government Printer", "official", "2021-02-26")
    assert row["speaks_for"] == "XAA"


def test_every_line_of_a_fact_sheet_has_a_row_in_both_languages_with_its_address(client, world):
    lines = rows(client, f"{HERE}fact-sheets.csv")
    assert [(row["line"], row["text_en"], row["text_fr"]) for row in lines] == [
        ("statement", "Good neighbors.", "De bons voisins."),
        ("fact", "The border is long.", "La frontière est longue."),
        ("commitment", "Lay pipes.", "Poser des tuyaux."),
    ]
    assert {(row["title_fr"], row["section_en"], row["source_url"]) for row in lines} == {
        ("Feuille de route", "All", "https://example.org/gazette")
    }
    assert [row["line_url"].partition("/norda-suda/")[2] for row in lines] == [
        "statements/good-neighbors/", "facts/border-length/", "priorities/clean-water/#pipes"
    ]  # fmt: skip


def test_a_line_has_the_figure_of_the_sheet_s_own_day_and_every_line_its_source(client, real):
    lines = rows(client, f"{REAL}fact-sheets.csv")
    trade = next(row for row in lines if row["line_url"].endswith("/facts/daily-trade/"))
    assert (trade["value"], trade["unit"], trade["as_of"]) == ("1.9", "usd_billion_per_day", "2021-02-26")
    assert {row["source_title"] for row in lines} == {"The United States and Canada: Neighbors, Friends, and Allies"}


def test_of_what_was_withdrawn_a_line_keeps_the_title_alone(client, world, clock):
    clock.now = withdraw(world.fact, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock).live_from
    line = next(row for row in rows(client, f"{HERE}fact-sheets.csv") if row["line"] == "fact")
    assert (line["text_en"], line["line_url"]) == ("The border is long.", "")
    assert "value" not in line  # no other line has a figure, so there is no such column


def test_a_fact_sheet_without_a_line_has_a_row(client, world, clock):
    cast.put_live(cast.a_factsheet(world, "bare"), clock=clock)
    assert [row["slug"] for row in rows(client, f"{HERE}fact-sheets.csv")].count("bare") == 1


def test_a_document_in_json_is_the_one_that_was_published(client, real):
    item = client.get(f"{REAL}facts.json").json()["items"][0]
    document = parse("fact", json.dumps(item["document"]))
    assert document.digest == item["digest"]


@pytest.mark.parametrize(
    ("noun", "field", "table", "column"),
    [
        ("fact", "statement_en", f"{HERE}facts.csv", "statement_en"),
        ("source", "original_title", "/en/sources.csv", "title"),
        ("factsheet", "issuer_fr", f"{HERE}fact-sheets.csv", "issuer_fr"),
        ("fact", "statement_fr", f"{HERE}fact-sheets.csv", "text_fr"),
    ],
)
def test_a_text_that_looks_like_a_formula_is_kept_from_running(client, clock, noun, field, table, column):
    world = cast.world()
    setattr(getattr(world, noun), field, "=HYPERLINK(1)")
    getattr(world, noun).save()
    cast.put_live(*world.records, clock=clock)
    assert "'=HYPERLINK(1)" in [row[column] for row in rows(client, table)]


@pytest.mark.parametrize("table", [f"{REAL}facts.csv", f"{REAL}fact-sheets.csv", "/en/sources.csv"])
def test_a_bad_filter_fails_nothing(client, real, table):
    assert client.get(f"{table}?from=yesterday&topic=%00&sort=%00").status_code == 200

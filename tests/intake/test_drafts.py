"""Planning an import: every row is new, changed, as it is, or wrong with its column and reason; nothing is written."""

from __future__ import annotations

import json

import pytest

from relations import models
from relations.intake import papers
from relations.intake.tables.export import version
from relations.models import Revision
from relations.sheets import write_workbook
from relations.sheets.base import Sheet
from tests import cast

from .files import actions, as_csv, document, exported, planned, planned_csv, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> cast.World:
    return cast.world()


# ---- what a row does -------------------------------------------------------------------------------------------------


def test_a_row_creates_changes_or_leaves_alone(world):
    plan = planned_csv(
        "topic",
        {"slug": "border", "name_en": "Border", "sources": "gazette"},
        {"slug": "water", "name_en": "Water", "sources": ""},
    )
    assert (said(plan), actions(plan)) == ([], ["same", "create"])
    plan = planned_csv("topic", {"slug": "border", "name_en": "The border"})
    assert (said(plan), actions(plan)) == ([], ["change"])
    assert plan.steps[0].document.name.fr == "Frontière"  # a column that is not there changes nothing
    assert not Revision.objects.exists()


def test_an_empty_cell_empties_its_field(world):
    plan = planned_csv("topic", {"slug": "border", "name_fr": ""})
    assert plan.steps[0].document.name.fr == ""


def test_dates_keep_the_precision_in_which_they_are_written(world):
    rows = [{"slug": "first-call", "starts_on": date} for date in ("2021", "2021-02", "2021-02-27")]
    dates = [planned_csv("meeting", row).steps[0].document.starts_on for row in rows]
    assert [(date.precision, date.isoformat) for date in dates] == [
        ("year", "2021"),
        ("month", "2021-02"),
        ("day", "2021-02-27"),
    ]


def test_a_last_day_is_inclusive(world):
    row = {"official": "ana-holt", "id": str(world.term.pk), "standing": "ended", "last_on": "2024"}
    term = planned_csv("term", row).steps[0].document.terms[0]
    assert (term.held_until.date.isoformat(), term.held_until.precision) == ("2025-01-01", "year")
    assert exported("csv", document(world.official))["term.csv"].decode().splitlines()[0].count("held_until") == 0


def test_a_part_is_added_and_the_others_stay(world):
    fact = planned_csv("observation", {**FIGURE, "value": "5530"}).steps[0].document
    assert [str(each.value) for each in fact.observations] == ["5525", "5526.5", "5530"]
    assert fact.observations[2].qualifier == "exact"


def test_a_part_goes_only_where_its_row_says_so(world):
    first = world.fact.observations.first()
    row = {"fact": "border-length", "id": str(first.pk), "remove": "yes"}
    assert [str(each.value) for each in planned_csv("observation", row).steps[0].document.observations] == ["5526.5"]


def test_parts_stand_in_the_order_of_their_positions(world):
    one, two = world.fact.observations.all()
    rows = [{"fact": "border-length", "id": str(two.pk), "position": "1"}]
    rows += [{"fact": "border-length", "id": str(one.pk), "position": "2"}]
    fact = planned_csv("observation", *rows).steps[0].document
    assert [each.id for each in fact.observations] == [two.pk, one.pk]


def test_a_part_of_a_part_is_found_by_both(world):
    row = {"priority": "clean-water", "commitment": "pipes", "source": "gazette", "finding_en": "More pipes."}
    [commitment] = planned_csv("assessment", row).steps[0].document.commitments
    assert [each.finding.en for each in commitment.assessments] == ["Half of the pipes are laid.", "More pipes."]


def test_what_a_file_adds_can_be_named_in_it(world):
    sheets = {
        "fact": {"slug": "sea", "statement_en": "It is wet.", "sources": "bulletin", "topics": "sea"},
        "observation": {"fact": "sea", "value_date": "1943", "unit": "miles", "as_of": "1943", "source": "bulletin"},
        "topic": {"slug": "sea", "name_en": "Sea"},
        "source": {
            "slug": "bulletin",
            "original_title": "Bulletin",
            "publisher": "Printer",
            "source_kind": "news",
            "language": "en",
        },
        "statement": {
            "slug": "hear",
            "quote_en": "Hear.",
            "original_language": "en",
            "speaker": "bo-ferr/premier/2021",
            "said_on": "2021-05",
        },
        "official": {
            "slug": "bo-ferr",
            "party": "norda",
            "name": "Bo Ferr",
            "sort_name": "Ferr, Bo",
            "grammatical_gender": "m",
        },
        "term": {"official": "bo-ferr", "post": "premier", "standing": "current", "held_from": "2021"},
    }
    book = write_workbook(Sheet(name, tuple(row), [tuple(row.values())]) for name, row in sheets.items())
    files = {"new.xlsx": book}
    plan = planned(files)
    assert (said(plan), sorted(actions(plan))) == ([], ["create"] * 5)
    made = {step.document.kind: step.document for step in plan.steps}
    assert made["fact"].observations[0].source.cited.title == "Bulletin"
    assert made["statement"].speaker.id == made["official"].terms[0].id


def test_an_address_is_changed_where_the_id_says_which_record(world):
    row = {"id": str(world.topic.pk), "slug": "frontier"}
    plan = planned_csv("topic", row)
    assert (plan.steps[0].document.slug, actions(plan)) == ("frontier", ["change"])


def test_records_of_another_relationship_go_by_both_addresses(world):
    other = cast.a_relationship(world.other, world.one, world.source, slug="suda-norda")
    topic = models.Topic.objects.create(relationship=other, slug="border", name_en="Border")
    plan = planned_csv("topic", {"relationship": "suda-norda", "slug": "border", "name_en": "Frontier"})
    assert plan.steps[0].document.id == topic.pk
    plan = planned_csv("topic", {"slug": "border", "name_en": "Frontier"})
    assert said(plan) == [(2, "relationship", "This is missing.")]


# ---- what is wrong ---------------------------------------------------------------------------------------------------

FIGURE = {"fact": "border-length", "unit": "miles", "as_of": "2021", "source": "gazette"}
WRONG = {
    "unknown column": ("topic", {"slug": "border", "colour": "red"}, (1, "colour", "not known here")),
    "never imported": ("topic", {"slug": "border", "stage": "approved"}, (1, "stage", "never imported")),
    "owner": ("fact", {"slug": "border-length", "owner": "me"}, (1, "owner", "never imported")),
    "live from": ("fact", {"slug": "border-length", "live_from": "2021"}, (1, "live_from", "never imported")),
    "missing": ("topic", {"slug": "water", "name_en": " "}, (2, "name_en", "missing")),
    "missing column": ("topic", {"slug": "water"}, (2, "name_en", "missing")),
    "no address": ("topic", {"name_en": "Water"}, (2, "slug", "missing")),
    "bad address": ("topic", {"slug": "Wa ter", "name_en": "Water"}, (2, "slug", "slug")),
    "reserved address": ("topic", {"slug": "search", "name_en": "Water"}, (2, "slug", "used by the site")),
    "too long": ("topic", {"slug": "border", "name_en": "x" * 121}, (2, "name_en", "at most 120")),
    "no such source": ("topic", {"slug": "border", "sources": "gazette; paper"}, (2, "sources", "no source “paper”")),
    "twice in a cell": ("topic", {"slug": "border", "sources": "gazette;gazette"}, (2, "sources", "there twice")),
    "no such relationship": ("topic", {"relationship": "x", "slug": "border"}, (2, "relationship", "no relationship")),
    "bad date": ("meeting", {"slug": "first-call", "starts_on": "26/02/2021"}, (2, "starts_on", "2021-02-26")),
    "no such day": ("meeting", {"slug": "first-call", "starts_on": "2021-02-30"}, (2, "starts_on", "cannot be read")),
    "week": ("meeting", {"slug": "first-call", "last_on": "2021-W08-5"}, (2, "last_on", "cannot be read")),
    "bad time": ("meeting", {"slug": "first-call", "start_time": "3 pm"}, (2, "start_time", "15:30")),
    "bad zone": ("meeting", {"slug": "first-call", "timezone": "Norda"}, (2, "timezone", "not a time zone")),
    "unknown word": ("meeting", {"slug": "first-call", "mode": "Phone"}, (2, "mode", "phone, hybrid")),
    "bad flag": ("meeting", {"slug": "first-call", "verified": "perhaps"}, (2, "verified", "true or false")),
    "ends first": ("meeting", {"slug": "first-call", "last_on": "2021-02-20"}, (2, "", "end after it starts")),
    "position": ("topic", {"slug": "border", "position": "-1"}, (2, "position", "whole number")),
    "huge position": ("topic", {"slug": "border", "position": "9" * 20}, (2, "position", "less than or equal")),
    "comma in a number": ("observation", {**FIGURE, "value": "1,5"}, (2, "value", "without spaces or commas")),
    "too many digits": ("observation", {**FIGURE, "value": "1234567890.123456"}, (2, "value", "digits")),
    "two values": ("observation", {**FIGURE, "value": "1", "value_date": "2021"}, (2, "", "and not both")),
    "no value": ("observation", FIGURE, (2, "", "a number or a date")),
    "no such unit": ("observation", {**FIGURE, "value": "1", "unit": "ells"}, (2, "unit", "no unit “ells”")),
    "no such fact": ("observation", {"fact": "nowhere", "value": "1"}, (2, "fact", "no fact “nowhere”")),
    "no whole": ("observation", {"value": "1"}, (2, "fact", "missing")),
    "no such commitment": (
        "assessment",
        {"priority": "clean-water", "commitment": "wells", "source": "gazette", "finding_en": "None."},
        (2, "commitment", "no commitment “wells”"),
    ),
    "no such term": (
        "participation",
        {"meeting": "first-call", "term": "ana-holt/premier/1999"},
        (2, "term", "names no term"),
    ),
    "taken term": ("participation", {"meeting": "first-call", "term": "ana-holt/premier"}, (2, "term", "has the same")),
    "no id": ("topic", {"id": "7", "slug": "border"}, (2, "id", "no id")),
    "no id of a part": ("observation", {"fact": "border-length", "id": "7"}, (2, "id", "no id")),
    "remove": ("observation", {"fact": "border-length", "remove": "perhaps"}, (2, "remove", "true or false")),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_row_column_and_reason(name, world):
    table, row, (line, column, reason) = WRONG[name]
    found = said(planned_csv(table, row))
    assert [each[:2] for each in found if reason in each[2]] == [(line, column)], found


def test_every_row_that_is_wrong_is_said_at_once(world):
    rows = [{"slug": f"topic-{number}", "name_en": "", "sources": "x"} for number in range(3)]
    assert [line for line, _column, _reason in said(planned_csv("topic", *rows))] == [2, 2, 3, 3, 4, 4]


def test_a_record_there_twice_is_wrong(world):
    plan = planned_csv("topic", {"slug": "border", "name_en": "A"}, {"slug": "border", "name_en": "B"})
    assert said(plan) == [(3, "slug", "This record is there twice; see row 2.")]


def test_an_id_of_something_else_is_not_taken_away(world):
    """Written as it stands, the figure would leave the fact that it belongs to."""
    cast.a_fact(world, "trade", figures=False)
    figure = world.fact.observations.first()
    row = {**FIGURE, "fact": "trade", "value": "1", "id": str(figure.pk)}
    assert "has this id" in said(planned_csv("observation", row))[0][2]
    row = {"slug": "sea", "name_en": "Sea", "id": str(world.fact.pk)}
    assert "has this id" in said(planned_csv("topic", row))[0][2]


def test_an_address_of_another_record_is_not_taken(world):
    cast.a_topic(world, "water")
    plan = planned_csv("topic", {"id": str(world.topic.pk), "slug": "water"})
    assert said(plan)[0][1:] == (
        "slug",
        "Another record has this address. To change that one, leave “id” empty.",
    )


def test_a_fault_of_a_record_is_not_repeated_by_those_who_name_it(world):
    book = [
        Sheet("source", ("slug", "original_title"), [("bulletin", "Bulletin")]),
        Sheet("topic", ("slug", "name_en", "sources"), [("sea", "Sea", "bulletin")]),
    ]
    found = said(planned({"new.xlsx": write_workbook(book)}))
    assert {column for _line, column, _reason in found} == {"publisher", "source_kind", "language"}


def test_a_sheet_of_no_table_and_a_formula_are_problems(world):
    book = write_workbook([Sheet("notes", ("slug",), [("a",)]), Sheet("topic", ("slug",), [("border",)])])
    assert "no table “notes”" in said(planned({"new.xlsx": book}))[0][2]


def test_a_file_that_cannot_be_read_is_a_problem_and_the_others_are_read(world):
    plan = planned({"a.csv": b"slug\n\xff\n", "b.csv": as_csv({"slug": "border"})}, "topic")
    assert [problem.file for problem in plan.problems] == ["a.csv"]
    assert actions(plan) == ["same"]


# ---- never over what somebody saved since ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_file_of_an_older_copy_takes_nothing_back(form, world):
    files = exported(form, document(world.topic))
    models.Topic.objects.filter(pk=world.topic.pk).update(name_en="The border")
    assert [(column, "Somebody saved" in reason) for _line, column, reason in said(planned(files))] == [
        ("version", True)
    ]


def test_a_file_that_says_what_the_desk_says_is_never_too_old(world):
    before = document(world.topic)
    row = {"slug": "border", "name_en": "The border", "version": version(before)}
    models.Topic.objects.filter(pk=world.topic.pk).update(name_en="The border")
    assert actions(planned_csv("topic", row)) == ["same"]


# ---- documents -------------------------------------------------------------------------------------------------------


def as_json(*items: dict) -> dict[str, bytes]:
    return {"records.json": json.dumps({"items": items}).encode()}


def test_a_document_says_its_record_whole(world):
    data = document(world.topic).model_dump(mode="json")
    plan = planned(as_json({"document": {**data, "name": {"en": "Frontier", "fr": ""}}}))
    assert (said(plan), actions(plan)) == ([], ["change"])
    assert plan.steps[0].document.name.fr == ""


def test_documents_may_be_yaml_or_a_plain_list(world):
    text = papers.export([document(world.topic), document(world.fact)], ["", ""])
    assert actions(planned({"a.yaml": text.encode()})) == ["same", "same"]
    items = [item["document"] for item in json.loads(text)["items"]]
    assert actions(planned({"a.json": json.dumps(items).encode()})) == ["same", "same"]


def test_what_a_document_embeds_is_taken_from_the_desk(world):
    """A term is of one official, whatever a file says: so what the plan shows is what is written."""
    data = document(world.statement).model_dump(mode="json")
    data["sources"][0]["cited"]["title"] = "Forged"
    data["speaker"]["post"]["role"] = "envoy"
    plan = planned(as_json(data))
    assert (said(plan), actions(plan)) == ([], ["same"])
    data["speaker"]["official"]["id"] = str(cast.an_official(world.one, world.source, "bo-ferr").pk)
    assert said(planned(as_json(data))) == [(0, "speaker", "It names a term that is not there.")]


def test_a_document_that_names_what_is_not_there_is_wrong(world):
    data = document(world.fact).model_dump(mode="json")
    data["topics"] = [{"kind": "topic", "id": str(world.one.pk)}]
    data["observations"][0]["unit"]["code"] = "ells"
    assert [column for _line, column, _reason in said(planned(as_json(data)))] == ["topics[0]", "observations[0].unit"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[]", None),
        (b"{", "not JSON"),
        (b"[1]", "no document"),
        (b'[{"kind": "spell"}]', "no document"),
        (b'[{"kind": ["topic"]}]', "no document"),
        (b'[{"kind": "topic", "slug": "a"}]', "Field required"),
        (b'[{"kind": "topic", "kind": "fact"}]', "twice"),
        (b'[{"kind": "topic", "schema_version": [], "slug": "a\\u0000"}]', "NUL"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"9" * 10_000 + b"]", "not JSON"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_json_that_is_no_document_is_refused_in_words(content, reason, world):
    found = said(planned({"a.json": content}))
    assert (found and reason in found[0][2]) if reason else not found


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a: &x 1\nb: *x", "aliases"),
        (b"a: 1\na: 2", "twice"),
        (b"a: [", "not YAML"),
        (b"- " * 100_000, "nested too deeply"),
        (b"[" * 100_000, "nested too deeply"),
        (b"!!python/object/apply:os.system [ls]", "no document"),
    ],
)
def test_yaml_that_is_no_document_is_refused_in_words(content, reason, world):
    assert any(reason in message for _line, _column, message in said(planned({"a.yaml": content})))


def test_a_document_that_breaks_a_rule_of_the_desk_is_refused(world):
    data = document(world.official).model_dump(mode="json")
    data["terms"][0] |= {"standing": "current", "held_until": {"date": "2024-01-01", "precision": "year"}}
    data["sort_name"] = "x" * 161
    found = said(planned(as_json(data)))
    assert [column for _line, column, _reason in found] == ["sort_name", "terms[0]"]

"""Every noun has a list and a form that open, cost the same however much they hold, and survive junk."""

import datetime

import pytest

from relations import models
from relations.models import RECORDS
from tests import cast
from tests.effort import THOROUGH, sample

from .conftest import filled_in, url

BUDGET = 15
OF_A_MEETING = 17  # six kinds of children and three sets of references
MANY = 30 if THOROUGH else 8
KINDS = [model.KIND for model in RECORDS]
PARTS = ("term", "commitment", "section")
ODD = [
    "?e=1",
    "?p=99999999999999999999",
    "?p=x",
    "?o=99.-1.x",
    "?id__exact=x",
    "?id__in=x,y",
    "?pk=%27",
    "?slug__exact=%00",
    "?q=%00",
    "?q=%27%22%3Cscript%3E",
    "?all=x",
    "?relationship__id__exact=x",
    "?relationship__id__exact=%00",
    "?relationship__owner__password__startswith=p",
    "?live=%00",
    "?live=nonsense",
    "?changed=x&review=x",
    "?starts_on__year=99999999999999999999",
    "?starts_on__year=x&starts_on__month=99",
    "?starts_on__gte=junk",
    "?_popup=1&_to_field=password",
    "?topics__id__exact=" + "9" * 300,
]


def test_every_list_opens(manager, live):
    for kind in (*KINDS, "unit", *PARTS, "edition", "release", "revision"):
        assert manager.get(f"/admin/relations/{kind}/").status_code == 200, kind


def test_every_empty_form_opens(manager):
    for kind in (*KINDS, "unit"):
        assert manager.get(f"/admin/relations/{kind}/add/").status_code == 200, kind


@pytest.mark.slow
def test_every_filled_form_opens_and_saves_as_it_is(editor, live):
    before = models.Revision.objects.count()
    for record in live.records:
        response = editor.post(url(record), filled_in(editor.get(url(record))))
        assert response.status_code == 302, response.context["errors"]
    assert models.Revision.objects.count() == before  # a save that changes nothing leaves no trace


def test_parts_with_children_have_a_form_of_their_own(manager, live):
    for row in (live.term, live.commitment, live.factsheet.sections.get(), live.unit):
        assert manager.post(url(row), filled_in(manager.get(url(row)))).status_code == 302


@pytest.mark.parametrize("kind", ["fact", "meeting", "priority", "official", "statement", "source"])
def test_a_list_costs_the_same_with_three_records_and_with_many(editor, world, queries, kind):
    make = {
        "fact": lambda i: cast.a_fact(world, f"fact-{i}"),
        "meeting": lambda i: cast.a_meeting(world, f"meeting-{i}"),
        "priority": lambda i: cast.a_priority(world, f"priority-{i}"),
        "official": lambda i: cast.an_official(world.one, world.source, f"official-{i}"),
        "statement": lambda i: cast.a_statement(world, f"statement-{i}"),
        "source": lambda i: cast.a_source(f"source-{i}"),
    }[kind]
    for number in range(2):
        make(number)
    queries(editor, f"/admin/relations/{kind}/")  # what is asked once per process
    few = queries(editor, f"/admin/relations/{kind}/")
    for number in range(2, MANY):
        make(number)
    many = queries(editor, f"/admin/relations/{kind}/")
    assert few == many <= BUDGET


def _meeting(world: cast.World, name: str) -> None:
    term = cast.a_term(world.official, cast.a_post(world.one, world.source, f"post-{name}"), world.source)
    models.Participation.objects.create(meeting=world.meeting, term=term)
    models.OtherParticipant.objects.create(meeting=world.meeting, name_en=name, party=world.one)
    models.AgendaItem.objects.create(meeting=world.meeting, text_en=name, priority=world.priority)
    models.Outcome.objects.create(meeting=world.meeting, text_en=name)
    models.Readout.objects.create(meeting=world.meeting, party=world.one, source=world.source)
    models.Session.objects.create(meeting=world.meeting, title_en=name).sources.set([world.source])


def _relationship(world: cast.World, name: str) -> None:
    day = {"date": datetime.date(2021, 1, 1), "date_precision": "day"}
    key_date = models.KeyDate.objects.create(relationship=world.relationship, slug=name, label_en=name, **day)
    key_date.facts.set([world.fact])
    key_date.meetings.set([world.meeting])
    key_date.officials.set([world.official])
    fact = cast.a_fact(world, name, figures=False)
    models.KeyFigure.objects.create(relationship=world.relationship, fact=fact)


def _section(world: cast.World, name: str) -> None:
    section = world.factsheet.sections.order_by("position").first()
    models.Line.objects.create(section=section, fact=world.fact)
    models.Line.objects.create(section=section, commitment=world.commitment)


def _vacancy(world: cast.World, name: str) -> None:
    day = {"held_from": datetime.date(2021, 1, 1), "held_from_precision": "day"}
    models.Vacancy.objects.create(post=world.post, source=world.source, **day)


def _co_speaker(world: cast.World, name: str) -> None:
    term = cast.a_term(world.official, world.post, world.source)
    models.CoSpeaker.objects.create(statement=world.statement, term=term)


# For each form: one more of everything that it shows.
MORE = {
    "fact": lambda world, name: cast.an_observation(world, world.fact),
    "official": lambda world, name: cast.a_term(world.official, world.post, world.source),
    "priority": lambda world, name: cast.a_commitment(world, world.priority, name),
    "commitment": lambda world, name: cast.an_assessment(world, world.commitment),
    "factsheet": lambda world, name: models.Section.objects.create(
        factsheet=world.factsheet, slug=name, heading_en=name, position=5
    ),
    "statement": _co_speaker,
    "meeting": _meeting,
    "relationship": _relationship,
    "section": _section,
    "post": _vacancy,
    "source": lambda world, name: None,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MORE)
def test_a_form_costs_the_same_with_few_children_and_with_many(editor, world, queries, name):
    parts = {"section": world.factsheet.sections.get(), "commitment": world.commitment}
    row = parts.get(name) or getattr(world, name)
    MORE[name](world, "first")
    queries(editor, url(row))  # what is asked once per process
    few = queries(editor, url(row))
    for number in range(MANY - 1):
        MORE[name](world, f"more-{number}")
        if hasattr(row, "sources"):
            row.sources.add(cast.a_source(f"more-{number}"))
    assert few == queries(editor, url(row)) <= (OF_A_MEETING if name == "meeting" else BUDGET)


def test_a_form_offers_autocompletes_for_every_relation(editor, world):
    html = editor.get(url(world.meeting)).content.decode()
    for name in ("relationship", "host", "part_of", "owner", "topics", "priorities", "sources"):
        assert f'data-field-name="{name}"' in html
    assert 'data-field-name="term"' in html


def test_an_odd_query_is_no_error_of_ours(editor, live):
    editor.raise_request_exception = False
    for turn, kind in enumerate(("meeting", "fact", "edition")):
        for query in sample(ODD, 3, start=turn):
            response = editor.get(f"/admin/relations/{kind}/{query}", follow=True)
            assert response.status_code in (200, 400), (kind, query)


def test_an_odd_address_is_no_error_of_ours(editor, live):
    editor.raise_request_exception = False
    for path in (
        "meeting/add/?relationship=x&topics=a,b&starts_on=junk&host=%00",
        "meeting/add/?relationship=x&topics=a,b&starts_on=junk&verified=maybe&position=-1",
        "meeting/add/?owner=x",
        "fact/add/?slug=" + "x" * 5000,
        "meeting/junk/change/",
        "meeting/%00/change/",
        "meeting/junk/history/",
        "meeting/junk/publish/",
        "meeting/junk/withdraw/",
        "meeting/junk/preview/",
        "meeting/junk/delete/",
        "edition/junk/change/",
        "edition/99999999999999999999/change/",
        "edition/x/history/",
        "unit/a%00b/change/",
        "../autocomplete/?app_label=relations&model_name=meeting&field_name=host&term=%00",
        "../autocomplete/?app_label=relations&model_name=meeting&field_name=host&page=junk",
        "../autocomplete/?app_label=x&model_name=y&field_name=z",
        "../r/1/junk/",
    ):
        response = editor.get(f"/admin/relations/{path}", follow=True)
        assert response.status_code in (200, 400, 403, 404), path


def test_what_an_address_proposes_is_kept_where_it_fits(editor, world):
    response = editor.get(f"/admin/relations/topic/add/?relationship={world.relationship.pk}&name_en=Energy&position=x")
    initial = response.context["adminform"].form.initial
    assert initial["name_en"] == "Energy"
    assert "position" not in initial


def test_junk_among_the_chosen_rows_is_nothing_chosen(editor, live):
    data = {"action": "publish_selected", "_selected_action": ["junk"], "index": "0"}
    assert editor.post("/admin/relations/fact/", data).status_code in (200, 302)
    assert editor.post("/admin/relations/fact/", {**data, "_selected_action": ["\x00"]}).status_code == 400

"""Loading again: nothing where nothing changed, and never over what an editor has changed since."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import models

from relations import reading
from relations.documents import Text, freeze
from relations.intake import Action, Broken, Plan, apply, make_plan, read
from relations.models import Edition, Fact, Generation, Meeting, Observation, Official, Revision, Source, Topic, Unit
from relations.publishing import save_revision, withdraw
from tests.pack import LOADED_AT, PACK, SECOND_PACK, load, tables

pytestmark = pytest.mark.django_db

Copy = Callable[..., Path]
LATER = LOADED_AT + datetime.timedelta(days=1)


def plan(folder: Path = SECOND_PACK) -> Plan:
    return make_plan(read(folder))


def actions(made: Plan) -> dict[str, Action]:
    """What happens to every record that does not stay as it is."""
    return {step.document.slug: step.action for step in made.steps if step.action is not Action.SAME}


def edit(record: models.Model, **values: object) -> None:
    """Saves a record as an editor does."""
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    editor, _ = get_user_model().objects.get_or_create(username="ana")
    save_revision(record, by=editor)


def all_rows() -> dict[str, list[tuple]]:
    """Everything that the site's tables hold."""
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in tables()}


def test_a_second_time_nothing_happens(loaded_site: reading.Reader) -> None:
    before = all_rows()

    loaded = load(PACK, at=LATER)

    assert (loaded.written, loaded.editions) == (0, [])
    assert all_rows() == before


def test_a_change_of_the_pack_alone_goes_through(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    folder = pack_copy(facts={"at 42.5 km": "at 42.6 km", "value: 42.5": "value: 42.6"})

    changed = plan(folder)
    loaded = load(folder, at=LATER)

    assert actions(changed) == {"strait-width": Action.CHANGE}
    assert [(each.slug, each.number) for each in loaded.editions] == [("strait-width", 2)]
    document = reading.at(loaded.editions[0].live_from).live("fact").get(slug="strait-width").document
    assert '"value":"42.6"' in document
    assert Generation.objects.get().number == 2


def test_a_new_figure_leaves_the_ids_of_the_others_alone(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    before = set(Observation.objects.values_list("pk", flat=True))
    newer = (
        "    observations:\n    - value: 40\n      unit: kilometre\n      as_of: '2025-01-01'\n"
        "      as_of_precision: year\n      qualifier: about\n      source: sudria-monitor-2024\n    - value: 42.5"
    )

    load(pack_copy(facts={"    observations:\n    - value: 42.5": newer}), at=LATER)

    assert len(set(Observation.objects.values_list("pk", flat=True)) - before) == 1
    assert before <= set(Observation.objects.values_list("pk", flat=True))


def test_what_an_editor_changed_is_kept(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    fact = Fact.objects.get(slug="strait-width")
    edit(fact, statement_en="The strait is about as wide as it ever was.")
    kept = freeze(fact)
    folder = pack_copy(facts={"at 42.5 km": "at 42.6 km"}, topics={"en: Transport": "en: Ferries"})

    made = plan(folder)
    loaded = load(folder, at=LATER)

    assert actions(made) == {"strait-width": Action.KEEP, "transport": Action.CHANGE}
    reason = next(step.reason for step in made.steps if step.action is Action.KEEP)
    assert reason.startswith("ana changed it on ")
    assert freeze(Fact.objects.get(slug="strait-width")) == kept
    assert [each.slug for each in loaded.editions] == ["transport"]


def test_an_edit_is_kept_even_where_the_pack_stays_as_it_was() -> None:
    load(SECOND_PACK)
    edit(Topic.objects.get(slug="transport"), name_en="Ferries")

    made = plan()

    assert actions(made) == {"transport": Action.KEEP}
    assert load(SECOND_PACK, at=LATER).editions == []


def test_an_editor_who_did_what_the_pack_does_now_is_no_conflict(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    edit(Topic.objects.get(slug="transport"), name_en="Ferries")

    assert actions(plan(pack_copy(topics={"en: Transport": "en: Ferries"}))) == {}


def test_what_an_editor_deleted_stays_deleted(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    Fact.objects.get(slug="strait-treaty").delete()

    made = plan()

    assert actions(made) == {"strait-treaty": Action.KEEP, "norland-sudria": Action.KEEP}
    assert load(SECOND_PACK, at=LATER).written == 0
    assert not Fact.objects.filter(slug="strait-treaty").exists()


def test_naming_what_an_editor_deleted_is_a_problem(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    Fact.objects.get(slug="strait-treaty").delete()
    line = "      - type: fact\n        id: strait-treaty\n      - type: fact\n        id: ferry-passengers"
    folder = pack_copy(factsheets={"      - type: fact\n        id: ferry-passengers": line})

    with pytest.raises(Broken) as caught:
        load(folder, at=LATER)

    assert [(each.file, each.record, each.message) for each in caught.value.problems] == [
        (
            "factsheets.yaml",
            "strait-facts-2024",
            "It names “The Treaty of the Strait was signed in May 1911.”, which an editor has deleted.",
        )
    ]


def test_what_an_editor_withdrew_stays_withdrawn(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    reason = Text(en="Counted twice.", fr="Compté deux fois.")
    withdraw(Fact.objects.get(slug="ferry-passengers"), reason=reason, by=None, clock=lambda: LATER)
    folder = pack_copy(facts={"Ferries carried about": "Ferries carried"})

    made = plan(folder)

    assert actions(made) == {"ferry-passengers": Action.KEEP}
    assert load(folder, at=LATER + datetime.timedelta(days=1)).editions == []


def test_records_that_the_pack_no_longer_has_are_left_alone(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    folder = pack_copy()
    text = (folder / "facts.yaml").read_text()
    (folder / "facts.yaml").write_text(
        text[: text.index("  ferry-passengers:\n")] + text[text.index("  strait-treaty:") :]
    )
    sheet = (folder / "factsheets.yaml").read_text()
    (folder / "factsheets.yaml").write_text(sheet.replace("      - type: fact\n        id: ferry-passengers\n", ""))

    made = plan(folder)
    load(folder, at=LATER)

    assert made.missing == 1
    assert Fact.objects.filter(slug="ferry-passengers").exists()
    assert Edition.objects.filter(slug="ferry-passengers", live_until=None, is_tombstone=False).exists()


def test_a_corrected_start_of_a_term_takes_its_meetings_along(pack_copy: Copy) -> None:
    """The term gets another id; whoever took part in it is moved before the old one goes."""
    load(SECOND_PACK)
    old = Official.objects.get(slug="mara-vale").terms.get().pk
    folder = pack_copy(
        officials={
            "start: '2022-10-01'\n      start_precision: month": "start: '2022-10-14'\n      start_precision: day"
        }
    )

    loaded = load(folder, at=LATER)

    new = Official.objects.get(slug="mara-vale").terms.get()
    assert new.pk != old
    assert Meeting.objects.get().participants.filter(term=new).exists()
    assert {each.slug for each in loaded.editions} == {"mara-vale", "harbor-talks-2024", "vale-strait-2024"}


def test_a_term_that_an_edited_meeting_still_names_cannot_go(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    edit(Meeting.objects.get(), summary_en="Two days of herring.", summary_fr="Deux jours de hareng.")
    folder = pack_copy(
        officials={
            "start: '2022-10-01'\n      start_precision: month": "start: '2022-10-14'\n      start_precision: day"
        }
    )

    with pytest.raises(Broken) as caught:
        load(folder, at=LATER)

    assert [(each.record, each.field, each.message) for each in caught.value.problems] == [
        (
            "mara-vale",
            "terms",
            "The desk still needs a part that is gone from here: it is named by “Talks in the harbor of Holm”.",
        )
    ]
    assert plan().of(Action.CHANGE) == []


def test_a_unit_with_another_name_is_said_before_it_is_changed(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    folder = pack_copy(facts={"en: ferry passengers": "en: passengers"})

    made = plan(folder)
    apply(made, clock=lambda: LATER)

    assert made.notices == [
        "Unit “ferry_passenger”: “ferry passengers” becomes “passengers”. Facts show it when they are next published."
    ]
    assert Unit.objects.get(code="ferry_passenger").name_en == "passengers"


def test_a_save_while_the_plan_is_read_is_not_overwritten(pack_copy: Copy) -> None:
    load(SECOND_PACK)
    made = plan(pack_copy(topics={"en: Transport": "en: Ferries"}))
    edit(Topic.objects.get(slug="transport"), name_en="Boats")

    with pytest.raises(Broken, match="Somebody saved it while the plan was made"):
        apply(made, clock=lambda: LATER)

    assert Topic.objects.get(slug="transport").name_en == "Boats"


def test_without_publishing_the_records_wait_on_the_desk(db: None) -> None:
    first = load(SECOND_PACK, publishing=False)
    assert (first.written, first.editions, Edition.objects.count()) == (19, [], 0)

    second = load(SECOND_PACK, at=LATER)

    assert (second.written, len(second.editions), Edition.objects.count()) == (0, 19, 19)
    assert Revision.objects.count() == 19


def test_sources_of_a_pack_loaded_before_can_be_cited(pack_copy: Copy) -> None:
    """And parties, posts and people: all relationships share them."""
    load(SECOND_PACK)
    folder = pack_copy()
    for stem, table in (("sources", "sources"), ("parties", "parties")):
        (folder / f"{stem}.yaml").write_text(f"{table}: {{}}\n")
    (folder / "officials.yaml").write_text("posts: {}\npeople: {}\n")

    made = plan(folder)

    assert actions(made) == {}
    assert len(made.steps) == 10
    assert Source.objects.count() == 3

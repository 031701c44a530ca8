"""The pack that the site starts with: every record of it is on the site, as its files say."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from relations.documents import freeze, freeze_all
from relations.intake import read
from relations.models import (
    BY_KIND,
    RECORDS,
    Commitment,
    Edition,
    Generation,
    Observation,
    PartialDate,
    Participation,
    Release,
    Revision,
    Term,
    Unit,
)
from relations.reading import Reader
from tests.effort import sample
from tests.pack import PACK

RECORDS_OF_THE_PACK = {
    "party": 2,
    "source": 160,
    "post": 20,
    "official": 50,
    "relationship": 1,
    "topic": 9,
    "fact": 45,
    "meeting": 22,
    "priority": 8,
    "statement": 9,
    "factsheet": 1,
}


def published(site: Reader, kind: str, slug: str):
    """The live document at this address."""
    return next(item.document for item in site.items(site.live(kind)) if item.slug == slug)


def test_every_record_is_on_the_desk_and_on_the_site(loaded_site: Reader) -> None:
    on_the_desk = {model.KIND: model.objects.count() for model in RECORDS}
    on_the_site = Counter(loaded_site.live(*BY_KIND).values_list("kind", flat=True))

    assert on_the_desk == RECORDS_OF_THE_PACK
    assert on_the_site == RECORDS_OF_THE_PACK


def test_every_part_is_there(loaded_site: Reader) -> None:
    counted = {model.__name__: model.objects.count() for model in (Observation, Commitment, Term, Participation, Unit)}

    assert counted == {"Observation": 78, "Commitment": 48, "Term": 58, "Participation": 61, "Unit": 18}


def test_it_went_live_as_one_release_with_a_public_note(loaded_site: Reader) -> None:
    release = Release.objects.get()

    assert release.name == "us-canada"
    assert set(Edition.objects.values_list("release", "live_from", "number")) == {(release.pk, loaded_site.instant, 1)}
    assert Edition.objects.values_list("change_note_en", "change_note_fr").distinct().get() == (
        "Content pack: United States and Canada",
        "Lot de contenu\u00a0: États-Unis et Canada",
    )
    assert Generation.objects.get().number == 1


def test_the_address_of_the_relationship_is_made_of_the_parties(loaded_site: Reader) -> None:
    assert [item.slug for item in loaded_site.relationships] == ["united-states-canada"]


@pytest.mark.parametrize(
    ("official", "held_from", "held_until"),
    [
        ("barack-obama", datetime.date(2009, 1, 20), datetime.date(2017, 1, 21)),
        ("marc-garneau", datetime.date(2021, 1, 12), datetime.date(2021, 10, 27)),
    ],
)
def test_the_last_day_of_a_term_becomes_the_day_after_it(
    loaded_site: Reader, official: str, held_from: datetime.date, held_until: datetime.date
) -> None:
    (term,) = published(loaded_site, "official", official).terms

    assert term.held_from == PartialDate(date=held_from, precision="day")
    assert term.held_until == PartialDate(date=held_until, precision="day")


def test_a_participation_names_the_term_that_covers_the_day(loaded_site: Reader) -> None:
    """Someone who held the post twice took part in the term of that day, not in the other."""
    meeting = published(loaded_site, "meeting", "ottawa-2023-03-24")
    biden = published(loaded_site, "official", "joe-biden")
    trump = published(loaded_site, "official", "donald-trump")

    assert biden.terms[-1].id in {each.term.id for each in meeting.participants}
    assert [term.held_from.isoformat for term in trump.terms] == ["2017-01-20", "2025-01-20"]
    for item in loaded_site.items(loaded_site.live("meeting")):
        if item.document.sort_on > datetime.date(2025, 1, 20):
            assert trump.terms[0].id not in {each.term.id for each in item.document.participants}


def test_ambassadors_are_accredited_to_the_other_party(loaded_site: Reader) -> None:
    parties = {item.id: item.slug for item in loaded_site.items(loaded_site.live("party"))}
    posts = [item.document for item in loaded_site.items(loaded_site.live("post"))]

    assert {post.slug: parties[post.accredited_to.id] for post in posts if post.accredited_to} == {
        "us-ambassador-canada": "ca",
        "ca-ambassador-us": "us",
    }


def test_commitments_have_the_statuses_of_the_pack(loaded_site: Reader) -> None:
    priorities = [item.document for item in loaded_site.items(loaded_site.live("priority"))]
    commitments = [commitment for priority in priorities for commitment in priority.commitments]

    assert Counter(commitment.status for commitment in commitments) == {
        "met": 15,
        "in_progress": 9,
        "not_met": 4,
        "not_assessed": 20,
    }
    assert all(commitment.assessment.source for commitment in commitments if commitment.status != "not_assessed")


def test_the_six_pillars_belong_to_the_roadmap(loaded_site: Reader) -> None:
    priorities = [item.document for item in loaded_site.items(loaded_site.live("priority"))]

    assert Counter(priority.framework.en for priority in priorities) == {
        "Roadmap for a Renewed U.S.-Canada Partnership": 6,
        "": 2,
    }
    assert {priority.framework.fr for priority in priorities if priority.framework} == {
        "Feuille de route pour un partenariat renouvelé États-Unis–Canada"
    }


def test_sources_say_for_whom_they_speak(loaded_site: Reader) -> None:
    parties = {item.id: item.slug for item in loaded_site.items(loaded_site.live("party"))}
    sources = [item.document for item in loaded_site.items(loaded_site.live("source"))]
    spoken = Counter(tuple(sorted(parties[ref.id] for ref in source.speaks_for)) for source in sources)

    assert spoken == {(): 103, ("us",): 28, ("ca",): 19, ("ca", "us"): 10}
    assert not [source.slug for source in sources if source.source_kind in ("news", "reference") and source.speaks_for]


def test_the_page_of_the_relationship_has_its_figures_dates_quotation_and_map(loaded_site: Reader) -> None:
    (relationship,) = (item.document for item in loaded_site.relationships)
    facts = loaded_site.resolve([each.fact for each in relationship.key_figures])

    assert [facts.get(each.fact).slug for each in relationship.key_figures] == [
        "border-length",
        "land-ports-of-entry",
        "daily-trade",
        "friends-150-years",
    ]
    assert len(relationship.key_dates) == 13
    assert relationship.lead_statement.id == published(loaded_site, "statement", "blinken-closest-allies-2021").id
    assert [path.role for path in relationship.map.paths] == ["grid", "land", "b", "a", "lake", "line", "lead"]
    assert {label.text.fr for label in relationship.map.labels} >= {"États-Unis", "Canada", "de frontière"}


def test_the_fact_sheet_lists_what_it_named_in_order(loaded_site: Reader) -> None:
    sheet = published(loaded_site, "factsheet", "neighbors-friends-allies-2021")

    assert [(section.slug, len(section.lines)) for section in sheet.sections] == [
        ("opening", 1),
        ("visit", 8),
        ("common-ground", 13),
        ("roadmap", 8),
    ]
    assert sheet.sections[1].lines[5].commitment.slug == "usmca-implementation"
    assert (sheet.issue_time, sheet.timezone) == (datetime.time(15, 12), "America/New_York")


@pytest.mark.slow
def test_what_came_from_the_files_comes_back_from_the_desk(loaded_site: Reader) -> None:
    documents = list(read(PACK).documents.values())
    rows = [BY_KIND[document.kind].objects.get(pk=document.id) for document in documents]

    assert freeze_all(rows) == documents
    assert [freeze(row) for row in sample(rows, 5)] == sample(documents, 5)


def test_what_is_live_is_what_the_files_say(loaded_site: Reader) -> None:
    digests = {document.id: document.digest for document in read(PACK).documents.values()}

    assert dict(Edition.objects.values_list("record_id", "digest")) == digests
    assert dict(Revision.objects.values_list("record_id", "origin")) == dict.fromkeys(digests, "pack")


@pytest.mark.slow
@pytest.mark.django_db
def test_digests_are_the_same_in_another_process() -> None:
    """Nothing of them hangs on the order in which this process happens to keep its sets and dictionaries."""
    script = (
        "import django; django.setup()\n"
        "from pathlib import Path\n"
        "from relations.intake import read\n"
        f"print(*sorted(document.digest for document in read(Path({str(PACK)!r})).documents.values()))\n"
    )
    here = sorted(document.digest for document in read(PACK).documents.values())
    for seed in ("1", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        root = Path(__file__).parents[2]
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == here

"""A broken pack: everything that is wrong with it is said at once, in words, and nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from relations.intake import Broken, read
from relations.models import Edition, Fact, Revision, Source
from tests.pack import SECOND_PACK, load

pytestmark = pytest.mark.django_db

Copy = Callable[..., Path]
Said = tuple[str, str, str, str]


def problems(folder: Path) -> list[Said]:
    """What is wrong with a pack: file, record, field, message."""
    with pytest.raises(Broken) as caught:
        read(folder)
    return [(each.file, each.record, each.field, each.message) for each in caught.value.problems]


def test_every_problem_names_file_record_and_field(pack_copy: Copy) -> None:
    folder = pack_copy(
        sources={"kind: news": "kind: gossip"},
        facts={"value: 42.5": "value: wide", "as_of: '2024-02-01'": "as_of: '2024-02-31'"},
        meetings={"person: mara-vale": "person: nobody", "- herring": "- cod"},
        officials={"end: '2020-02-29'": "end: '2018-02-28'"},
    )

    assert problems(folder) == [
        (
            "facts.yaml",
            "strait-width",
            "observations[0].value",
            "“wide” is not a number; write it like 1900 or 1.9.",
        ),
        (
            "facts.yaml",
            "strait-width",
            "observations[1].as_of",
            "“2024-02-31” is not a date; write it like '2021-02-26'.",
        ),
        ("meetings.yaml", "harbor-talks-2024", "participants[0].person", "There is no official “nobody”."),
        ("meetings.yaml", "harbor-talks-2024", "priorities[0]", "There is no priority “cod”."),
        ("officials.yaml", "tomas-rill", "terms[0].end", "The term ends before it starts."),
        (
            "sources.yaml",
            "strait-herald-2024",
            "kind",
            "“gossip” is not known here; use one of: official, official_reprint, dataset, reference, news.",
        ),
    ]


def test_a_problem_says_on_which_line_it_stands(pack_copy: Copy) -> None:
    folder = pack_copy(statements={"date: '2024-01-15'": "date: yesterday"})
    line = (folder / "statements.yaml").read_text().splitlines().index("    date: yesterday") + 1

    with pytest.raises(Broken) as caught:
        read(folder)

    assert str(caught.value) == (
        f"statements.yaml, line {line}: vale-strait-2024: date: “yesterday” is not a date; write it like '2021-02-26'."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param(
            {"topics": {"    order: 1": "    order: 1\n    order: 2"}},
            ("topics.yaml", "", "topics.fisheries.order", "This key is given twice."),
            id="a key twice",
        ),
        pytest.param(
            {"topics": {"order: 1": "order: 1\n    color: red"}},
            ("topics.yaml", "fisheries", "color", "This field is not known here."),
            id="an unknown field",
        ),
        pytest.param(
            {"facts": {"source: norland-gazette-2024": "source: norland-gazette-2024\n      weight: 3"}},
            ("facts.yaml", "strait-width", "observations[0].weight", "This field is not known here."),
            id="an unknown field of a part",
        ),
        pytest.param(
            {"topics": {"      fr: Pêches\n": ""}},
            ("topics.yaml", "fisheries", "name.fr", "The French text is missing."),
            id="a language missing",
        ),
        pytest.param(
            {"topics": {"      fr: Pêches": "      fr: Pêches\n      de: Fischerei"}},
            ("topics.yaml", "fisheries", "name.de", "This field is not known here."),
            id="a language too many",
        ),
        pytest.param(
            {"topics": {"    name:\n      en: Transport\n      fr: Transports": "    name: Transport"}},
            ("topics.yaml", "transport", "name", "This needs English and French (en and fr)."),
            id="plain text",
        ),
        pytest.param(
            {"topics": {"    sources:\n    - sudria-monitor-2024": "    sources: []"}},
            ("topics.yaml", "transport", "sources", "Name at least one source."),
            id="no source",
        ),
        pytest.param(
            {"topics": {"topics:": "subjects:"}},
            ("topics.yaml", "", "topics", "This table is missing."),
            id="a table missing",
        ),
        pytest.param(
            {"topics": {"topics:\n": "topics:\n  Sea Birds: {}\n"}},
            ("topics.yaml", "Sea Birds", "", "An id is made of lower-case letters, digits and hyphens."),
            id="an id with spaces",
        ),
        pytest.param(
            {"parties": {"iso2: XN": "iso2: 12"}},
            ("parties.yaml", "norland", "iso2", "This must be text; put it in quotes."),
            id="a number for text",
        ),
        pytest.param(
            {"parties": {"iso2: XN": "iso2: xn"}},
            ("parties.yaml", "norland", "iso2", "Enter a valid value."),
            id="what the desk would refuse",
        ),
        pytest.param(
            {"parties": {"capital_timezone: Europe/Oslo": "capital_timezone: Europe/Holm"}},
            (
                "parties.yaml",
                "norland",
                "capital_timezone",
                "“Europe/Holm” is not a time zone; write it like America/Toronto.",
            ),
            id="an unknown zone",
        ),
        pytest.param(
            {"meetings": {"10:00:00+01:00": "10:00:00+02:00"}},
            ("meetings.yaml", "harbor-talks-2024", "starts_at", "The offset is not that of Europe/Oslo on that day."),
            id="an offset of another season",
        ),
        pytest.param(
            {"meetings": {"'2024-01-15T10": "'2024-01-16T10"}},
            ("meetings.yaml", "harbor-talks-2024", "starts_at", "This is not on 2024-01-15, the day of the record."),
            id="a start on another day",
        ),
        pytest.param(
            {"meetings": {"end_date: '2024-01-16'": "end_date: '2024-01-14'"}},
            ("meetings.yaml", "harbor-talks-2024", "end_date", "The meeting ends before it starts."),
            id="an end before the start",
        ),
        pytest.param(
            {
                "meetings": {
                    "'2024-01-15'": "'2021-01-15'",
                    "end_date: '2024-01-16'": "end_date: null",
                    "starts_at: '2024-01-15T10:00:00+01:00'": "starts_at: null",
                }
            },
            (
                "meetings.yaml",
                "harbor-talks-2024",
                "participants[0].post",
                "No term of Mara Vale shows the post on 2021-01-15.",
            ),
            id="not yet in office",
        ),
        pytest.param(
            {"priorities": {"status: unknown": "status: met"}},
            (
                "priorities.yaml",
                "herring",
                "commitments.open-data.evidence",
                "A status needs the evidence that shows it.",
            ),
            id="a status without evidence",
        ),
        pytest.param(
            {"priorities": {"status: in_progress": "status: stuck"}},
            (
                "priorities.yaml",
                "herring",
                "commitments.joint-count.status",
                "“stuck” is not known here; use one of: proposed, in_progress, met, not_met, unknown.",
            ),
            id="an unknown status",
        ),
        pytest.param(
            {"priorities": {"commitment_statuses:": "commitment_statuses:\n  stuck:\n    en: Stuck\n    fr: Bloqué"}},
            (
                "priorities.yaml",
                "stuck",
                "",
                "“stuck” is not known here; the words are: proposed, in_progress, met, not_met, unknown.",
            ),
            id="a status that the site does not have",
        ),
        pytest.param(
            {"facts": {"value_max: 1350000": "value_max: 1250000"}},
            ("facts.yaml", "ferry-passengers", "observations[1].value_max", "The upper value must be above the value."),
            id="a range upside down",
        ),
        pytest.param(
            {"facts": {"value: 42.5": "value: 42.1234567"}},
            (
                "facts.yaml",
                "strait-width",
                "observations[0].value",
                "Ensure that there are no more than 6 decimal places.",
            ),
            id="more decimals than are kept",
        ),
        pytest.param(
            {"factsheets": {"herring/joint-count": "herring/solo-count"}},
            (
                "factsheets.yaml",
                "strait-facts-2024",
                "sections[1].items[3].id",
                "There is no commitment “herring/solo-count”.",
            ),
            id="an unknown commitment",
        ),
        pytest.param(
            {"relationship": {"    - sudria\n": ""}},
            ("relationship.yaml", "norland-sudria", "parties", "A relationship has two parties."),
            id="one party alone",
        ),
        pytest.param(
            {
                "officials": {
                    "    - sudria-monitor-2024\n    - strait": "    - &s sudria-monitor-2024\n    - *s\n    - strait"
                }
            },
            (
                "officials.yaml",
                "",
                "people.tomas-rill.sources[1]",
                "Write it out: aliases are not used here.",
            ),
            id="an alias",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(pack_copy: Copy, changes: dict[str, dict[str, str]], said: Said) -> None:
    assert said in problems(pack_copy(**changes))


def test_one_cause_is_one_problem(pack_copy: Copy) -> None:
    """Records that name a broken one are not blamed for it."""
    folder = pack_copy(officials={"sort_name: Vale, Mara": "nickname: Vale"})

    assert problems(folder) == [
        ("officials.yaml", "mara-vale", "sort_name", "This is missing."),
        ("officials.yaml", "mara-vale", "nickname", "This field is not known here."),
    ]


def test_a_pack_that_is_not_ready_changes_nothing(pack_copy: Copy) -> None:
    """What only readiness can tell undoes what was already written, and is said at its place in the pack."""
    note = (
        "    note:\n      en: Only one side’s copy was seen.\n      fr: Seule la copie d’une des parties a été vue.\n"
    )
    folder = pack_copy(facts={note: ""})

    with pytest.raises(Broken) as caught:
        load(folder)

    assert [(each.file, each.record, each.field, each.message) for each in caught.value.problems] == [
        (
            "facts.yaml",
            "strait-treaty",
            "note",
            "It is marked as not verified. Say why in the note, in both languages.",
        )
    ]
    assert [model.objects.count() for model in (Fact, Source, Revision, Edition)] == [0, 0, 0, 0]


def test_the_same_address_on_the_desk_is_a_problem(pack_copy: Copy) -> None:
    Source.objects.create(
        slug="strait-herald-2024", original_title="The Herald’s own page", publisher="The Strait Herald"
    )

    with pytest.raises(Broken) as caught:
        load(SECOND_PACK)

    assert [(each.record, each.field, each.message) for each in caught.value.problems] == [
        ("strait-herald-2024", "slug", "Another record on the desk already has the address “strait-herald-2024”.")
    ]

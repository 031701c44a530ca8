"""The files of a pack: read as they were meant, or said to be unreadable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from relations.intake import Broken, read

from .test_broken_packs import problems

pytestmark = pytest.mark.django_db

Copy = Callable[..., Path]


def test_words_that_yaml_takes_for_something_else_stay_words(pack_copy: Copy) -> None:
    folder = pack_copy(topics={"en: Fisheries": "en: No", "fr: Pêches": "fr: 2024-01-15"})

    names = [each.name for each in read(folder).documents.values() if each.slug == "fisheries"]

    assert [(name.en, name.fr) for name in names] == [("No", "2024-01-15")]


def test_files_that_cannot_be_read_are_problems_too(pack_copy: Copy) -> None:
    """And whoever names what stands in them is not blamed."""
    folder = pack_copy(topics={"topics:": "topics: ["})
    (folder / "statements.yaml").unlink()
    (folder / "factsheets.yaml").write_bytes("factsheets: é".encode("latin-1"))
    (folder / "meetings.yaml").write_text("")

    assert [(file, record, message.partition(":")[0]) for file, record, _, message in problems(folder)] == [
        ("factsheets.yaml", "", "The file is not UTF-8 text."),
        ("meetings.yaml", "", "The file is empty; it needs meetings."),
        ("statements.yaml", "", "The file is missing."),
        ("topics.yaml", "", "This is not YAML"),
    ]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="There is no such folder"):
        read(tmp_path / "nowhere")

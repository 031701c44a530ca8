"""`manage.py load_content`, as the person who types it sees it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from relations.management.commands import load_content
from relations.models import Edition, Fact, Revision
from relations.publishing import save_revision
from relations.reading import clock
from tests.pack import SECOND_PACK

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Copy = Callable[..., Path]


def run(path: Path, *arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("load_content", str(path), *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_it_shows_the_plan_and_what_was_done() -> None:
    lines = run(SECOND_PACK).splitlines()

    assert lines[0] == "Content pack norland-sudria"
    assert lines[1].split() == ["create", "change", "same", "kept"]
    assert [" ".join(line.split()) for line in lines[2:-1]] == [
        "sources 3",
        "parties 2",
        "posts 2",
        "officials 2",
        "relationships 1",
        "topics 2",
        "facts 3",
        "meetings 1",
        "priorities 1",
        "statements 1",
        "fact sheets 1",
    ]
    assert lines[-1] == "Written: 19. Published: 19."


def test_when_it_returns_the_site_shows_it() -> None:
    run(SECOND_PACK)

    assert Edition.objects.live(clock.now()).count() == 19


def test_a_dry_run_changes_nothing() -> None:
    said = run(SECOND_PACK, "--dry-run")

    assert "create" in said
    assert "Written" not in said
    assert Fact.objects.count() == Edition.objects.count() == Revision.objects.count() == 0


def test_editors_can_publish_later() -> None:
    assert run(SECOND_PACK, "--no-publish").endswith("Written: 19. Published: 0.\n")
    assert "on the desk and never published: 19" in run(SECOND_PACK, "--dry-run")


def test_it_names_what_it_keeps_and_what_it_changes(pack_copy: Copy) -> None:
    run(SECOND_PACK)
    fact = Fact.objects.get(slug="strait-width")
    fact.statement_en = "The strait is wide."
    fact.save()
    save_revision(fact, by=None)

    said = run(pack_copy(topics={"en: Transport": "en: Ferries"}))

    today = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
    assert "  change: topics.yaml: transport\n" in said
    assert f"  kept: facts.yaml: strait-width (an editor changed it on {today})\n" in said
    assert said.endswith("Written: 1. Published: 1.\n")


def test_problems_end_it_with_every_one_of_them(pack_copy: Copy) -> None:
    folder = pack_copy(topics={"order: 1": "order: first"}, meetings={"kind: bilateral": "kind: secret"})
    out = StringIO()

    with pytest.raises(CommandError, match="2 problems"):
        call_command("load_content", str(folder), stdout=out, stderr=out)

    said = out.getvalue().splitlines()
    assert [line.partition(", line")[0] for line in said] == ["problem: meetings.yaml", "problem: topics.yaml"]
    assert said[1].endswith(": fisheries: order: This must be a whole number, zero or more.")
    assert Fact.objects.count() == 0


def test_progress_speaks_up_only_when_something_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    ticks = iter([0.0, 0.0, 1.0, 3.0, 3.5, 6.0])
    monkeypatch.setattr(load_content.time, "monotonic", lambda: next(ticks))
    progress = load_content.Progress(load_content.Command(stdout=out))

    for done in range(1, 6):
        progress("Writing", done, 5)

    assert out.getvalue() == "Writing: 3 of 5\nWriting: 5 of 5\n"

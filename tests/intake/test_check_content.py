"""The checker of packs, which people run without the site."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pack import PACK, SECOND_PACK

CHECKER = PACK.parent / "check_content.py"


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the checker somewhere else, as a plain script."""
    command = [sys.executable, str(CHECKER), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)  # noqa: S603


@pytest.mark.slow
def test_the_pack_that_the_site_starts_with_is_sound() -> None:
    done = check()

    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "0 errors, 0 warnings"
    assert "160 sources" in done.stdout
    assert "78 observations, 58 terms of office" in done.stdout


def test_any_folder_can_be_checked() -> None:
    done = check(str(SECOND_PACK))

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "0 errors, 0 warnings")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"topics": {"fr: Pêches": "fr: 'Pêches : toutes'"}}, "topics.fisheries.name.fr: ordinary space"),
        ({"topics": {"en: Fisheries": "en: Fisher's"}}, "topics.fisheries.name.en: straight quotation mark"),
        (
            {"sources": {"kind: news": "kind: news\n    speaks_for:\n    - norland"}},
            "sources.strait-herald-2024: news speaks for nobody",
        ),
        ({"sources": {"    - sudria\n": "    - sodor\n"}}, "'sodor' is not among parties"),
        ({"relationship": {"- fact: strait-width": "- fact: strait-depth"}}, "'strait-depth' is not among facts"),
        ({"relationship": {"- fact: strait-width": "- fact: strait-treaty-2"}}, "strait-treaty-2 has no figure"),
        ({"meetings": {"    timezone: Europe/Oslo\n": ""}}, "meetings.harbor-talks-2024: timezone is missing"),
        (
            {"statements": {"date: '2024-01-15'": "date: '2021-01-15'"}},
            "mara-vale is not shown to hold norland-prime-minister on 2021-01-15",
        ),
        ({"facts": {"in_seed: false": "in_seed: true"}}, "the fact sheet does not list it"),
        (
            {"topics": {"    order: 1": "    order: 1\n    order: 2"}},
            "topics.yaml: does not parse: duplicate key 'order'",
        ),
    ],
)
def test_what_it_finds(pack_copy: Callable[..., Path], changes: dict[str, dict[str, str]], said: str) -> None:
    done = check(str(pack_copy(**changes)))

    assert done.returncode == 1
    assert said in done.stdout
    assert "Traceback" not in done.stderr

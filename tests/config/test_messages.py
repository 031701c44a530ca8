"""The French of the interface: complete, and compiled from what is in the repository."""

import gettext
import shutil
import subprocess
from pathlib import Path

import pytest

LOCALE = Path(__file__).resolve().parents[2] / "relations" / "locale"
CATALOGS = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))

pytestmark = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs gettext")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - gettext


def entries(path):
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


@pytest.mark.parametrize("source", CATALOGS, ids=lambda path: path.name)
def test_the_compiled_catalog_is_fresh(source, tmp_path):
    run("msgfmt", "--check", "--output-file", str(tmp_path / "fresh.mo"), str(source))
    fresh, kept = entries(tmp_path / "fresh.mo"), entries(source.with_suffix(".mo"))
    del fresh[""], kept[""]  # the header, with the date
    assert kept == fresh, "run `make messages`"


@pytest.mark.parametrize("state", ["untranslated", "only-fuzzy"])
@pytest.mark.parametrize("source", CATALOGS, ids=lambda path: path.name)
def test_nothing_is_left_in_english(source, state):
    found = run("msgattrib", "--no-obsolete", f"--{state}", str(source)).strip().split("\n\n")
    assert [entry for entry in found if entry and "Project-Id-Version" not in entry] == []

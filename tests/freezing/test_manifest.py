"""A copy proves itself, by this site's command and by anybody's."""

import datetime
import json
import shutil
import subprocess

import pytest

from relations.freezing import Manifest, first_breach, first_dead_link

NOON = datetime.datetime(2026, 7, 6, 12, tzinfo=datetime.UTC)
ABOUT = Manifest("https://record.example.org", NOON, None, 7, "2026-07-05 abc 3")


def quiet(_step, _done, _total):
    """No progress."""


@pytest.fixture
def copy(tmp_path):
    """Two pages that link to each other, and what says of what they are a copy."""
    (tmp_path / "en").mkdir()
    (tmp_path / "index.html").write_text('<a href="en/index.html#top">English</a>')
    (tmp_path / "en" / "index.html").write_text('<a href="../index.html">é</a><a href="https://example.org/x/">out</a>')
    ABOUT.write(tmp_path, quiet)
    return tmp_path


def test_an_untouched_copy_is_proved(copy):
    assert first_breach(copy, quiet) is None
    assert first_dead_link(copy, quiet) is None


def test_it_says_of_which_site_and_instant_it_is(copy):
    assert json.loads((copy / "freeze.json").read_text()) == {
        "site": "https://record.example.org",
        "instant": "2026-07-06T12:00:00+00:00",
        "as_of": None,
        "generation": 7,
        "root": "2026-07-05 abc 3",
    }


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_sha256sum_reads_the_sums(copy):
    def outcome():
        check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
        return subprocess.run(check, cwd=copy, capture_output=True, check=False).returncode  # noqa: S603

    assert outcome() == 0
    (copy / "index.html").write_text("other")
    assert outcome() == 1


def test_one_flipped_bit_is_named(copy):
    content = bytearray((copy / "en" / "index.html").read_bytes())
    content[10] ^= 1
    (copy / "en" / "index.html").write_bytes(content)
    assert first_breach(copy, quiet) == "altered: en/index.html"


def test_a_missing_file_is_named(copy):
    (copy / "en" / "index.html").unlink()
    assert first_breach(copy, quiet) == "missing: en/index.html"


def test_a_file_more_is_named(copy):
    (copy / "en" / "more.html").write_text("")
    assert first_breach(copy, quiet) == "additional: en/more.html"


def test_a_link_in_place_of_a_file_is_altered_whatever_it_leads_to(copy, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "index.html"
    (copy / "index.html").rename(elsewhere)
    (copy / "index.html").symlink_to(elsewhere)
    assert first_breach(copy, quiet) == "altered: index.html"


def test_the_instant_cannot_be_changed_either(copy):
    text = (copy / "freeze.json").read_text()
    (copy / "freeze.json").write_text(text.replace("2026-07-06", "2020-07-06"))
    assert first_breach(copy, quiet) == "altered: freeze.json"


def test_a_folder_without_sums_is_no_copy(tmp_path):
    assert first_breach(tmp_path, quiet) == f"{tmp_path} holds no SHA256SUMS: it is no copy."


def test_sums_that_are_none_are_said(copy):
    (copy / "SHA256SUMS").write_text("rubbish\n")
    assert first_breach(copy, quiet) == "SHA256SUMS has a line that is no sum: 'rubbish'"


@pytest.mark.parametrize(
    ("address", "dead"),
    [
        ("index.html", False), ("../index.html", False), ("../en/", False), ("/en/index.html", False), ("#x", False),
        ("https://example.org/y", False), ("mailto:a@example.org", False),
        ("more.html", True), ("../fr/", True), ("/none.html?a=1", True),
    ],
)  # fmt: skip
def test_a_link_between_files_has_to_lead_somewhere(copy, address, dead):
    (copy / "en" / "index.html").write_text(f'<a href="{address}">')
    expected = f"dead link: en/index.html leads to {address}" if dead else None
    assert first_dead_link(copy, quiet) == expected

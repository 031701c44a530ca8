"""A copy comes into being whole or not at all, and in no place where it could destroy anything."""

import datetime

import pytest

from relations.freezing import Manifest, Refused
from relations.freezing.folder import replacing

NOON = datetime.datetime(2026, 7, 6, 12, tzinfo=datetime.UTC)


def fill(folder, words="words"):
    (folder / "index.html").write_text(words)
    Manifest("https://record.example.org", NOON, None, 1, "root").write(folder, lambda *_said: None)


def content(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def target(tmp_path):
    return tmp_path / "copy"


def test_it_is_put_in_place_when_it_is_whole(target):
    with replacing(target) as folder:
        fill(folder)
        assert not target.exists()
    assert content(target) == ["SHA256SUMS", "freeze.json", "index.html"]
    assert content(target.parent) == ["copy"]


def test_an_earlier_copy_stays_until_the_new_one_is_whole(target):
    with replacing(target) as folder:
        fill(folder, "old")
    with replacing(target) as folder:
        fill(folder, "new")
        assert (target / "index.html").read_text() == "old"
    assert (target / "index.html").read_text() == "new"
    assert content(target.parent) == ["copy"]


def fail_halfway(target, failure):
    with replacing(target) as folder:
        (folder / "index.html").write_text("half")
        raise failure


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_what_fails_leaves_nothing_behind(target, failure):
    with replacing(target) as folder:
        fill(folder, "old")
    with pytest.raises(failure):
        fail_halfway(target, failure)
    assert (target / "index.html").read_text() == "old"
    assert content(target.parent) == ["copy"]


def test_an_empty_folder_is_taken(target):
    target.mkdir()
    with replacing(target) as folder:
        fill(folder)
    assert (target / "index.html").exists()


def refused(target):
    with pytest.raises(Refused) as error, replacing(target):
        pytest.fail("nothing may be written")
    return str(error.value)


def test_a_folder_with_anything_else_is_refused(target):
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    assert "holds no earlier copy" in refused(target)
    assert content(target) == ["thesis.txt"]
    assert content(target.parent) == ["copy"]


def test_a_folder_of_folders_is_refused(target):
    (target / "inbox").mkdir(parents=True)
    assert "holds no earlier copy" in refused(target)


def test_what_was_put_into_an_earlier_copy_is_not_lost(target):
    with replacing(target) as folder:
        fill(folder)
    (target / "notes.txt").write_text("mine")
    assert "notes.txt is not part of the earlier copy" in refused(target)
    assert (target / "notes.txt").exists()


def test_a_copy_whose_sums_cannot_be_read_is_left_alone(target):
    with replacing(target) as folder:
        fill(folder)
    (target / "SHA256SUMS").write_text("rubbish")
    assert "has a line that is no sum" in refused(target)


def test_a_file_and_a_place_that_is_not_there_are_refused(target):
    assert "There is no folder" in refused(target / "deeper")
    target.write_text("a file")
    assert "is a file" in refused(target)

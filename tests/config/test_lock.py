"""The lock files: complete, agreeing, and the same wherever packages are fetched from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def pins(name):
    return dict(PIN.findall((ROOT / name).read_text()))


def declared(*extras):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [
        *project["dependencies"],
        *(line for extra in extras for line in project["optional-dependencies"][extra]),
    ]
    return {re.match(r"[A-Za-z0-9-]+", line)[0].lower() for line in lines} - {project["name"]}


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_a_place_to_fetch_from(name):
    assert not re.search(r"://|--index|--find-links|@ ", (ROOT / name).read_text())


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_hash(name):
    text = (ROOT / name).read_text()
    packages = re.split(r"\n(?=\S)", text)
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_what_the_project_declares_is_locked():
    assert declared("scale") <= set(pins("requirements.txt"))
    assert declared("scale", "dev") <= set(pins("requirements-dev.txt"))


def test_tests_run_with_the_versions_that_serve():
    serving, testing = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: testing.get(name) for name in serving} == serving

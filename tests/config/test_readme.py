"""The README is part of the product: what it says is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme():
    settings = (ROOT / "config/settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    assert {name for name in names if f"`{name}`" not in README} == set()
    assert "SECRET_KEY" in names


def test_every_make_target_named_in_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`?make ([a-z]+)`|^    make ([a-z]+)", README, flags=re.M))
    targets = {name for pair in named for name in pair if name}
    assert {name for name in targets if f"\n{name}:" not in makefile} == set()
    assert {"run", "test"} <= targets


def test_every_folder_and_file_named_in_the_readme_exists():
    paths = set(re.findall(r"`((?:config|relations|templates|static|tests)/[\w./-]+)`", README))
    assert {path for path in paths if not (ROOT / path).exists()} == set()
    assert "relations/urls.py" in paths

"""The Nu HTML checker, whose vnu.jar the environment names as HTML_CHECKER. It needs Java."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse

JAR = os.environ.get("HTML_CHECKER", "")

needed = pytest.mark.skipif(not JAR, reason="HTML_CHECKER names no vnu.jar: .ci/run fetches one")


def errors_in(pages: dict[str, HttpResponse], folder: Path) -> list[str]:
    """The errors in these pages, each after the address of its page; other answers than HTML are left out."""
    addresses = {}
    for number, (address, response) in enumerate(pages.items()):
        if response.content and response.headers["Content-Type"].startswith("text/html"):
            file = folder / f"{number}.html"
            file.write_bytes(response.content)
            addresses[str(file)] = address
    assert addresses
    command = ["java", "-jar", JAR, "--errors-only", "--exit-zero-always", "--format", "json", *addresses]
    said = subprocess.run(command, capture_output=True, check=True).stderr  # noqa: S603 - files of our own
    return [
        f"{addresses[urlsplit(each['url']).path]}: {each['message']} … {each.get('extract', '')}"
        for each in json.loads(said)["messages"]
    ]

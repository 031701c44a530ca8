"""Which addresses of the site a copy holds, in which file each is, and how one file leads to another.

An address is a path with its query, as links have it: ``/en/france-spain/facts/?topic=trade``. Its file follows from
it alone: ``en/france-spain/facts/topic=trade/index.html``. No two share one: neither ``=`` nor ``,`` is in a path.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from urllib.parse import parse_qsl, quote

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# Where a walk starts: what nothing links to, and what leads to all the rest.
DOORS = ("/", *(f"/{code}/" for code in LANGUAGES), "/robots.txt", "/roots.txt", "/sitemap.xml")
# Routes that answer what somebody asks: a copy has nobody to ask.
ASKING = {"search", "moment", "report", "report_sent"}
_PUBLIC = re.compile(rf"/(?:{'|'.join(LANGUAGES)}|media)/")
_READABLE = re.compile(r"[A-Za-z0-9_.-]{1,100}")
PAGE = "index.html"


@cache
def is_kept(address: str) -> bool:
    """Whether the copy has a file for this address: a public page, asked for one thing at most."""
    path, _mark, query = address.partition("?")
    if path.startswith(settings.STATIC_URL):
        return not query
    if path not in DOORS and not _PUBLIC.match(path):
        return False
    with translation.override(language_of(path)):
        try:
            name = resolve(path).url_name
        except Resolver404:
            return False
    return bool(name) and name not in ASKING and _is_shallow(path, query)


def _is_shallow(path: str, query: str) -> bool:
    """One value of one facet, one day in the world, or two editions compared; and any page of that.

    Files for programs are not there for each day, nor citations as files of their own: the page has them all.
    """
    asked = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _value in asked if name != "page"]
    if not all(_READABLE.fullmatch(part) for pair in asked for part in pair):
        return False
    if {"form", "since"} & {*names} or ("on" in names and not path.endswith("/")):
        return False
    return len(names) <= 1 or sorted(names) == ["from", "to"]


def language_of(path: str) -> str:
    """The language in which the page at a path speaks."""
    return next((code for code in LANGUAGES if path.startswith(f"/{code}/")), settings.LANGUAGE_CODE)


def file_of(address: str) -> str:
    """The path, inside the folder of a copy, of the file that holds an address."""
    path, _mark, query = address.lstrip("/").partition("?")
    asked = ",".join(f"{name}={value}" for name, value in parse_qsl(query))
    if path.endswith("/") or not path:
        return posixpath.join(path, asked, PAGE)
    stem, dot, extension = path.rpartition(".")
    return f"{stem},{asked}{dot}{extension}" if asked else path


def link(here: str, there: str) -> str:
    """The relative address that leads from one file of a copy to another."""
    return quote(posixpath.relpath(there, posixpath.dirname(here) or "."), safe="/=,@")

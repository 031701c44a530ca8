"""Documents as files: JSON or YAML in the very shape that an export has, each record whole.

``export`` writes them; ``read_papers`` takes back what it wrote, what the public site gives as JSON, or one document
by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from relations.documents import DOCUMENTS, Document, accept

from .files import DEEPEST, read_yaml
from .problems import Log, Place, Problem


@dataclass(frozen=True)
class Paper:
    """One document of a file: where it stands, and the desk copy that it was made from, if it says."""

    document: Document
    place: Place
    version: str = ""


def export(documents: Sequence[Document], versions: Iterable[str]) -> str:
    """These documents as JSON, each with the version of its desk copy."""
    pairs = zip(documents, versions, strict=True)
    items = [{"version": version, "document": document.model_dump(mode="json")} for document, version in pairs]
    return json.dumps({"items": items}, ensure_ascii=False, indent=1)


def read_papers(file: str, data: bytes, problems: list[Problem]) -> Iterator[Paper]:
    """Every document of a file that can be read; what is wrong with the others, or with the file, is noted."""
    log = Log(Place(file), problems)
    content = _content(file, data, log)
    if log.broken:
        return
    for number, item in enumerate(_items(content), start=1):
        inner = item.get("document", item) if isinstance(item, dict) else None
        if not isinstance(inner, dict) or str(inner.get("kind")) not in DOCUMENTS:
            log.add("", _("Number %(number)d is no document of a kind that the site has.") % {"number": number})
            continue
        place = Place(file, str(inner.get("slug") or number))
        if (document := _document(inner, Log(place, problems))) is not None:
            yield Paper(document, place, str(item.get("version") or ""))


def _items(content: Any) -> list[Any]:
    """The documents of a file, whichever way they are put together."""
    if isinstance(content, dict):
        content = content.get("items", content.get("documents", content))
    return content if isinstance(content, list) else [content]


def _content(file: str, data: bytes, log: Log) -> Any:
    """What a file says, in plain values; None with the reason noted where it cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        log.add("", _("This is not UTF-8 text."), data[: error.start].count(b"\n") + 1)
        return None
    if not file.lower().endswith(".json"):
        return read_yaml(text, log)
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _mapping(pairs, log))
    except json.JSONDecodeError as error:
        log.add("", _("This is not JSON: %(why)s.") % {"why": error.msg}, error.lineno)
    except RecursionError:
        log.add("", _("It is nested too deeply."))
    except ValueError as error:
        log.add("", _("This is not JSON: %(why)s.") % {"why": error})
    return None


def _mapping(pairs: list[tuple[str, Any]], log: Log) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key in found if [each for each, _value in pairs].count(key) > 1)
        log.add(twice[:60], _("This key is given twice."))
    return found


def _document(inner: dict[str, Any], log: Log) -> Document | None:
    if _has_nul(inner):
        log.add("", _("It contains a character that no text has (NUL)."))
        return None
    try:
        return accept(inner["kind"], json.loads(json.dumps({"schema_version": 1, **inner}, default=str)))
    except ValidationError as error:
        for each in error.errors():
            log.add(".".join(map(str, each["loc"])), f"{each['msg']}.")
    except (RecursionError, TypeError, ValueError, KeyError) as error:
        log.add("", _("This is no document: %(why)s.") % {"why": error})
    return None


def _has_nul(value: Any, depth: int = 0) -> bool:
    """Whether any text in it has a NUL, which no database keeps. What is nested too deeply is no document."""
    if isinstance(value, str):
        return "\x00" in value
    if depth > DEEPEST:
        return False
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_has_nul(each, depth + 1) for each in inner)

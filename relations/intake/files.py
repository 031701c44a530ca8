"""The files of a pack: YAML read so that every value knows its line, and nothing is lost or guessed.

Keys given twice are problems, and so are aliases. Only plain ``true``, ``false``, ``null`` and decimal numbers
mean anything; ``No`` and ``2021-02-26`` are the words that they look like.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from .fields import Fields, Mapping
from .problems import Broken, Log, Place, Problem

# File → the tables that it holds. A table maps the ids of records to their fields.
FILES: dict[str, tuple[str, ...]] = {
    "relationship": ("relationships",),
    "parties": ("parties",),
    "topics": ("topics",),
    "sources": ("sources",),
    "facts": ("units", "qualifiers", "facts"),
    "officials": ("posts", "people"),
    "meetings": ("meetings",),
    "priorities": ("commitment_statuses", "priorities"),
    "statements": ("statements",),
    "factsheets": ("factsheets",),
    "map": ("maps",),
}
OPTIONAL = frozenset({"map"})
DEEPEST = 60  # levels of a file; no record has ten

Tables = dict[str, dict[str, Fields]]

_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there


def read_files(folder: Path, problems: list[Problem]) -> Tables:
    """Every table of the pack in this folder. Raises Broken if there is no such folder."""
    if not folder.is_dir():
        raise Broken([Problem(str(folder), "", "", "There is no such folder.")])
    tables: Tables = {table: {} for names in FILES.values() for table in names}
    for stem, names in FILES.items():
        path = folder / f"{stem}.yaml"
        if path.exists() or stem not in OPTIONAL:
            content = _read(path, Log(Place(path.name), problems))
            for table in names:
                tables[table] = _records(path.name, content.get(table), problems)
    return tables


def _read(path: Path, log: Log) -> Mapping:
    """The content of one file; empty where it cannot be read, with the reason noted."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        log.add("", "The file is missing.")
        return Mapping()
    except UnicodeDecodeError:
        log.add("", "The file is not UTF-8 text.")
        return Mapping()
    content = read_yaml(text, log)
    if isinstance(content, Mapping):
        _check_tables(path.stem, content, log)
        return content
    if not log.broken:
        log.add("", "The file is empty; it needs " + " and ".join(FILES[path.stem]) + ".")
    return Mapping()


def read_yaml(text: str, log: Log) -> Any:
    """What a text of YAML says, in plain values; None where it cannot be read, with the reason noted."""
    try:
        if _is_too_deep(text):
            log.add("", _("It is nested too deeply."))
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        log.add("", _("This is not YAML: %(why)s.") % {"why": error.problem or error.context}, line)
    except yaml.YAMLError as error:
        log.add("", _("This is not YAML: %(why)s.") % {"why": error})
    else:
        return _Values(log).of(node, "") if node else None
    return None


def _is_too_deep(text: str) -> bool:
    """Whether lists in lists go so deep that the C library would overrun its stack and take the process along."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return True
    return False


def _check_tables(stem: str, content: Mapping, log: Log) -> None:
    for name in FILES[stem]:
        if name not in content:
            log.add(name, "This table is missing.")
        elif content[name] is not None and not isinstance(content[name], Mapping):
            log.add(name, "This must be a table of records by id.", content.lines[name])
    for name in content.keys() - set(FILES[stem]):
        log.add(name, "A table of this name is not known here.", content.lines[name])


def _records(file: str, table: Any, problems: list[Problem]) -> dict[str, Fields]:
    records = {}
    for identity, data in table.items() if isinstance(table, Mapping) else ():
        log = Log(Place(file, identity, table.lines[identity]), problems)
        if not _ID.fullmatch(identity):
            log.add("", "An id is made of lower-case letters, digits and hyphens.")
        if isinstance(data, Mapping):
            records[identity] = Fields(data, log)
        else:
            log.add("", "This must be a record with fields.")
    return records


class _Values:
    """Turns YAML nodes into plain values."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.seen: set[int] = set()

    def of(self, node: yaml.Node, path: str) -> Any:
        """The value of a node: Mapping, list, str, int, Decimal, bool or None."""
        if id(node) in self.seen:
            self.log.add(path, _("Write it out: aliases are not used here."), node.start_mark.line + 1)
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item, f"{path}[{index}]") for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: str) -> Mapping:
        result = Mapping()
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            where = f"{path}.{key}".lstrip(".")
            if key in result:
                self.log.add(where, _("This key is given twice."), line)
                continue
            result[key] = self.of(value_node, where)
            result.lines[key] = line
        return result


def _scalar(node: yaml.ScalarNode) -> str | int | Decimal | bool | None:
    kind, text = node.tag.rpartition(":")[2], node.value
    if kind == "null":
        return None
    if kind == "bool" and text in ("true", "false"):
        return text == "true"
    if kind == "int" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "float" and _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text

"""The files of a pack, as plain data."""

from pathlib import Path

import yaml

from .report import Report

FILES = {
    "relationship": ["relationships"],
    "parties": ["parties"],
    "topics": ["topics"],
    "sources": ["sources"],
    "facts": ["units", "qualifiers", "facts"],
    "officials": ["posts", "people"],
    "meetings": ["meetings"],
    "priorities": ["commitment_statuses", "priorities"],
    "statements": ["statements"],
    "factsheets": ["factsheets"],
    "map": ["maps"],
}
OPTIONAL = {"map"}


class Loader(yaml.SafeLoader):
    """Refuses a key that is given twice, which YAML would take for the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in seen:
                raise yaml.YAMLError(f"duplicate key {key!r} at line {key_node.start_mark.line + 1}")
            seen.add(key)
        return super().construct_mapping(node, deep)


def read(folder: Path, report: Report) -> dict[str, dict]:
    """Every table of the pack, by name; empty where it cannot be read."""
    data: dict[str, dict] = {}
    for stem, tables in FILES.items():
        path = folder / f"{stem}.yaml"
        content = {}
        if path.exists():
            content = _content(path, tables, report)
        elif stem not in OPTIONAL:
            report.err(path.name, "file is missing")
        data.update({table: content.get(table) or {} for table in tables})
    return data


def _content(path: Path, tables: list[str], report: Report) -> dict:
    loader = Loader(path.read_text(encoding="utf-8"))
    try:
        content = loader.get_single_data() or {}
    except yaml.YAMLError as error:
        report.err(path.name, f"does not parse: {error}")
        return {}
    finally:
        loader.dispose()
    if set(content) != set(tables):
        report.err(path.name, f"top-level keys are {sorted(content)}, expected {sorted(tables)}")
    return content

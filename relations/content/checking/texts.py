"""What holds for every record at any depth: ids, both languages, typography, dates, time zones, sources."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .report import Report

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
WORD = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)*$")
WORD_TABLES = {"units", "qualifiers", "commitment_statuses"}
SOURCED_TABLES = {
    "relationships", "parties", "topics", "facts", "posts", "people", "meetings", "priorities", "statements",
    "factsheets",
}  # fmt: skip
DATE_FIELDS = {
    "date", "end_date", "start", "end", "published", "as_of", "made_on", "due", "status_as_of", "last_verified",
    "issued_on", "status_date", "accessed_on",
}  # fmt: skip
TIME_FIELDS = {"starts_at", "issued_at"}
TEXT_FIELDS = {
    "name", "name_feminine", "name_singular", "long_name", "with_article", "title", "short_title", "tagline",
    "summary", "statement", "note", "description", "supports", "place", "label", "heading", "intro", "issuer",
    "context", "quote", "made_in", "translation_note", "capital", "caption", "text",
}  # fmt: skip
PRECISIONS = {"day", "month", "year"}
NBSP = "\u00a0"


def check(data: dict, report: Report) -> None:
    """Every record of every table."""
    used: set = set()
    for table, records in data.items():
        pattern = WORD if table in WORD_TABLES else SLUG
        for identity, record in records.items():
            where = f"{table}.{identity}"
            if not pattern.match(str(identity)):
                report.err(where, "id is not a stable slug")
            _walk(where, record, data, used, report)
            _untranslated(where, record, report)
            if table in SOURCED_TABLES and not record.get("sources"):
                report.err(where, "record has no source")
    for identity in data["sources"].keys() - used:
        report.warn(f"sources.{identity}", "not used by any record")


def _walk(where: str, node: object, data: dict, used: set, report: Report) -> None:
    if isinstance(node, list):
        for index, value in enumerate(node):
            _walk(f"{where}[{index}]", value, data, used, report)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        here = f"{where}.{key}"
        if key in ("source", "sources"):
            _sources(here, [value] if key == "source" else value, data, used, report)
            continue
        if value is not None:
            _value(here, key, value, report)
        _walk(here, value, data, used, report)
    if set(node) & {"en", "fr"} and not where.endswith("quote_basis"):
        _text(where, node, report)


def _sources(where: str, named: object, data: dict, used: set, report: Report) -> None:
    if not isinstance(named, list) or not named:
        report.err(where, "at least one source is needed")
        return
    if len(named) != len(set(named)):
        report.err(where, "source named twice")
    used.update(named)
    report.refs(where, data, "sources", named)


def _value(where: str, key: str, value: object, report: Report) -> None:
    """A date, a time, a time zone or a precision, by the name of its field."""
    try:
        if key in DATE_FIELDS:
            date.fromisoformat(value)
        if key in TIME_FIELDS and datetime.fromisoformat(value).tzinfo is None:
            report.err(where, "time without an offset")
    except (TypeError, ValueError):
        report.err(where, f"not an ISO date or time: {value!r}")
    if key in ("timezone", "capital_timezone"):
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            report.err(where, f"unknown time zone {value!r}")
    if key.endswith("precision") and value not in PRECISIONS:
        report.err(where, f"unknown precision {value!r}")


def _text(where: str, value: dict, report: Report) -> None:
    if set(value) != {"en", "fr"}:
        report.err(where, f"text has languages {sorted(value)}, expected en and fr")
    for language, text in value.items():
        here = f"{where}.{language}"
        if not isinstance(text, str) or not text.strip():
            report.err(here, "empty text")
            continue
        if text != " ".join(text.replace(NBSP, "\u0001").split()).replace("\u0001", NBSP):
            report.err(here, "stray spaces")
        if "'" in text or '"' in text:
            report.err(here, "straight quotation mark")
        if language == "fr" and re.search(r"(?<!^)[^\s] :|« | »|\d %", text):
            report.err(here, "ordinary space where a no-break space is needed")
        if language == "fr" and re.search(r"\s[;!?]", text):
            report.err(here, "space before ; ! or ? (not used in Canadian French)")


def _untranslated(where: str, node: object, report: Report) -> None:
    """Fields that must be in both languages. Names of people and titles of sources are in their own."""
    if isinstance(node, list):
        for index, value in enumerate(node):
            _untranslated(f"{where}[{index}]", value, report)
    if not isinstance(node, dict):
        return
    own_language = where.startswith(("people.", "sources.")) or "other_participants" in where
    for key, value in node.items():
        if key in TEXT_FIELDS and not isinstance(value, dict) and value is not None and not own_language:
            report.err(f"{where}.{key}", "text field without en and fr")
        _untranslated(f"{where}.{key}", value, report)

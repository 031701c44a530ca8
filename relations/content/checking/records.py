"""Relationships with their maps, parties, sources and facts."""

import re
from urllib.parse import urlparse

from .report import Report

SOURCE_KINDS = {"official", "official_reprint", "dataset", "reference", "news"}
# Kinds whose publisher is nobody's government.
INDEPENDENT = {"reference", "news"}
TITLE_BASES = {"page", "address", "description"}
SOURCE_FIELDS = ("title", "title_basis", "language", "publisher", "kind", "url", "published", "supports")
PARTY_POSTS = (
    "head_of_state_post", "head_of_government_post", "foreign_affairs_post", "defense_post", "ambassador_post",
)  # fmt: skip
PATH_ROLES = {"grid", "land", "a", "b", "lake", "line", "lead"}
LABEL_ROLES = {"name", "num", "lab", "tick"}
RANKS = {"preferred", "normal", "deprecated"}
RHYTHMS = {"monthly", "quarterly", "yearly", "biennial", "quinquennial"}


def check(data: dict, report: Report) -> None:
    """Every record of these tables."""
    checks = {
        "relationships": _relationship,
        "maps": _map,
        "parties": _party,
        "sources": _source,
        "facts": _fact,
    }
    for table, one in checks.items():
        for identity, record in data[table].items():
            with report.record(f"{table}.{identity}") as where:
                one(where, record, data, report)


def _relationship(where: str, record: dict, data: dict, report: Report) -> None:
    report.refs(where, data, "parties", record["parties"])
    if len(set(record["parties"])) != 2:
        report.err(where, "a relationship has two parties")
    report.refs(where, data, "topics", record["topics"])
    report.ref(where, data, "factsheets", record["lead_factsheet"])
    if record.get("lead_statement"):
        report.ref(where, data, "statements", record["lead_statement"])
    named = [figure["fact"] for figure in record.get("key_figures", [])]
    report.refs(f"{where}.key_figures", data, "facts", named)
    if len(named) != len(set(named)):
        report.err(f"{where}.key_figures", "fact named twice")
    for fact in named:
        if not data["facts"].get(fact, {}).get("observations"):
            report.err(f"{where}.key_figures", f"{fact} has no figure")
    _key_dates(where, record["key_dates"], data, report)


def _key_dates(where: str, dates: list, data: dict, report: Report) -> None:
    days = [each["date"] for each in dates]
    if days != sorted(days):
        report.err(where, "key dates are not in order")
    for each in dates:
        here = f"{where}.key_dates.{each['id']}"
        for table in ("facts", "meetings", "people"):
            report.refs(here, data, table, each.get(table))
        if not each.get("sources"):
            report.err(here, "no source")


def _map(where: str, record: dict, data: dict, report: Report) -> None:
    report.ref(where, data, "relationships", where.partition(".")[2])
    for path in record["paths"]:
        if path["role"] not in PATH_ROLES:
            report.err(where, f"unknown role {path['role']!r} of a path")
        if not re.fullmatch(r"[MmLlHhVvZz0-9 .,-]+", path["d"]):
            report.err(where, "a path is not plain path data")
    for spot in [*record["labels"], *record["dots"]]:
        if not (0 <= spot["x"] <= record["width"] and 0 <= spot["y"] <= record["height"]):
            report.err(where, f"outside the frame: {spot['x']}, {spot['y']}")
    for label in record["labels"]:
        if label["role"] not in LABEL_ROLES:
            report.err(where, f"unknown role {label['role']!r} of a label")
        if label.get("anchor", "start") not in ("start", "middle", "end"):
            report.err(where, f"unknown anchor {label['anchor']!r}")


def _party(where: str, record: dict, data: dict, report: Report) -> None:
    if not re.match(r"^[A-Z]{2}$", record["iso2"]) or not re.match(r"^[A-Z]{3}$", record["iso3"]):
        report.err(where, "bad ISO code")
    if record.get("flag") not in (None, "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in record["iso2"])):
        report.err(where, "flag does not match the ISO code")
    for key in PARTY_POSTS:
        if record.get(key):
            report.ref(f"{where}.{key}", data, "posts", record[key])


def _source(where: str, record: dict, data: dict, report: Report) -> None:
    for key in SOURCE_FIELDS:
        if key not in record:
            report.err(where, f"{key} is missing")
    if record["kind"] not in SOURCE_KINDS:
        report.err(where, f"unknown kind {record['kind']!r}")
    if record["title_basis"] not in TITLE_BASES:
        report.err(where, f"unknown title_basis {record['title_basis']!r}")
    if record["url"] is None:
        if "note" not in record:
            report.err(where, "no address and no note that says why")
    else:
        parts = urlparse(record["url"])
        if parts.scheme not in ("http", "https") or not parts.netloc:
            report.err(where, "address is not an http(s) URL")
    if record["published"] and not record.get("published_precision"):
        report.err(where, "published without a precision")
    report.refs(where, data, "parties", record.get("speaks_for"))
    if record.get("speaks_for") and record["kind"] in INDEPENDENT:
        report.err(where, f"{record['kind']} speaks for nobody")


def _fact(where: str, record: dict, data: dict, report: Report) -> None:
    report.refs(where, data, "topics", record["topics"])
    report.refs(where, data, "parties", record["parties"])
    if not record["verified"] and "note" not in record:
        report.err(where, "not verified and no note that says why")
    if record.get("rhythm", "yearly") not in RHYTHMS:
        report.err(where, f"unknown rhythm {record['rhythm']!r}")
    for index, observation in enumerate(record.get("observations", [])):
        _observation(f"{where}.observations[{index}]", observation, record, data, report)


def _observation(where: str, record: dict, fact: dict, data: dict, report: Report) -> None:
    report.ref(where, data, "units", record["unit"])
    report.ref(where, data, "qualifiers", record["qualifier"])
    if record["unit"] != "calendar_date" and not isinstance(record["value"], (int, float)):
        report.err(where, "value is not a number")
    if record.get("value_max") is not None and record["value_max"] <= record["value"]:
        report.err(where, "value_max is not above value")
    if record["source"] not in fact["sources"]:
        report.err(where, "source of the observation is not among the sources of the fact")
    if not record.get("as_of"):
        report.err(where, "no date")
    if record.get("rank", "normal") not in RANKS:
        report.err(where, f"unknown rank {record['rank']!r}")

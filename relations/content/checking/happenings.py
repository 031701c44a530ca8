"""Meetings, priorities with their commitments, statements and fact sheets."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .people import check_holder
from .report import Report
from .texts import SLUG

FORMATS = {"in_person", "virtual", "phone", "unspecified"}
KINDS = {"bilateral", "trilateral", "ministerial", "visit"}
ROLES = {"principal", "accompanying"}
BASES = {"original", "official", "our_translation"}
LONGEST_QUOTE = 40
ITEM_TABLES = {"fact": "facts", "meeting": "meetings", "priority": "priorities", "statement": "statements"}


def check(data: dict, report: Report) -> None:
    """Every record of these tables."""
    checks = {
        "meetings": _meeting,
        "priorities": _priority,
        "statements": _statement,
        "factsheets": _factsheet,
    }
    for table, one in checks.items():
        for identity, record in data[table].items():
            with report.record(f"{table}.{identity}") as where:
                one(where, record, data, report)
    with report.record("factsheets"):
        _seed(data, report)


def _offset_differs(moment: datetime, zone: str) -> bool:
    try:
        return moment.utcoffset() != moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    except (KeyError, ValueError, OSError):  # an unknown zone is reported elsewhere
        return False


def _meeting(where: str, record: dict, data: dict, report: Report) -> None:
    if record["format"] not in FORMATS:
        report.err(where, f"unknown format {record['format']!r}")
    if record["kind"] not in KINDS:
        report.err(where, f"unknown kind {record['kind']!r}")
    _times(where, record, report)
    report.refs(where, data, "topics", record["topics"])
    report.refs(where, data, "priorities", record.get("priorities"))
    if not record["outcomes"] or not record["agenda"]:
        report.err(where, "no agenda or no outcome")
    if not record["verified"] and "note" not in record:
        report.err(where, "not verified and no note that says why")
    if len(record["participants"]) < 2:
        report.err(where, "fewer than two participants")
    for each in record["participants"]:
        if each["role"] not in ROLES:
            report.err(where, f"unknown role {each['role']!r}")
        check_holder(where, each["person"], each["post"], record["date"], data, report)
    for index, session in enumerate(record.get("sessions", [])):
        if not session.get("sources"):
            report.err(f"{where}.sessions[{index}]", "no source")


def _times(where: str, record: dict, report: Report) -> None:
    start = date.fromisoformat(record["date"])
    if record["end_date"] and date.fromisoformat(record["end_date"]) < start:
        report.err(where, "ends before it starts")
    if record["starts_at"]:
        moment = datetime.fromisoformat(record["starts_at"])
        if moment.date() != start:
            report.err(where, "starts_at is not on the date of the meeting")
        if _offset_differs(moment, record["timezone"]):
            report.err(where, "offset of starts_at is not that of the time zone")


def _priority(where: str, record: dict, data: dict, report: Report) -> None:
    report.refs(where, data, "topics", record["topics"])
    for identity, commitment in record["commitments"].items():
        with report.record(f"{where}.{identity}") as here:
            if not re.match(SLUG, identity):
                report.err(here, "id is not a stable slug")
            _commitment(here, commitment, data, report)


def _commitment(where: str, record: dict, data: dict, report: Report) -> None:
    if not record.get("sources"):
        report.err(where, "no source")
    report.refs(where, data, "parties", record["by"])
    if record["made_at_meeting"]:
        if report.ref(where, data, "meetings", record["made_at_meeting"]):
            meeting = data["meetings"][record["made_at_meeting"]]
            if not meeting["date"] <= record["made_on"] <= (meeting["end_date"] or meeting["date"]):
                report.err(where, "made_on is not a day of the meeting")
    elif "made_in" not in record and "note" not in record:
        report.err(where, "neither a meeting nor a document")
    report.ref(where, data, "commitment_statuses", record["status"])
    assessed = record["status"] not in ("unknown", "proposed")
    if assessed and not (record["evidence"] and record["status_as_of"]):
        report.err(where, "status without evidence or without a date")
    if record["due"] and record["due"] < record["made_on"]:
        report.err(where, "due before it was made")


def _statement(where: str, record: dict, data: dict, report: Report) -> None:
    speakers = [(record["speaker"], record["speaker_post"])]
    speakers += [(each["person"], each["post"]) for each in record.get("co_speakers", [])]
    for person, post in speakers:
        check_holder(where, person, post, record["date"], data, report)
    if record["meeting"]:
        report.ref(where, data, "meetings", record["meeting"])
    if len(record["quote"]["en"].split()) > LONGEST_QUOTE:
        report.err(where, "quotation is too long")
    basis = record["quote_basis"]
    if set(basis) != {"en", "fr"} or not set(basis.values()) <= BASES:
        report.err(where, "quote_basis is not complete")


def _factsheet(where: str, record: dict, data: dict, report: Report) -> None:
    report.ref(where, data, "relationships", record["relationship"])
    moment = datetime.fromisoformat(record["issued_at"])
    if moment.date().isoformat() != record["issued_on"] or _offset_differs(moment, record["timezone"]):
        report.err(where, "issue time does not match the date or the time zone")
    for section in record["sections"]:
        for item in section["items"]:
            _item(f"{where}.{section['id']}", item, data, report)


def _item(where: str, item: dict, data: dict, report: Report) -> None:
    if item["type"] == "commitment":
        priority, _, slug = item["id"].partition("/")
        if slug not in data["priorities"].get(priority, {}).get("commitments", {}):
            report.err(where, f"unknown commitment {item['id']!r}")
    elif item["type"] in ITEM_TABLES:
        report.ref(where, data, ITEM_TABLES[item["type"]], item["id"])
    else:
        report.err(where, f"unknown item type {item['type']!r}")


def _seed(data: dict, report: Report) -> None:
    """What says that it comes from the fact sheet is listed there."""
    sheets = data["factsheets"].values()
    items = [item for sheet in sheets for section in sheet["sections"] for item in section["items"]]
    listed = {item["id"] for item in items if item["type"] == "fact"}
    for identity, fact in data["facts"].items():
        if fact["in_seed"] and identity not in listed:
            report.err(f"facts.{identity}", "comes from the fact sheet but the fact sheet does not list it")
        if identity in listed and not fact["in_seed"]:
            report.warn(f"facts.{identity}", "listed in the fact sheet but not marked as coming from it")

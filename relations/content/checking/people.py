"""Posts, people and their terms; and whether someone held a post on a day."""

from datetime import date
from itertools import pairwise

from .report import Report

TERM_STATUSES = {"current", "ended", "ended_date_unverified", "date_unverified"}


def check(data: dict, report: Report) -> None:
    """Every post and every person."""
    for identity, post in data["posts"].items():
        with report.record(f"posts.{identity}") as where:
            report.ref(where, data, "parties", post["party"])
            if post.get("accredited_to"):
                report.ref(where, data, "parties", post["accredited_to"])
    for identity, person in data["people"].items():
        with report.record(f"people.{identity}") as where:
            report.ref(where, data, "parties", person["party"])
            if person.get("grammatical_gender") not in ("f", "m"):
                report.err(where, "grammatical_gender must be f or m")
            for index, term in enumerate(person["terms"]):
                _term(f"{where}.terms[{index}]", term, person, data, report)
    with report.record("people"):
        _one_holder(data, report)
        _no_overlap(data, report)


def _term(where: str, term: dict, person: dict, data: dict, report: Report) -> None:
    if report.ref(where, data, "posts", term["post"]) and data["posts"][term["post"]]["party"] != person["party"]:
        report.err(where, "post of another country")
    status = term["status"]
    if status not in TERM_STATUSES:
        report.err(where, f"unknown status {status!r}")
    if term["start"] and term["end"] and date.fromisoformat(term["start"]) > date.fromisoformat(term["end"]):
        report.err(where, "ends before it starts")
    if not term["start"] and not term.get("attested_on"):
        report.err(where, "no start and no attested date")
    if status == "current" and term["end"]:
        report.err(where, "current but has an end")
    if status == "ended" and not term["end"]:
        report.err(where, "ended without an end")
    if "unverified" in status and "note" not in term:
        report.err(where, "date not verified and no note that says why")
    if not term.get("last_verified"):
        report.err(where, "last_verified is missing")
    for day in term.get("attested_on") or []:
        date.fromisoformat(day)
    if not term.get("sources"):
        report.err(where, "no source")


def _one_holder(data: dict, report: Report) -> None:
    current: dict[str, list[str]] = {}
    for identity, person in data["people"].items():
        for term in person["terms"]:
            if term["status"] == "current" and not term["acting"]:
                current.setdefault(term["post"], []).append(identity)
    for post, holders in current.items():
        if len(holders) > 1:
            report.err(f"posts.{post}", f"more than one current holder: {holders}")


def _no_overlap(data: dict, report: Report) -> None:
    by_post: dict[str, list[tuple]] = {}
    for identity, person in data["people"].items():
        for term in person["terms"]:
            if term["start"] and not term["acting"]:
                known = (term["start"], term["end"] or "", term["end_precision"] or "", identity)
                by_post.setdefault(term["post"], []).append(known)
    for post, terms in by_post.items():
        for (_, end, precision, one), (start, _, _, two) in pairwise(sorted(terms)):
            if precision == "day" and end > start:
                report.err(f"posts.{post}", f"{one} and {two} overlap")


def held_post(person: dict, post: str, day: date) -> bool:
    """Whether a term of this person shows the post on this day."""
    for term in person.get("terms", []):
        if term["post"] != post:
            continue
        if day.isoformat() in (term.get("attested_on") or []):
            return True
        if term["start"] is None:
            continue
        start = date.fromisoformat(term["start"])
        if term["start_precision"] == "year":
            start = start.replace(month=1, day=1)
        end = date.fromisoformat(term["end"]) if term["end"] else None
        if start <= day and (end is None or day <= end):
            return True
    return False


def check_holder(where: str, person: str, post: str, day: str, data: dict, report: Report) -> None:
    """An error unless the person is shown to hold the post on the day."""
    known = report.ref(where, data, "people", person) and report.ref(where, data, "posts", post)
    if known and not held_post(data["people"][person], post, date.fromisoformat(day)):
        report.err(where, f"{person} is not shown to hold {post} on {day}")

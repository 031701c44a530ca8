#!/usr/bin/env python3
"""Check a content pack: references, dates, sources, both languages, and the style of the words.

Usage:  python check_content.py [FOLDER]
FOLDER defaults to the "us-canada" folder beside this file. Exit status 0 when there is no error. It needs PyYAML
and time zone data, and nothing of the site: whoever writes a pack can run it anywhere.
"""

import sys
from pathlib import Path

from checking import happenings, people, records, texts
from checking.reading import read
from checking.report import Report


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "us-canada"
    report = Report()
    data = read(folder, report)
    for check in (texts.check, records.check, people.check, happenings.check):
        check(data, report)
    for warning in report.warnings:
        print("warning:", warning)
    for error in report.errors:
        print("error:", error)
    print(", ".join(f"{number} {what}" for what, number in counts(data).items()))
    print(f"{len(report.errors)} errors, {len(report.warnings)} warnings")
    return 1 if report.errors else 0


def counts(data: dict) -> dict[str, int]:
    """How many records of each kind there are, and of the parts that matter."""
    found = {table: len(records) for table, records in data.items()}
    found["commitments"] = sum(len(each.get("commitments") or {}) for each in data["priorities"].values())
    found["observations"] = sum(len(each.get("observations") or []) for each in data["facts"].values())
    found["terms of office"] = sum(len(each.get("terms") or []) for each in data["people"].values())
    return found


if __name__ == "__main__":
    sys.exit(main())

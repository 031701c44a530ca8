"""Prints the ten tests that took longest, of the JUnit files that are named."""

import sys
from pathlib import Path
from xml.etree import ElementTree

taken = [
    (float(case.get("time", 0)), f"{case.get('classname')}.{case.get('name')}  ({Path(file).stem.partition('-')[2]})")
    for file in sys.argv[1:]
    for case in ElementTree.parse(file).iter("testcase")  # noqa: S314 - this very run wrote it
]
for seconds, name in sorted(taken, reverse=True)[:10]:
    print(f"{seconds:6.1f} s  {name}")  # noqa: T201

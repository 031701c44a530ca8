"""What lists find is derived from documents by rules that have a version: who changes them says so."""

from __future__ import annotations

import hashlib

from relations.documents import parse
from relations.documents.base import RULES

from .test_samples import samples

# Of everything that is derived from the samples, by the version of the rules.
DERIVED = {1: "1246fdfba6a13d0c979701b6d73f5249f932658de487909bb41f7a567bac0588"}
REMEDY = f"""
What is derived from documents has changed: titles, days to sort by, search words or facets. Raise RULES in
relations/documents/base.py, so that `manage.py reindex` derives it anew for what was published before, and write the
new sum here. (If there are new samples only, the sum alone: RULES stays {RULES}.)
"""


def test_whoever_changes_what_is_derived_raises_the_version_of_the_rules():
    total = hashlib.sha256()
    for sample in samples():
        document = parse(sample["kind"], sample["document"])
        facets = sorted(map(repr, document.facets()))
        words = [document.search_text("en"), document.search_text("fr")]
        total.update(repr([document.sort_on, document.position, document.title, words, facets]).encode())
    assert total.hexdigest() == DERIVED.get(RULES), REMEDY

"""The desk: every noun in Django's own admin, one module each. Buttons call verbs; saving publishes nothing."""

from . import (
    fact,
    factsheet,
    ledger,
    meeting,
    official,
    party,
    people,
    post,
    previewlink,
    priority,
    relationship,
    release,
    report,
    source,
    statement,
    topic,
)

__all__ = [
    "fact",
    "factsheet",
    "ledger",
    "meeting",
    "official",
    "party",
    "people",
    "post",
    "previewlink",
    "priority",
    "relationship",
    "release",
    "report",
    "source",
    "statement",
    "topic",
]

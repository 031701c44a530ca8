"""Reading: from the files of a pack to documents, or to everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from relations.documents import Document
from relations.models import Observation

from . import fact, factsheet, meeting, official, party, post, priority, relationship, source, statement, topic
from .fields import Fields
from .limits import broken_rules
from .pack import Pack, open_pack
from .problems import Broken

Build = Callable[[str, Fields, Pack, int], Document | None]

# In an order in which each can cite what came before. What is only named may come later.
BUILDERS: dict[str, Build] = {
    "source": source.build,
    "party": party.build,
    "post": post.build,
    "official": official.build,
    "relationship": relationship.build,
    "topic": topic.build,
    "fact": fact.build,
    "meeting": meeting.build,
    "priority": priority.build,
    "statement": statement.build,
    "factsheet": factsheet.build,
}


def read(folder: Path) -> Pack:
    """The pack in this folder with all its documents. Raises Broken with every problem found, not only the first."""
    pack = open_pack(folder)
    _check_words(pack, "qualifiers", Observation.Qualifier.values)
    _check_words(pack, "commitment_statuses", list(priority.STATUSES))
    for code, fields in pack.tables["units"].items():
        if made := fact.unit(code, fields):
            pack.units[code] = made
    for kind, build in BUILDERS.items():
        for place, (identity, fields) in enumerate(pack.records(kind).items(), start=1):
            _build(build, kind, identity, fields, pack, place)
    if pack.problems:
        raise Broken(sorted(pack.problems, key=lambda problem: (problem.file, problem.line)))
    return pack


def _check_words(pack: Pack, table: str, known: list[str]) -> None:
    """A pack lists the words that it uses; the site has its own names for them."""
    for word, fields in pack.tables[table].items():
        fields.itself()
        if word not in known:
            fields.complain("", f"“{word}” is not known here; the words are: {', '.join(known)}.")


def _build(build: Build, kind: str, identity: str, fields: Fields, pack: Pack, place: int) -> None:
    key = pack.id(kind, identity)
    pack.places[key] = fields.log.place
    document = build(identity, fields, pack, place)
    if document is None:
        return
    for where, message in broken_rules(document):
        fields.complain(where, message)
    pack.documents[key] = document

"""A statement of a pack."""

from __future__ import annotations

import datetime

from relations.documents import Statement
from relations.documents.statement import CoSpeaker
from relations.models import Statement as Row

from .fields import Fields, Mapping
from .identity import PartIds
from .pack import Pack


def build(identity: str, fields: Fields, pack: Pack, place: int) -> Statement | None:
    """The statement of this id."""
    fields.drop("in_seed")  # the fact sheet itself says what it names
    ids = pack.part_ids("statement", identity)
    said_on = fields.dated("date", required=True)
    day = said_on.first if said_on else None
    return fields.make(
        Statement,
        id=pack.id("statement", identity),
        slug=identity,
        position=fields.integer("order", default=place),
        relationship=pack.relationship_ref,
        quote=fields.text("quote", required=True),
        **_basis(fields),
        original_language=fields.words("original_language", required=True),
        speaker=pack.term(fields, person="speaker", post="speaker_post", day=day),
        co_speakers=tuple(_co_speaker(part, pack, ids, day) for part in fields.parts("co_speakers")),
        said_on=said_on,
        meeting=pack.ref(fields, "meeting", "meeting"),
        context=fields.text("context"),
        note=fields.text("note"),
        sources=pack.citations(fields),
    )


def _basis(fields: Fields) -> dict[str, str]:
    """Whether the words of each language are the original's, an official translation's or ours."""
    value = fields.take("quote_basis", required=True)
    if not isinstance(value, Mapping):
        return {}
    basis = Fields(value, fields.log, fields.at("quote_basis"))
    found = {f"basis_{language}": basis.choice(language, Row.Basis.values) for language in ("en", "fr")}
    basis.close()
    return found


def _co_speaker(fields: Fields, pack: Pack, ids: PartIds, day: datetime.date | None) -> CoSpeaker | None:
    return fields.make(
        CoSpeaker,
        id=ids.id("co_speakers", fields.data.get("person"), fields.data.get("post")),
        term=pack.term(fields, person="person", post="post", day=day),
    )

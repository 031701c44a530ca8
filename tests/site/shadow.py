"""A second set of records beside those of the small world, with a mark in every text: what must not leak."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from itertools import count

from django.db import models as fields

from relations import models
from relations.documents import Text
from relations.intake import uploads
from relations.models import RECORDS, Edition, PartialDate, Record
from relations.publishing import approve, discard, save_revision, schedule, send_back, submit, withdraw
from relations.publishing.handover import HandOver, hand_over
from relations.publishing.releases import add_to_release, create_release
from tests import cast
from tests.cast import Clock, World, someone
from tests.intake.files import as_csv

MARK = re.compile(r"zq\d{4}mark")
_numbers = count(1)
# What has a form of its own and cannot hold a mark.
FORMED = {"slug", "url", "archive_url", "iso2", "iso3", "timezone", "code", "framework_slug", "language"}
SHORT = 20  # letters: a mark and a word


def shadow(world: World, name: str) -> list[Record]:
    """One record of every kind, each naming the world's records and one another; addresses end in ``name``."""
    source = cast.a_source(f"source-{name}")
    party = cast.a_party(f"party-{name}", source, iso2=_code(2), iso3=_code(3))
    post = cast.a_post(world.one, source, f"post-{name}")
    official = cast.an_official(world.one, source, f"official-{name}")
    term = cast.a_term(official, post, source)
    relationship = cast.a_relationship(world.one, party, source, slug=f"relationship-{name}")
    topic = cast.a_topic(world, f"topic-{name}")
    fact = cast.a_fact(world, f"fact-{name}")
    priority = cast.a_priority(world, f"priority-{name}")
    meeting = cast.a_meeting(world, f"meeting-{name}")
    statement = cast.a_statement(world, f"statement-{name}", speaker=term, meeting=meeting)
    sheet = cast.a_factsheet(world, f"factsheet-{name}", {"fact": fact}, {"meeting": meeting})
    models.Participation.objects.create(meeting=meeting, term=term)
    meeting.priorities.set([world.priority, priority])
    fact.topics.set([world.topic, topic])
    records = [source, party, post, official, relationship, topic, fact, priority, meeting, statement, sheet]
    for record in records:
        mark(record)
    return records


_letters = count()


def _code(length: int) -> str:
    """A country code that nobody has: QA, QB …"""
    return "Q" * (length - 1) + chr(ord("A") + next(_letters) % 26)


def mark(row: fields.Model, say: Callable[[str], str] = str) -> None:
    """Writes a mark of its own into every text of a row and of its parts, as ``say`` says it if that fits."""
    given = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, fields.CharField | fields.TextField) and _holds_text(field):
            plain = _a_mark()
            said = say(plain)
            given[field.attname] = said if len(said) <= (field.max_length or len(said)) else plain
    if given:
        type(row)._base_manager.filter(pk=row.pk).update(**given)
    for relation in row._meta.related_objects:
        part = relation.related_model
        if relation.one_to_many and part not in RECORDS and part._meta.app_label == "relations":
            for each in part._base_manager.filter(**{relation.field.name: row}):
                if not isinstance(relation.field, fields.ForeignKey) or relation.on_delete is fields.CASCADE:
                    mark(each, say)
    row.refresh_from_db()


def _holds_text(field: fields.Field) -> bool:
    if field.choices or field.primary_key or field.name in FORMED or isinstance(field, fields.SlugField):
        return False
    if field.name.startswith("portrait_"):  # words about a picture cannot stand without one
        return False
    return not isinstance(field, fields.UUIDField | fields.URLField) and (field.max_length or 999) >= SHORT


def marks(text: str) -> set[str]:
    """The marks in a text."""
    return set(MARK.findall(text))


def hide_in_every_way(world: World, clock: Clock) -> dict[str, list[Record]]:
    """Records of every kind that nobody may read now: scheduled and withdrawn ones, drafts on every step of their
    way, changes of live ones.

    The clock ends where it began but for the moments that publishing takes.
    """
    hidden = {name: shadow(world, name) for name in ("draft", "scheduled", "withdrawn")}
    by = someone("editor")
    schedule(hidden["scheduled"], at=clock.now + datetime.timedelta(days=3), by=by, clock=clock)
    cast.put_live(*hidden["withdrawn"], clock=clock)
    reason = Text(en="Entered by mistake.", fr="Saisi par erreur.")
    for record in reversed(hidden["withdrawn"]):
        clock.now = withdraw(record, reason=reason, by=by, clock=clock).live_from
    for record in world.records:
        mark(record)
    hidden["changed"] = world.records
    publish_later(world.records[6:8], clock)
    on_their_way(hidden["draft"], clock)
    hand_over_later(world, hidden["draft"], clock)
    bring_in(world, clock)
    return hidden


def on_their_way(drafts: list[Record], clock: Clock) -> None:
    """Drafts at every step before they are public: submitted, returned, approved, in a release; and one discarded."""
    how, writer = {"by": someone("editor"), "clock": clock}, {"by": someone("writer"), "clock": clock}
    for record in drafts:
        save_revision(record, by=someone("writer"))
    waiting = drafts[::2]
    submit(waiting, reason=_a_mark(), **writer)
    send_back(waiting[::3], reason=_a_mark(), **how)
    approve(waiting[1::3], reason=_a_mark(), **how)
    release = create_release(_a_mark(), note=Text(en=_a_mark(), fr=_a_mark()), by=someone("editor"))
    add_to_release(release, drafts[1::2], **how)


def hand_over_later(world: World, drafts: list[Record], clock: Clock) -> None:
    """Somebody whom nobody has heard of follows in a post, on the desk only."""
    [newcomer] = [record for record in drafts if record.KIND == "official"]
    day = PartialDate(date=clock.now.date(), precision="day")
    plan = HandOver(world.post, world.source, world.term, day, newcomer, day)
    hand_over(plan, by=someone("editor"), clock=clock)


def bring_in(world: World, clock: Clock) -> None:
    """A topic that comes in a file, and a change of a live text that is thrown away again."""
    row = {"slug": "topic-imported", "name_en": _a_mark(), "name_fr": _a_mark(), "sources": world.source.slug}
    file, how = {"topic.csv": as_csv({**row, "relationship": world.relationship.slug})}, {"by": someone("writer")}
    upload = uploads.keep(file, at=clock.now, table="topic", **how)
    list(uploads.plan_upload(upload, may_import=lambda kind: True))
    list(uploads.apply_upload(upload, at=clock.now, may_import=lambda kind: True, **how))
    discard(world.statement, reason=_a_mark(), by=someone("editor"), clock=clock)


def _a_mark() -> str:
    return f"border zq{next(_numbers):04}mark"


def publish_later(records: list[Record], clock: Clock) -> None:
    """Schedules the next edition of records that are live."""
    schedule(records, at=clock.now + datetime.timedelta(days=4), by=someone("editor"), clock=clock)


def public_titles() -> set[str]:
    """Marks in the titles of withdrawn records: these stay, for whoever follows an old link."""
    rows = Edition.objects.filter(is_tombstone=True).values_list("title_en", "title_fr")
    return {found for row in rows for title in row for found in marks(title)}

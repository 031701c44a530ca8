"""The standing cast of the tests: a clock, four people, and a small world that is ready to be published.

Two countries that do not exist, so that no test can lean on what the site knows about those that do.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import transaction

from relations import models
from relations.models import Edition, Record
from relations.publishing import publish
from tests.clocks import MIDDAY as MIDDAY  # where every test finds it
from tests.clocks import Clock
from tests.pack import Snapshot

GROUPS = {"writer": "Writers", "editor": "Editors", "colleague": "Editors", "manager": "Managers"}
INSTANT = datetime.timedelta(microseconds=1)  # the smallest step that a clock or a database here can tell


def someone(name: str, **fields: Any) -> User:
    """A person who may log in, with the rights of their work, the same one each time.

    The cast: writer, editor, colleague (another editor), manager, and visitor, who may not come in.
    """
    defaults = {"is_staff": name != "visitor", **fields}
    person, is_new = User.objects.get_or_create(username=name, defaults=defaults)
    if is_new and name in GROUPS:
        if not Group.objects.exists():  # a test with transactions of its own empties every table, this one too
            import_module("relations.migrations.0003_groups").make_groups(apps, None)
            import_module("relations.migrations.0005_roles").widen_groups(apps, None)
        person.groups.set(Group.objects.filter(name=GROUPS[name]))
    return person


def put_live(*records: Record, clock: Clock, **how: Any) -> list[Edition]:
    """Publishes these records together as the editor and moves the clock to the moment they can be read."""
    editions = publish(records, by=someone("editor"), clock=clock, **how)
    clock.now = editions[0].live_from
    return editions


# --- one row each, valid and ready in both languages; any field can be given ----------------------


def a_source(slug: str = "gazette", **fields: Any) -> models.Source:
    """A page of a government, or whatever else the fields say."""
    given = {
        "original_title": f"The {slug} of record",
        "publisher": "Government Printer",
        "source_kind": "official",
        "language": "en",
        "url": f"https://example.org/{slug}",
        "published": datetime.date(2021, 2, 26),
        "published_precision": "day",
    }
    return models.Source.objects.create(slug=slug, **{**given, **fields})


def a_party(slug: str, source: models.Source, **fields: Any) -> models.Party:
    name = slug.capitalize()
    given = {"name_en": name, "name_fr": f"{name}e", "iso2": "XA", "iso3": "XAA"}
    return _citing(source, models.Party.objects.create(slug=slug, **{**given, **fields}))


def a_unit(code: str = "miles", **fields: Any) -> models.Unit:
    given = {"name_en": code, "name_fr": f"{code} (fr)", "singular_en": code[:-1], "singular_fr": f"{code[:-1]} (fr)"}
    return models.Unit.objects.create(code=code, **{**given, **fields})


def a_post(party: models.Party, source: models.Source, slug: str = "premier", **fields: Any) -> models.Post:
    given = {"role": "head_of_government", "name_en": "Premier", "name_fr": "Premier ministre"}
    return _citing(source, models.Post.objects.create(slug=slug, party=party, **{**given, **fields}))


def an_official(party: models.Party, source: models.Source, slug: str = "ana-holt", **fields: Any) -> models.Official:
    """A person without terms yet; see ``a_term``."""
    name = slug.replace("-", " ").title()
    given = {"name": name, "sort_name": name, "grammatical_gender": "f"}
    return _citing(source, models.Official.objects.create(slug=slug, party=party, **{**given, **fields}))


def a_portrait(letter: str = "a") -> models.Portrait:
    """A picture whose hash is this letter again and again, and whose bytes are no picture: nobody looks inside."""
    size = {"width": 384, "height": 480, "widths": [96, 192, 384]}
    portrait = models.Portrait.objects.create(sha256=letter * 64, **size)
    for width in size["widths"]:
        models.Rendition.objects.create(portrait=portrait, width=width, content=f"{letter} {width}".encode())
    return portrait


def a_term(official: models.Official, post: models.Post, source: models.Source, **fields: Any) -> models.Term:
    """A post held since 20 January 2020, and still."""
    given = {"standing": "current", "held_from": datetime.date(2020, 1, 20), "held_from_precision": "day"}
    return _citing(source, models.Term.objects.create(official=official, post=post, **{**given, **fields}))


def a_relationship(one: models.Party, other: models.Party, source: models.Source, **fields: Any) -> models.Relationship:
    given = {
        "slug": f"{one.slug}-{other.slug}",
        "title_en": f"{one.name_en} and {other.name_en}",
        "title_fr": f"{one.name_fr} et {other.name_fr}",
        "summary_en": "Two neighbors.",
        "summary_fr": "Deux voisins.",
    }
    return _citing(source, models.Relationship.objects.create(party_a=one, party_b=other, **{**given, **fields}))


# --- rows of one relationship, which take the rest from the world they are in ---------------------


def a_topic(world: World, slug: str = "border", **fields: Any) -> models.Topic:
    given = {"name_en": "Border", "name_fr": "Frontière"}
    row = models.Topic.objects.create(relationship=world.relationship, slug=slug, **{**given, **fields})
    return _citing(world.source, row)


def a_fact(world: World, slug: str = "border-length", *, figures: bool = True, **fields: Any) -> models.Fact:
    """A sentence with two figures of different years, unless ``figures`` is false."""
    given = {"statement_en": "The border is long.", "statement_fr": "La frontière est longue."}
    fact = models.Fact.objects.create(relationship=world.relationship, slug=slug, **{**given, **fields})
    fact.topics.set([world.topic])
    fact.parties.set([world.one, world.other])
    if figures:
        an_observation(world, fact, value=Decimal("5525"), as_of=datetime.date(2021, 1, 1))
        an_observation(world, fact, value=Decimal("5526.5"), as_of=datetime.date(2025, 1, 1), position=1)
    return _citing(world.source, fact)


def an_observation(world: World, fact: models.Fact, **fields: Any) -> models.Observation:
    given = {
        "unit": world.unit,
        "as_of": datetime.date(2021, 1, 1),
        "as_of_precision": "year",
        "source": world.source,
    }
    if "value_date" not in fields:
        given["value"] = Decimal(1)
    return models.Observation.objects.create(fact=fact, **{**given, **fields})


def a_meeting(world: World, slug: str = "first-call", **fields: Any) -> models.Meeting:
    """A call on 26 February 2021 in which the world's official took part."""
    given = {
        "title_en": "First call",
        "title_fr": "Premier appel",
        "meeting_kind": "bilateral",
        "mode": "phone",
        "starts_on": datetime.date(2021, 2, 26),
        "starts_on_precision": "day",
        "timezone": "America/Toronto",
    }
    meeting = models.Meeting.objects.create(relationship=world.relationship, slug=slug, **{**given, **fields})
    models.Participation.objects.create(meeting=meeting, term=world.term)
    meeting.topics.set([world.topic])
    return _citing(world.source, meeting)


def a_priority(world: World, slug: str = "clean-water", **fields: Any) -> models.Priority:
    """A priority with one commitment, "pipes", which is in progress."""
    given = {"name_en": "Clean water", "name_fr": "Eau propre"}
    priority = models.Priority.objects.create(relationship=world.relationship, slug=slug, **{**given, **fields})
    a_commitment(world, priority)
    priority.topics.set([world.topic])
    return _citing(world.source, priority)


def a_commitment(world: World, priority: models.Priority, slug: str = "pipes", **fields: Any) -> models.Commitment:
    given = {"statement_en": "Lay pipes.", "statement_fr": "Poser des tuyaux."}
    commitment = models.Commitment.objects.create(priority=priority, slug=slug, **{**given, **fields})
    commitment.made_by.set([world.one])
    an_assessment(world, commitment)
    return _citing(world.source, commitment)


def an_assessment(world: World, commitment: models.Commitment, **fields: Any) -> models.Assessment:
    given = {
        "status": "in_progress",
        "as_of": datetime.date(2022, 1, 1),
        "as_of_precision": "year",
        "source": world.source,
        "finding_en": "Half of the pipes are laid.",
        "finding_fr": "La moitié des tuyaux sont posés.",
    }
    return models.Assessment.objects.create(commitment=commitment, **{**given, **fields})


def a_statement(world: World, slug: str = "good-neighbors", **fields: Any) -> models.Statement:
    given = {
        "quote_en": "Good neighbors.",
        "quote_fr": "De bons voisins.",
        "original_language": "en",
        "speaker": world.term,
        "said_on": datetime.date(2021, 2, 26),
        "said_on_precision": "day",
    }
    row = models.Statement.objects.create(relationship=world.relationship, slug=slug, **{**given, **fields})
    return _citing(world.source, row)


def a_factsheet(world: World, slug: str = "roadmap", *lines: dict[str, Any], **fields: Any) -> models.Factsheet:
    """A fact sheet with one section; each line is given as ``{"fact": fact}`` and the like."""
    given = {
        "title_en": "Roadmap",
        "title_fr": "Feuille de route",
        "issuer_en": "Foreign Office",
        "issuer_fr": "Affaires étrangères",
        "issued_on": datetime.date(2021, 2, 26),
        "issued_on_precision": "day",
        "timezone": "America/Toronto",
        "original_language": "en",
    }
    sheet = models.Factsheet.objects.create(relationship=world.relationship, slug=slug, **{**given, **fields})
    section = models.Section.objects.create(factsheet=sheet, slug="all", heading_en="All", heading_fr="Tout")
    for position, target in enumerate(lines):
        models.Line.objects.create(section=section, position=position, **target)
    return _citing(world.source, sheet)


# --- all of it ------------------------------------------------------------------------------------


@dataclass
class World:
    """Norda and Suda: one of every noun, each naming others, so that they can only go live together."""

    source: models.Source
    one: models.Party
    other: models.Party
    post: models.Post
    official: models.Official
    term: models.Term
    relationship: models.Relationship
    unit: models.Unit
    topic: models.Topic = None
    fact: models.Fact = None
    meeting: models.Meeting = None
    priority: models.Priority = None
    statement: models.Statement = None
    factsheet: models.Factsheet = None

    @property
    def commitment(self) -> models.Commitment:
        return self.priority.commitments.get()

    @property
    def records(self) -> list[Record]:
        """Every record of this world, in the order in which one can be written down after another."""
        return [
            self.one, self.other, self.source, self.post, self.official, self.relationship, self.topic,
            self.fact, self.meeting, self.priority, self.statement, self.factsheet,
        ]  # fmt: skip


def world() -> World:
    """A small world on the desk, with nothing of it published. One per test."""
    return remembered("desk", Clock(), _world)


def live_world(clock: Clock) -> World:
    """A small world that was just published; the clock has moved to the moment it can be read."""
    return remembered(f"live {clock.now}", clock, lambda: _live_world(clock))


def _live_world(clock: Clock) -> World:
    new = _world()
    put_live(*new.records, clock=clock)
    return new


# name → the world, its rows, and what the clock showed when it was made.
_WORLDS: dict[str, tuple[World, Snapshot]] = {}


def remembered(name: str, clock: Clock, build: Callable[[], World]) -> World:
    """Builds a world once a run and gives its rows back from then on, which takes a tenth of the time.

    The clock shows what it showed when the world was built. In a database that is not empty, it is built.
    """
    if models.Party.objects.exists() or models.Generation.objects.exists():
        return build()  # beside what is there already
    if name not in _WORLDS:
        built = build()
        _WORLDS[name] = copy.deepcopy(built), Snapshot.of_now(clock.now)
        return built
    kept, snapshot = _WORLDS[name]
    with transaction.atomic():
        snapshot.restore()
        for model in (Edition, models.Move):
            model.objects.update(made_by=someone("editor"))  # people are no part of the snapshot
    clock.now = snapshot.instant
    return copy.deepcopy(kept)


def _world() -> World:
    source = a_source()
    one, other = a_party("norda", source), a_party("suda", source, iso2="XB", iso3="XBB")
    post = a_post(one, source)
    official = an_official(one, source)
    term = a_term(official, post, source)
    new = World(source, one, other, post, official, term, a_relationship(one, other, source), a_unit())
    source.speaks_for.set([one])
    one.head_of_government_post = post
    one.save()
    new.topic = a_topic(new)
    new.fact = a_fact(new)
    new.priority = a_priority(new)
    new.meeting = a_meeting(new)
    new.meeting.priorities.set([new.priority])
    models.Commitment.objects.filter(priority=new.priority).update(made_at=new.meeting)
    new.statement = a_statement(new, meeting=new.meeting)
    lines = [{"statement": new.statement}, {"fact": new.fact}, {"commitment": new.commitment}]
    new.factsheet = a_factsheet(new, "roadmap", *lines)
    models.Relationship.objects.filter(pk=new.relationship.pk).update(
        lead_factsheet=new.factsheet, lead_statement=new.statement
    )
    models.KeyFigure.objects.create(relationship=new.relationship, fact=new.fact)
    new.relationship.refresh_from_db()
    return new


def _citing(source: models.Source, row: Any) -> Any:
    row.sources.set([source])
    return row

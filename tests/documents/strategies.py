"""Documents of every kind, as hypothesis draws them: any words, any dates, and references into one small world.

A strategy is made from the annotations of a document and the columns of its desk row. What one row cannot hold
(a range upside down, a status without its date) is set right by ``REPAIRS``; what is embedded from the desk
(citations, names of units) is taken from there.
"""

from __future__ import annotations

import datetime
import types
import typing
import uuid
from decimal import Decimal
from typing import Any

from django.db import models
from hypothesis import strategies as st
from pydantic import BaseModel

from relations import documents
from relations.documents import Citation, CommitmentRef, Document, PostRef, Ref, TermRef, Text, Unit, desk
from relations.documents.base import Part, Portrait
from relations.documents.factsheet import Line
from relations.documents.relationship import Map
from relations.models import BY_KIND, PartialDate
from tests import cast

# Everything that a text column can hold on both databases.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
DAYS = st.dates(datetime.date(1500, 1, 1), datetime.date(2200, 12, 31))
# No more digits than every database keeps, whether before or after the point.
FIGURES = st.decimals(-(10**8), 10**8, places=6, allow_nan=False, allow_infinity=False) | st.integers(
    -(10**13), 10**13
).map(lambda thousands: Decimal(thousands * 1000))


@st.composite
def partial_dates(draw, days=DAYS) -> PartialDate:
    return PartialDate(date=draw(days), precision=draw(st.sampled_from(["day", "month", "year"])))


class Targets:
    """What documents can name: two of everything that a reference can lead to, on the desk."""

    def __init__(self) -> None:
        world = cast.world()
        second = cast.a_source("bulletin", published=None, published_precision="", source_kind="news")
        post = cast.a_post(world.other, second, "envoy", role="envoy")
        cast.a_term(cast.an_official(world.other, second, "bo-ferr"), post, second)
        cast.a_topic(world, "water")
        cast.a_fact(world, "trade")
        cast.a_priority(world, "jobs")
        cast.a_meeting(world, "second-call")
        cast.a_statement(world, "well-said")
        cast.a_unit("percent")
        cast.a_portrait("a")
        cast.a_portrait("b")
        self._known: dict = {}

    def of(self, kind: type, target: type[models.Model]) -> st.SearchStrategy:
        """References of this class to the rows of this desk model, as freezing would write them."""
        if (kind, target) not in self._known:
            rows = target.objects.order_by("pk")
            self._known[kind, target] = st.sampled_from([desk._read_one(row, kind) for row in rows])
        return self._known[kind, target]


@st.composite
def document(draw, kind: str, targets: Targets, identity: uuid.UUID | None = None) -> Document:
    """A document of this kind. With an identity, its children have ids that the next draw meets again."""
    identity = identity or uuid.uuid4()
    shape = documents.DOCUMENTS[kind]
    fields = _fields(draw, shape, BY_KIND[kind], targets, identity)
    return shape(**{**fields, "id": identity, "slug": f"drawn-{identity}"})


def _fields(draw, shape: type[BaseModel], model: type[models.Model], targets: Targets, identity) -> dict:
    fields = {}
    for name, field in shape.model_fields.items():
        if name in ("id", "kind", "schema_version"):
            continue
        fields[name] = _value(draw, field.annotation, model, name, targets, identity)
    return REPAIRS.get(shape, lambda drawn: drawn)(fields)


def _value(draw, annotation: Any, model: type[models.Model], name: str, targets: Targets, identity) -> Any:
    """A value for one field, by its annotation; text is as long as its column allows."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        annotation = next(each for each in typing.get_args(annotation) if each is not types.NoneType)
        if draw(st.booleans()):
            return None
    if typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) is tuple:
        return _values(draw, typing.get_args(annotation)[0], model, name, targets, identity)
    if annotation in (Ref, PostRef, TermRef, CommitmentRef, Citation, Unit, Portrait):
        return draw(targets.of(annotation, model._meta.get_field(name).related_model))
    return draw(_plain(annotation, model, name))


def _values(draw, held: type, model: type[models.Model], name: str, targets: Targets, identity) -> tuple:
    if held is datetime.date:
        return tuple(draw(st.lists(DAYS, max_size=2)))
    related = model._meta.get_field(name).related_model
    if not issubclass(held, Part):
        return tuple(draw(st.lists(targets.of(held, related), max_size=2, unique_by=repr)))
    ids = draw(st.permutations([uuid.uuid5(identity, f"{name} {n}") for n in range(2)]))
    ids = ids[: draw(st.integers(0, 2))]
    parts = [held(id=each, **_fields(draw, held, related, targets, each)) for each in ids]
    return _different([part for part in parts if not isinstance(part, Line) or part.model_fields_set != {"id"}])


def _plain(annotation: Any, model: type[models.Model], name: str) -> st.SearchStrategy:
    if annotation is Text:
        return st.builds(Text, en=_words(model, f"{name}_en"), fr=_words(model, f"{name}_fr"))
    if annotation is str:
        return _words(model, name)
    if typing.get_origin(annotation) is typing.Literal:
        return st.sampled_from(typing.get_args(annotation))
    return {
        bool: st.booleans(),
        int: st.integers(0, 2**31 - 1),
        Decimal: FIGURES,
        datetime.date: DAYS,
        datetime.time: st.times(),
        PartialDate: partial_dates(),
        Map: st.from_type(Map).map(_without_odd_numbers),
    }[annotation]


def _words(model: type[models.Model], name: str) -> st.SearchStrategy:
    field = model._meta.get_field(name)
    if field.choices:
        return st.sampled_from([value for value, _ in field.choices if value])
    if isinstance(field, models.SlugField):
        return st.text("abc-", min_size=1, max_size=3)
    return st.text(LETTERS, max_size=min(field.max_length or 12, 12))


def _different(parts: list) -> tuple:
    """Parts of which no two have the same slug, term or fact, as their rows demand."""
    kept: dict = {}
    for part in parts:
        unique = next((getattr(part, name) for name in ("slug", "term", "fact") if hasattr(part, name)), None)
        kept.setdefault(part.id if unique is None or type(part) in FREELY else unique, part)
    return tuple(kept.values())


FREELY = {Line, documents.statement.CoSpeaker}


def _without_odd_numbers(drawn: Map) -> Map:
    """Coordinates are small, words plain; PostgreSQL's JSON keeps neither the sign of zero nor numbers without end."""
    text = Text(en="Map", fr="Carte")
    dots = tuple(dot.model_copy(update={"x": 1.5, "y": 2.25}) for dot in drawn.dots)
    size = {"width": 640, "height": 400}
    return drawn.model_copy(
        update={**size, "dots": dots, "labels": (), "paths": (), "description": text, "caption": text}
    )


# --- what one row cannot hold -----------------------------------------------------------------------


def _observation(drawn: dict) -> dict:
    value = drawn["value"]
    if value is None:
        return drawn | {"value_max": None, "value_date": drawn["value_date"] or drawn["as_of"]}
    above = value * 10 if value > 0 else -value or Decimal(1)  # as many digits at most
    return drawn | {"value_date": None, "value_max": None if drawn["value_max"] is None else above}


def _term(drawn: dict) -> dict:
    if drawn["standing"] == "current":
        drawn["held_until"] = None
    return _half_open(drawn)


def _half_open(drawn: dict) -> dict:
    start, until = drawn["held_from"], drawn["held_until"]
    in_order = start is None or until is None or start.date < until.date
    return drawn if in_order else drawn | {"held_until": None}


def _meeting(drawn: dict) -> dict:
    early = drawn["until"] is not None and drawn["until"] <= drawn["starts_on"].date
    return drawn | {"timezone": "America/Toronto"} | ({"until": None} if early else {})


def _assessment(drawn: dict) -> dict:
    return drawn if drawn["as_of"] else drawn | {"status": ""}


def _line(drawn: dict) -> dict:
    targets = {name: value for name, value in drawn.items() if value is not None}
    name = next(iter(targets), None)
    return {name: targets[name]} if name else {}


def _relationship(drawn: dict) -> dict:
    one, other = _parties()
    return drawn | {"party_a": one, "party_b": other}


def _parties() -> list[Ref]:
    return [Ref(kind="party", id=row.pk) for row in BY_KIND["party"].objects.filter(slug__in=["norda", "suda"])]


REPAIRS = {
    documents.Observation: _observation,
    documents.Term: _term,
    documents.post.Vacancy: _half_open,
    documents.Meeting: _meeting,
    documents.Assessment: _assessment,
    Line: _line,
    documents.Relationship: _relationship,
}

"""What stands in a document, in words of the active language: labels, values, and a part in a few words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import formats
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.models import BY_KIND, PartialDate

from .base import Citation, CommitmentRef, Frozen, Part, Ref, TermRef, Text, Unit

Naming = Callable[[Ref], str]
# What identifies a document or a part, which cannot differ in two texts of it.
IDENTITY = frozenset({"schema_version", "kind", "id"})


def identity(ref: Ref) -> str:
    """The plainest naming of a record: its kind and the start of its id. Costs nothing and gives nothing away."""
    return f"{BY_KIND[ref.kind]._meta.verbose_name} {str(ref.id)[:8]}"


class Wording:
    """Says values in words; ``name`` says a reference, and what it may give away is the caller's decision."""

    def __init__(self, name: Naming) -> None:
        self.name = name

    def say(self, field: models.Field | None, value: Any) -> str:
        """A value in words; empty where there is none. The field knows the words of its choices."""
        if value is None or value == "":
            return ""
        if isinstance(value, TermRef):
            return f"{self.name(value.official)}, {self.name(value.post)}"
        if isinstance(value, CommitmentRef):
            return f"{self.name(value.priority)}: {value.slug}"
        if isinstance(value, Ref):
            return self.name(value)
        if isinstance(value, Citation):
            return value.cited.title
        if isinstance(value, tuple):
            return ", ".join(self.say(None, each) for each in value)
        return _plain(field, value)

    def caption(self, model: type[models.Model], place: int, part: Part) -> str:
        """A part in a few words: what it is, its place, and the first text or record that it names."""
        values = (getattr(part, name) for name in type(part).model_fields if name not in IDENTITY)
        said = (
            in_language(value) if isinstance(value, Text) else self.say(None, value)
            for value in values
            if isinstance(value, (Text, Ref, TermRef, CommitmentRef, PartialDate, Citation)) and value
        )
        about = Truncator(next(said, "")).words(10)
        return f"{model._meta.verbose_name} {place}" + (f" ({about})" if about else "")


def label_of(field: models.Field) -> str:
    """A field in an editor's words; one without words of its own is called what it points at."""
    if field.one_to_many:
        return str(field.related_model._meta.verbose_name_plural)
    if field.many_to_one and str(field.verbose_name) == field.name.replace("_", " "):
        return str(field.related_model._meta.verbose_name)
    return str(field.verbose_name).removesuffix(_(" (English)"))


def field_of(model: type[models.Model], name: str) -> models.Field:
    """The desk's field behind a document's, for a text that of its English column."""
    names = {field.name for field in model._meta.get_fields()}
    return model._meta.get_field(name if name in names else f"{name}_en")


def cited_in_full(value: Any) -> str:
    """Everything that a citation or a unit embeds, in one line."""
    if isinstance(value, Citation):
        cited = value.cited
        published = cited.published.isoformat if cited.published else ""
        return ", ".join(filter(None, [cited.title, cited.publisher, published, cited.url]))
    if isinstance(value, Unit):
        return " / ".join([value.name.en, value.name.fr, value.singular.en, value.singular.fr])
    return "" if value is None else str(value)


def active_language() -> str:
    """The language that words are said in: "fr" or "en"."""
    return "fr" if (get_language() or "").startswith("fr") else "en"


def in_language(text: Text) -> str:
    """A text in the active language, else in the other: for a caption, where something has to stand."""
    return getattr(text, active_language()) or text.en or text.fr


def date_in_words(day: datetime.date, precision: str = "day") -> str:
    """A date as far as it is known, as every page writes it: 26 February 2021, February 2021, 2021; 1er mars 2021."""
    if precision == "year":
        return f"{day.year:04d}"
    if precision == "month":
        return formats.date_format(day, "F Y")
    ordinal = day.day == 1 and active_language() == "fr"
    return "1er " + formats.date_format(day, "F Y") if ordinal else formats.date_format(day, "j F Y")


def is_a(held: Any, kind: type) -> bool:
    """Whether what a field holds, as ``desk.shape`` says it, is of this class."""
    return isinstance(held, type) and issubclass(held, kind)


def is_picture(value: Any) -> bool:
    """Whether it is something drawn or photographed, which has no words."""
    return isinstance(value, Frozen) and not isinstance(value, (Text, Ref, TermRef, CommitmentRef, Citation, Unit))


def key_of(value: Any) -> Any:
    """What tells one element of a set from another."""
    if isinstance(value, Citation):
        return value.source.id
    return getattr(value, "id", value)


def _plain(field: models.Field | None, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Unit):
        return in_language(value.name)
    if is_picture(value):
        return _("a picture")
    if isinstance(value, PartialDate):
        return date_in_words(value.date, value.precision)
    if isinstance(value, datetime.date):
        return date_in_words(value)
    if isinstance(value, datetime.time):
        return formats.time_format(value, "H:i")
    if isinstance(value, (int, Decimal)):
        return formats.number_format(value, use_l10n=True, force_grouping=True)
    return str(dict(getattr(field, "flatchoices", None) or ()).get(value, value))

"""What makes writing easier: how long a text should be, which texts are Markdown, and no sign that nobody sees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from relations.documents.tidy import tidy

# How many characters an English text should have at most, so that lists, cards and search results hold it. A longer
# one is saved all the same. By the field's name, or by the noun and the field where one noun needs another length.
RECOMMENDED = {
    "statement": 200,
    "title": 70,
    "name": 60,
    "heading": 60,
    "label": 70,
    "tagline": 90,
    "summary": 300,
    "official.summary": 800,
    "relationship.summary": 700,
    "priority.summary": 140,
    "intro": 500,
    "description": 140,
    "context": 120,
    "finding": 120,
    "text": 120,
    "quote": 300,
    "supports": 160,
    "note": 200,
    "priority.note": 800,
    "state_reason": 160,
    "place": 60,
    "made_in": 60,
    "framework": 60,
    "portrait_alt": 125,
}
FRENCH = 1.2  # says the same in a fifth more

# The texts that pages show as Markdown; every other one is shown as it was typed.
MARKDOWN = {"official.summary", "priority.note"}


class TidyField(forms.CharField):
    """A text without signs that nobody sees."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(tidy(value) if isinstance(value, str) else value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Browsers send lines with other ends than they were given: that is no change."""
        return super().has_changed(initial, tidy(data) if isinstance(data, str) else data)


def tidied(db_field: models.Field) -> dict[str, Any]:
    """What a plain text column asks of its form field; nothing for choices, addresses and the like."""
    is_text = type(db_field) in (models.CharField, models.TextField) and not db_field.choices
    return {"form_class": TidyField} if is_text else {}


def recommended(db_field: models.Field) -> int | None:
    """The length in characters that this text should not exceed; None where there is none to recommend."""
    name, language = _split(db_field)
    most = RECOMMENDED.get(_full(db_field, name)) or RECOMMENDED.get(name)
    if most is None or not language:
        return None
    return int(round(most * FRENCH, -1)) if language == "fr" else most


def is_markdown(db_field: models.Field) -> bool:
    return _full(db_field, _split(db_field)[0]) in MARKDOWN


def comfort(field: forms.Field, db_field: models.Field) -> forms.Field:
    """The same field, saying what is recommended: in words, and to the scripts that count and paste."""
    said = [field.help_text] if field.help_text else []
    if most := recommended(db_field):
        field.widget.attrs["data-recommended"] = most
        said.append(format_lazy(_("Recommended: at most {most} characters."), most=most))
    if is_markdown(db_field):
        field.widget.attrs["data-format"] = "markdown"
        said.append(_("Markdown: **bold**, *italic*, [link](https://…), a list with “- ”; an empty line starts anew."))
    field.help_text = format_lazy(" ".join(["{}"] * len(said)), *said) if len(said) > 1 else (said or [""])[0]
    return field


def _split(db_field: models.Field) -> tuple[str, str]:
    """``summary_fr`` → ("summary", "fr"); no language where the text is the same in both."""
    name, _separator, language = db_field.name.rpartition("_")
    return (name, language) if language in ("en", "fr") else (db_field.name, "")


def _full(db_field: models.Field, name: str) -> str:
    return f"{db_field.model._meta.model_name}.{name}"

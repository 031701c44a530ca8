"""The desk's forms: choices whose labels are known already, and children that find their own place."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db.models import Max, Model
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from .labels import label


class KnownLabels:
    """An autocomplete that takes the labels of what is chosen from rows already read.

    Stock ones ask once per widget: a meeting with thirty participants would cost thirty queries more than one
    with none.
    """

    known: dict[str, str]

    def optgroups(self, name: str, value: list, attrs: dict | None = None) -> list:
        known = getattr(self, "known", {})
        chosen = [str(each) for each in value if str(each) and self._may_be(each)]
        if any(each not in known for each in chosen):
            [(_group, options, _index)] = super().optgroups(name, value, attrs)
            known = {str(option["value"]): option["label"] for option in options}
        pairs = [] if self.allow_multiple_selected else [("", "–")]
        pairs += [(each, known[each]) for each in chosen if each in known]
        options = [self.create_option(name, key, text, key in chosen, i) for i, (key, text) in enumerate(pairs)]
        return [(None, options, 0)]

    def _may_be(self, key: Any) -> bool:
        """Whether this can be the key of a row at all; the stock widget fails on what cannot."""
        try:
            self.field.remote_field.model._meta.pk.to_python(key)
        except forms.ValidationError:
            return False
        return True


class KnownSelect(KnownLabels, AutocompleteSelect):
    """One choice."""


class KnownSelectMultiple(KnownLabels, AutocompleteSelectMultiple):
    """Several choices."""


class DeskForm(forms.ModelForm):
    """A form that tells its choices what the row in hand already names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(self.initial.get(name), Decimal):
                self.initial[name] = _short(self.initial[name])
            inner = _inner(field.widget)
            if isinstance(inner, KnownLabels):
                inner.known = {str(row.pk): label(row) for row in _named(self.instance, name)}


def _inner(widget: forms.Widget) -> forms.Widget:
    """The choice itself, without the links around it."""
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def _short(value: Decimal) -> Decimal:
    """The same number without the zeros that the column adds."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def _named(row: Model, name: str) -> list[Model]:
    """The rows that a field of this row holds, as far as they were read with it."""
    prefetched = getattr(row, "_prefetched_objects_cache", {})
    if name in prefetched:
        return list(prefetched[name])
    one = row._state.fields_cache.get(name)
    return [one] if one else []


class PartFormSet(BaseInlineFormSet):
    """Children in the editor's order: an empty position means "after the last"."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        position = form.fields.get("position")
        if position is not None:
            position.required = False
            if form.instance._state.adding:
                form.initial["position"] = None

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Model:
        self._place(form)
        return super().save_new(form, commit=commit)

    def save_existing(self, form: forms.ModelForm, obj: Model, commit: bool = True) -> Model:
        self._place(form)
        return super().save_existing(form, obj, commit=commit)

    def _place(self, form: forms.ModelForm) -> None:
        """Gives a row without a position the next one; asked once, then counted."""
        if "position" not in form.fields or form.cleaned_data.get("position") is not None:
            return
        if not hasattr(self, "_last"):
            typed = [form.cleaned_data.get("position") for form in self.forms if form.is_valid()]
            kept = self.queryset.model.objects.filter(**{self.fk.name: self.instance})
            stored = kept.aggregate(last=Max("position"))["last"]
            self._last = max([each for each in [*typed, stored] if each is not None], default=-1)
        self._last += 1
        form.instance.position = self._last


class Cell(forms.BoundField):
    """A field in a row of a table: what explains it stands in the head of its column, not below it."""

    @property
    def aria_describedby(self) -> str | None:
        return f"{self.auto_id}_error" if self.auto_id and self.errors else None


class RowFormSet(PartFormSet):
    """Children as rows of a table: their fields have no label beside them, so each says its own and its row."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.bound_field_class = Cell
        row = "" if index is None else f" {index + 1}"
        for name, field in form.fields.items():
            if not field.widget.is_hidden:
                _inner(field.widget).attrs["aria-label"] = f"{field.label or name}{row}"


class DaysField(forms.CharField):
    """A list of days, one on each line."""

    widget = forms.Textarea

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        """Takes what Django gives the field of a JSON column, and needs no coder."""
        super().__init__(**{**kwargs, "show_hidden_initial": False})

    def prepare_value(self, value: Any) -> str:
        return "\n".join(map(str, value)) if isinstance(value, list) else (value or "")

    def to_python(self, value: Any) -> list[str]:
        days = super().to_python(value).replace(",", " ").split()
        try:
            return [datetime.date.fromisoformat(day).isoformat() for day in days]
        except ValueError as error:
            raise forms.ValidationError(_("Write each day as YYYY-MM-DD.")) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), "\n".join((data or "").split()))

"""What somebody typed into a form, carried over: hidden in another page, or into a form of what stands there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseForm
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict

# Fields of a form's own, and of Django's popups; every other name with this start is a button.
KEPT = {"_popup", "_to_field"}
CHOICE = "keep:"


def typed(data: QueryDict) -> Iterator[tuple[str, str]]:
    """Name and value of every field that was sent, without buttons and without what the page in between asked."""
    for name, values in data.lists():
        is_button = name.startswith("_") and name not in KEPT
        if not is_button and not name.startswith(CHOICE) and name not in ("csrfmiddlewaretoken", "shown"):
            yield from ((name, value) for value in values)


def over(data: QueryDict, formsets: Iterable[BaseInlineFormSet]) -> QueryDict:
    """The same fields as if they had been typed into these fresh formsets.

    A child that both have keeps what was typed, one that was added meanwhile appears, and one that was removed
    meanwhile becomes a new one.
    """
    merged = QueryDict(mutable=True)
    prefixes = tuple(f"{formset.prefix}-" for formset in formsets)
    for name, value in typed(data):
        if not name.startswith(prefixes):
            merged.appendlist(name, value)
    for formset in formsets:
        _over_children(merged, data, formset)
    return merged


def _over_children(merged: QueryDict, data: QueryDict, formset: BaseInlineFormSet) -> None:
    key = formset.model._meta.pk.name
    rows = _rows(data, formset.prefix)
    for row in rows:
        row.pop(formset.fk.name, None)  # whose children they are the new form knows; the old one may be gone
    known = {row[key][0]: row for row in rows if row.get(key, [""])[0]}
    kept = [known.pop(str(form.instance.pk), None) or values(form) for form in formset.initial_forms]
    new = [row for row in rows if not row.get(key, [""])[0]]
    lost = [{**row, key: [""]} for row in known.values() if "DELETE" not in row]
    merged[f"{formset.prefix}-TOTAL_FORMS"] = str(len(kept) + len(lost) + len(new))
    merged[f"{formset.prefix}-INITIAL_FORMS"] = str(len(kept))
    for index, row in enumerate([*kept, *lost, *new]):
        for name, given in row.items():
            merged.setlist(f"{formset.prefix}-{index}-{name}", given)


def _rows(data: QueryDict, prefix: str) -> list[dict[str, list[str]]]:
    """The children that were sent under this prefix, each as field → values, in their order."""
    rows: dict[int, dict[str, list[str]]] = {}
    for name, given in data.lists():
        index, _dash, field = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and field and index.isdecimal():
            rows.setdefault(int(index), {})[field] = given
    return [rows[index] for index in sorted(rows)]


def values(form: BaseForm) -> dict[str, list[str]]:
    """What a browser would send if this form came back untouched, without its prefix."""
    sent: dict[str, list[str]] = {}
    for bound in form:
        value: Any = bound.value()
        if isinstance(value, (list, tuple)):
            sent[bound.name] = [str(getattr(each, "pk", each)) for each in value]
        elif value is True:
            sent[bound.name] = ["on"]
        elif value is not None and value is not False:
            sent[bound.name] = [str(value)]
    return sent

"""A figure while it is typed, as readers will see it: said by the very function that says it to them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from relations import documents
from relations.documents import Citation, Cited, Ref, Text, Unit
from relations.models import Observation, PartialDate
from relations.rendering.figures import shown

if TYPE_CHECKING:
    from .fact import FactAdmin

# What an observation also has, and what nobody sees in its figure.
_NOBODY = UUID(int=0)
_NOWHERE = Citation(
    source=Ref(kind="source", id=_NOBODY), cited=Cited(title="", publisher="", source_kind="official", language="en")
)
_SOME_DAY = PartialDate(date=datetime.date(2000, 1, 1), precision="day")


class FigureForm(forms.ModelForm):
    """The fields of an observation that make up its figure."""

    class Meta:
        model = Observation
        fields = ("value", "value_max", "value_date", "value_date_precision", "qualifier", "unit")


def said(row: Observation) -> dict[str, str]:
    """A figure in the words of the pages, by language; empty where there is none yet. No query if the unit was read."""
    if row.unit_id is None or (row.value is None and row.value_date is None):
        return {}
    day = row.value_date and PartialDate(date=row.value_date, precision=row.value_date_precision or "day")
    figure = documents.Observation(
        id=_NOBODY,
        value=row.value,
        value_max=row.value_max,
        value_date=day,
        unit=Unit(
            code=row.unit.code,
            name=Text(en=row.unit.name_en, fr=row.unit.name_fr),
            singular=Text(en=row.unit.singular_en, fr=row.unit.singular_fr),
        ),
        qualifier=row.qualifier,
        as_of=_SOME_DAY,
        source=_NOWHERE,
    )
    words = {}
    for language in documents.base.LANGUAGES:
        with translation.override(language):
            words[language] = shown(figure)["words"]
    return words


def beside(row: Observation) -> str:
    """The figure as saved, in a form; a script keeps it as typed."""
    context = {"words": said(row), "url": reverse("admin:relations_fact_figure")}
    return render_to_string("admin/relations/figure.html", context)


def view(model_admin: FactAdmin) -> Callable:
    """Says the figure that the query string holds, as JSON: ``words`` by language, or ``problem``."""

    @require_safe
    def figure(request: HttpRequest) -> HttpResponse:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        form = FigureForm(request.GET)
        return JsonResponse(_answer(form), headers={"Cache-Control": "private, no-store"})

    return figure


def _answer(form: FigureForm) -> dict[str, Any]:
    if not (form.data.get("value") or form.data.get("value_date")) or not form.data.get("unit"):
        return {"words": {}}
    if not form.is_valid():
        return {"words": {}, "problem": " ".join(str(each) for errors in form.errors.values() for each in errors)}
    return {"words": said(form.instance)}

"""What goes with a record that is deleted, in the words of the desk."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.text import capfirst


class Deletion:
    """The page that asks before deleting names things only: not the rows that do nothing but tie two of them."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        found, counts, *rest = super().get_deleted_objects(objs, request)
        ties = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        names = tuple(f"{capfirst(each.verbose_name)}: " for each in ties)
        plurals = {each.verbose_name_plural for each in ties}
        counts = {name: number for name, number in counts.items() if name not in plurals}
        return _without(found, names), counts, *rest


def _without(found: list, names: tuple[str, ...]) -> list:
    """A list of lists without the lines that begin with one of the names, nor lists that are empty then."""
    kept = [_without(each, names) if isinstance(each, list) else each for each in found]
    return [each for each in kept if each != [] and not str(each).startswith(names)]

"""Units of a pack: all facts share them, so a name that differs is said before it is changed."""

from __future__ import annotations

from relations.documents import Text, Unit
from relations.models import Unit as Row


def changed_units(units: dict[str, Unit]) -> tuple[list[Unit], list[str]]:
    """The units that the desk lacks or names otherwise, and a notice for each of the latter."""
    rows = Row.objects.in_bulk(list(units))
    changed = [unit for code, unit in units.items() if code not in rows or unit_of(rows[code]) != unit]
    notices = [
        f"Unit “{unit.code}”: “{rows[unit.code].name_en}” becomes “{unit.name.en}”. "
        "Facts show it when they are next published."
        for unit in changed
        if unit.code in rows
    ]
    return changed, notices


def write_units(units: list[Unit]) -> None:
    """Brings these units to the desk."""
    for unit in units:
        names = {f"name_{language}": name for language, name in unit.name}
        singulars = {f"singular_{language}": name for language, name in unit.singular}
        Row.objects.update_or_create(code=unit.code, defaults={**names, **singulars})


def unit_of(row: Row) -> Unit:
    """A unit as the desk has it."""
    return Unit(
        code=row.code,
        name=Text(en=row.name_en, fr=row.name_fr),
        singular=Text(en=row.singular_en, fr=row.singular_fr),
    )

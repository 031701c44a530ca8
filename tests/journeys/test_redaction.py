"""A name goes through the verbs and forms of the desk; then the law has it removed, and it stands nowhere."""

from __future__ import annotations

import datetime
import html
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db import models as fields
from django.test import Client

from relations.models import Fact, Release
from tests import cast
from tests.admin.conftest import url
from tests.cast import Clock, World, live_world, someone
from tests.intake.files import as_csv
from tests.journeys.forms import values
from tests.readers import a_report

NAME = "Schöller-Ngũgĩ"
SAID = f"A certain {NAME} built the border with his own hands."
BOTH = {"note_en": f"Now with {NAME}.", "note_fr": f"Maintenant avec {NAME}."}
ERRATUM = {"wrong_en": f"It was not {NAME}.", "wrong_fr": f"Ce n’était pas {NAME}."}
RIGHT = {"right_en": f"{NAME} did not.", "right_fr": f"{NAME} ne l’a pas fait."}
LAW = {"reason_en": "By order of a court.", "reason_fr": "Par ordre d’un tribunal.", "sure": "on"}


class Colleague:
    """Somebody at the desk, who opens pages, fills them in and presses buttons."""

    def __init__(self, name: str) -> None:
        self.client = Client()
        self.client.force_login(someone(name))

    def sends(self, address: str, button: str = "_save", **given: object) -> str:
        """Opens the page, changes what is given, presses the button, and returns where that leads."""
        found = values(self.client.get(address).content.decode())
        response = self.client.post(address, {**found, **given, button: "1"})
        assert response.status_code == 302, html.unescape(response.content.decode())
        return response.url

    def saves(self, record: Fact, words: str) -> None:
        self.sends(url(record), statement_en=words, statement_fr=f"{words} (fr)")


@pytest.fixture
def world(transactional_db: None, clock: Clock) -> World:
    return live_world(clock)


def through_review(fact: Fact) -> None:
    """He is named, returned, named again and approved, with reasons that say so too."""
    writer, editor = Colleague("writer"), Colleague("editor")
    writer.saves(fact, f"A first draft. {SAID}")
    writer.sends(url(fact, "submit"), "_submit", reason=f"Is it {NAME}?")
    editor.sends(url(fact, "review"), "_send_back", reason=f"It is {NAME}.")
    writer.saves(fact, SAID)
    writer.sends(url(fact, "submit"), "_submit", reason=f"{NAME} it is.")
    editor.sends(url(fact, "review"), "_approve", reason=f"{NAME}, then.")
    editor.sends(url(fact, "share"), made_for=f"The lawyer of {NAME}", days="7")


def through_a_release(fact: Fact, beside: Fact, clock: Clock) -> None:
    """A release of his name brings edition 2, and another record with the same note."""
    editor = Colleague("editor")
    editor.sends("/admin/relations/release/add/", name=f"Day of {NAME}", **BOTH)
    release = Release.objects.get()
    for record in (fact, beside):
        page = f"/admin/relations/release/collect/?records=fact:{record.pk}"
        editor.sends(page, "_add", into=str(release.pk), records=f"fact:{record.pk}")
    editor.sends(url(release, "share"), made_for=f"A friend of {NAME}", days="7")
    editor.sends(url(release, "publish"), "_now")
    clock.advance(minutes=1)


def around_what_is_live(fact: Fact, clock: Clock) -> None:
    """It is checked, copied, scheduled, taken back, changed, discarded, and imported by two files."""
    writer, editor = Colleague("writer"), Colleague("editor")
    editor.sends(url(fact, "verify"), checked_on=clock.now.date().isoformat(), source="", note=f"Asked {NAME}.")
    copy = Fact.objects.get(pk=writer.client.post(url(fact, "duplicate")).url.split("/")[-3])
    writer.saves(copy, "A copy of something.")
    writer.saves(fact, f"{SAID} Twice.")
    at = clock.now + datetime.timedelta(days=1)
    editor.sends(url(fact, "publish"), "_later", at=f"{at:%Y-%m-%dT%H:%M}", **BOTH)
    editor.sends(url(fact, "unschedule"))
    writer.sends(url(fact, "discard"), reason=f"{NAME} objects.")
    rows = as_csv({"slug": fact.slug, "statement_en": f"{SAID} Thrice.", "statement_fr": SAID, "sources": "gazette"})
    for given in (rows, f"slug\n{NAME}".encode()):
        writer.client.post("/admin/import/", {"files": SimpleUploadedFile(f"{NAME}.csv", given), "table": "fact"})


def put_right(world: World, fact: Fact, clock: Clock) -> None:
    """A reader reports it, a correction names him once more, and edition 4 says nothing of him."""
    writer, editor = Colleague("writer"), Colleague("editor")
    report = a_report(world, edition_number=2, text=f"Who is {NAME}?", evidence=NAME, made_at=clock.now)
    editor.sends(url(report), state="declined", outcome_en=f"{NAME} did.", outcome_fr=f"{NAME} l’a fait.")
    writer.saves(fact, f"{SAID} Not.")
    editor.sends(url(fact, "correct"), "_correct", first_edition="2", last_edition="2", **ERRATUM, **RIGHT)
    clock.advance(minutes=1)
    writer.saves(fact, "The border was built.")
    editor.sends(url(fact, "publish"), "_now", note_en="Shorter.", note_fr="Plus court.")
    clock.advance(minutes=1)


def words() -> Iterator[tuple[str, str]]:
    """Everything that a table of the site holds as words, and where."""
    kinds = fields.CharField | fields.TextField | fields.JSONField | fields.BinaryField | fields.FileField
    for model in apps.get_models(include_auto_created=True):
        held = [each.attname for each in model._meta.concrete_fields if isinstance(each, kinds)]
        for row in model._base_manager.values(*held) if held else ():
            for name, value in row.items():
                text = bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
                yield f"{model.__name__}.{name}", text


def where(name: str) -> set[str]:
    escaped = json.dumps(name)[1:-1]
    return {place for place, text in words() if name in text or escaped in text}


def files() -> list[Path]:
    """The files of the database, where it has any here."""
    if connection.vendor != "sqlite":
        return []
    name = Path(connection.settings_dict["NAME"])
    return sorted(name.parent.glob(f"{name.name}*"))


def test_what_the_law_removed_is_nowhere(world, clock):
    fact, beside = world.fact, cast.a_fact(world, "rivers")
    through_review(fact)
    through_a_release(fact, beside, clock)
    around_what_is_live(fact, clock)
    put_right(world, fact, clock)
    assert len(where(NAME)) > 20  # columns: the log, imports, moves, links …
    Colleague("manager").sends(url(fact, "redact"), "_redact", editions=["2", "3"], **LAW)
    assert where(NAME) == set()
    assert [file.name for file in files() if NAME.encode() in file.read_bytes()] == []

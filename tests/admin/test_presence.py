"""Who has a form open is told to whoever opens it too; nobody is kept out."""

from __future__ import annotations

import datetime

from relations.models import Presence
from relations.reading import clock

from .conftest import person, save, signed_in, url

NOTICE = "has this form open since"


def ago(minutes: int) -> None:
    Presence.objects.update(seen_at=clock.now() - datetime.timedelta(minutes=minutes))


def test_the_second_to_open_a_form_is_told_of_the_first(writer, editor, world):
    assert NOTICE not in writer.get(url(world.fact)).content.decode()
    assert f"writer {NOTICE}" in editor.get(url(world.fact)).content.decode()
    assert f"editor {NOTICE}" in writer.get(url(world.fact)).content.decode()


def test_nobody_is_told_of_themselves_or_of_another_record(writer, editor, world):
    writer.get(url(world.fact))
    assert NOTICE not in writer.get(url(world.fact)).content.decode()
    assert NOTICE not in editor.get(url(world.topic)).content.decode()


def test_a_part_and_its_whole_are_one_thing_to_work_on(writer, editor, world):
    writer.get(url(world.commitment))
    assert f"writer {NOTICE}" in editor.get(url(world.priority)).content.decode()
    assert f"editor {NOTICE}" in writer.get(url(world.commitment)).content.decode()


def test_whoever_saved_has_left(writer, editor, world):
    save(writer, world.fact, statement_en="Saved.")
    assert Presence.objects.count() == 0
    assert NOTICE not in editor.get(url(world.fact)).content.decode()


def test_after_twenty_minutes_somebody_has_gone_to_lunch(writer, editor, world):
    writer.get(url(world.fact))
    ago(19)
    assert NOTICE in editor.get(url(world.fact)).content.decode()
    ago(20)
    assert NOTICE not in editor.get(url(world.fact)).content.decode()


def test_looking_is_not_working(writer, world):
    person("stranger").user_permissions.clear()
    stranger = signed_in("stranger")
    assert stranger.get(url(world.fact)).status_code == 403
    writer.get("/admin/relations/fact/")
    writer.get(url(world.fact, "history"))
    assert Presence.objects.count() == 0


def test_it_costs_one_query_and_none_within_a_minute(writer, world, queries):
    queries(writer, url(world.topic))
    Presence.objects.all().delete()
    first = queries(writer, url(world.topic))
    again = queries(writer, url(world.topic))
    ago(2)
    assert (first - again, queries(writer, url(world.topic)) - again) == (1, 1)
    assert Presence.objects.count() == 1


def test_what_is_older_than_a_day_is_forgotten(writer, editor, world):
    writer.get(url(world.topic))
    ago(24 * 60 + 1)
    save(editor, world.fact, statement_en="Saved.")
    assert Presence.objects.count() == 0

"""The chain of editions and the roots of days: whatever is altered shows, and the first place is named."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from relations.documents import Text
from relations.models import Edition
from relations.publishing import schedule, withdraw
from relations.reading import chain
from relations.reading import clock as reading_clock
from tests import cast


@pytest.fixture
def clock(monkeypatch):
    standing = cast.Clock()
    monkeypatch.setattr(reading_clock, "now", standing)
    cache.clear()
    return standing


@pytest.fixture
def world(db, clock):
    """Three editions of a fact on three days, then a tombstone of a meeting."""
    world = cast.live_world(clock)
    for word in ("very", "extremely"):
        clock.advance(days=1)
        world.fact.statement_en = f"The border is {word} long."
        world.fact.save()
        cast.put_live(world.fact, clock=clock, note=Text(en="More.", fr="Plus."))
    withdraw(world.statement, reason=Text(en="Misheard.", fr="Mal entendu."), by=None, clock=clock)
    clock.advance(days=1)
    return world


def verify(**options) -> None:
    call_command("verify_editions", **options)


def edition(world, number: int):
    return Edition.objects.filter(record_id=world.fact.pk, number=number)


def test_what_nobody_touched_is_proven(world, capsys):
    verify()
    count = Edition.objects.count()
    assert f"{count} editions on 3 days are what they were." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"document": '{"x":1}'}, "does not have its digest"),
        ({"digest": "0" * 64}, "does not have its digest"),
        ({"previous_digest": ""}, "does not carry the digest"),
        ({"live_from": cast.MIDDAY + datetime.timedelta(hours=30)}, "does not end where it begins"),
    ],
)
def test_an_edition_that_was_altered_is_named(world, change, why):
    edition(world, 2).update(**change)
    with pytest.raises(CommandError, match=rf"fact {world.fact.pk}, edition 2 .*{why}"):
        verify()


def test_an_edition_that_was_taken_away_is_missed(world):
    edition(world, 2).delete()
    with pytest.raises(CommandError, match="edition 3"):
        verify()


def test_a_reason_that_was_altered_is_named(world):
    Edition.objects.filter(record_id=world.statement.pk, is_tombstone=True).update(reason_en="All is well.")
    with pytest.raises(CommandError, match=r"statement .* does not have its digest"):
        verify()


def test_the_newest_edition_cannot_be_replaced_whole_without_the_root_showing_it(world, tmp_path):
    """Text and digest together: within its record nothing contradicts it, only the root of that day."""
    kept = tmp_path / "roots.txt"
    kept.write_text("# kept\n\n" + "\n".join(map(str, chain.roots(reading_clock.now()))))
    verify(roots=kept)
    newest = edition(world, 3).get()
    forged = newest.document.replace("extremely", "hardly")
    newest.document, newest.digest = forged, chain.hashlib.sha256(forged.encode()).hexdigest()
    newest.save()
    verify()
    with pytest.raises(CommandError, match="says otherwise: 2026-03-04"):
        verify(roots=kept)


def test_what_is_scheduled_is_in_no_root(world, clock):
    before = chain.roots(clock())
    schedule([cast.a_fact(world, "later")], at=clock() + datetime.timedelta(days=3), by=None, clock=clock)
    assert chain.roots(clock()) == before


def test_an_earlier_root_never_changes(world, clock):
    before = chain.roots(clock())
    cast.put_live(cast.a_fact(world, "another"), clock=clock)
    assert chain.roots(clock())[: len(before)] == before
    assert len(chain.roots(clock())) == len(before) + 1


def test_the_roots_of_days_over_are_published(client, world, clock):
    text = client.get("/roots.txt").content.decode()
    assert text.splitlines()[1:] == [str(root) for root in chain.roots(clock())]
    cast.put_live(cast.a_fact(world, "today"), clock=clock)
    assert client.get("/roots.txt").content.decode() == text


def test_a_file_that_cannot_be_read_is_named(world, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        verify(roots=tmp_path / "nothing.txt")

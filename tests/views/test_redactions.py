"""What readers find in place of a text that had to be removed: the reason, and what proves that it was there."""

from __future__ import annotations

import json

import feedparser
import pytest
from django.core.management import call_command

from relations.documents import Text
from relations.models import Edition
from relations.publishing import redact, withdraw
from tests import cast

REASON = Text(en="By order of a court.", fr="Par ordre d’un tribunal.")
FACT = "/en/norda-suda/facts/border-length/"
LIST = "/en/norda-suda/redactions/"


@pytest.fixture
def world(db, clock):
    """A fact whose first edition was redacted on 4 March; the second is live since the 3rd."""
    world = cast.live_world(clock)
    clock.advance(days=1)
    world.fact.statement_en = "The border is short."
    world.fact.save()
    cast.put_live(world.fact, clock=clock)
    clock.advance(days=1)
    take_out(world.fact, 1, clock=clock)
    return world


def take_out(record, *numbers: int, clock, **how) -> None:
    redact(record, editions=numbers, reason=REASON, by=None, clock=clock, **how)
    clock.advance(seconds=2)


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("path", [f"{FACT}editions/1/", f"{FACT}editions/1/cite/", f"/en/@2026-03-02{FACT[3:]}"])
def test_its_address_says_that_it_was_redacted_and_why(client, world, path):
    response = client.get(path)
    assert response.status_code == 451
    page = text(response)
    assert "Edition 1 was on this site from 2 March 2026 until 3 March 2026." in page
    assert "By order of a court." in page
    assert "Redacted on 4 March 2026." in page
    assert Edition.objects.get(record_id=world.fact.pk, number=1).digest in page
    assert 'name="robots" content="noindex"' in page
    assert "The border is long." not in page


def test_in_french(client, world):
    page = text(client.get(f"{FACT}editions/1/".replace("/en/", "/fr/")))
    assert "Par ordre d’un tribunal." in page
    assert "By order" not in page


def test_what_came_after_it_stands(client, world):
    assert "The border is short." in text(client.get(FACT))
    assert client.get(f"{FACT}editions/2/").status_code == 200
    assert client.get("/en/@2026-03-02/norda-suda/facts/").status_code == 200


def test_the_history_keeps_its_place_and_says_why(client, world):
    page = text(client.get(f"{FACT}history/"))
    assert "What this page said: 2 editions." in page
    assert "By order of a court." in page
    assert f'href="{FACT}editions/1/"' in page
    assert f'href="{LIST}"' in page
    assert 'value="1"' not in page  # there is nothing to compare it by


def test_a_comparison_with_it_shows_nothing(client, world):
    assert "The border is long." not in text(client.get(f"{FACT}history/?from=1&to=2"))


def test_the_list_names_what_can_be_read_and_its_digest(client, world):
    page = text(client.get(LIST))
    assert "1 redaction" in page
    assert '<p class="sub">Fact</p>' in page
    assert f'<a href="{FACT}">The border is short.</a>' in page
    assert "from 2 March 2026 until 3 March 2026" in page
    assert Edition.objects.get(record_id=world.fact.pk, number=1).digest in page
    assert f'href="{LIST}"' in text(client.get("/en/norda-suda/corrections/"))


def test_what_cannot_be_read_is_named_by_its_address(client, world, clock):
    take_out(world.statement, 1, clock=clock, withdrawing=True, hides_address=True)
    page = text(client.get(LIST))
    assert f"<code>redacted-{world.statement.pk.hex[:12]}</code>" in page
    assert "good-neighbors" not in page
    assert client.get("/en/norda-suda/statements/good-neighbors/").status_code == 404
    assert client.get(f"/en/norda-suda/statements/redacted-{world.statement.pk.hex[:12]}/").status_code == 410


def test_before_it_was_redacted_the_list_did_not_say_so(client, world):
    assert "Nothing had to be redacted." in text(client.get(f"/en/@2026-03-03{LIST[3:]}"))


def test_the_list_costs_the_same_for_one_and_for_three(client, world, clock, django_assert_num_queries):
    with django_assert_num_queries(4) as one:
        client.get(LIST)
    take_out(world.statement, 1, clock=clock, withdrawing=True)
    take_out(world.official, 1, clock=clock, withdrawing=True)
    with django_assert_num_queries(len(one.captured_queries)):
        assert "3 redactions" in text(client.get(LIST))


def test_what_names_it_does_not_give_its_title_away(client, world, clock):
    """A withdrawn record is shown by its title; a redacted one is not."""
    assert "Ana Holt" in text(client.get("/en/norda-suda/meetings/first-call/"))
    take_out(world.official, 1, clock=clock, withdrawing=True)
    page = client.get("/en/norda-suda/meetings/first-call/")
    assert (page.status_code, "Ana Holt" in text(page), "Redacted text" in text(page)) == (200, False, False)


def test_the_feed_replaces_its_entry(client, world):
    entries = feedparser.parse(client.get("/en/norda-suda/changes.atom").content).entries
    [gone] = [each for each in entries if each.id.endswith(f"fact/{world.fact.pk}/1")]
    assert (gone.title, gone.summary, gone.updated[:10]) == ("Redacted text", "By order of a court.", "2026-03-04")
    assert gone.link.endswith(f"{FACT}editions/1/")


def test_every_entry_of_the_feed_keeps_its_id_for_ever(client, world, clock):
    def ids() -> list[str]:
        return [each.id for each in feedparser.parse(client.get("/en/norda-suda/changes.atom").content).entries]

    cast.put_live(cast.a_fact(world, "rivers"), clock=clock)
    clock.advance(days=1)
    before = ids()
    take_out(world.fact, 2, clock=clock, withdrawing=True, hides_address=True)
    assert ids()[1:] == before  # the withdrawal is new


def test_what_changed_says_that_the_text_before_is_gone(client, world):
    found = json.loads(client.get("/en/norda-suda/changes.json?since=2026-03-02&until=2026-03-03").content)
    [change] = found["changes"]
    assert (change["what"], change["words"]) == ("redacted", "Redacted: By order of a court.")
    assert (change["title"], change["from"], change["to"]) == ("The border is short.", None, 2)


def test_the_roots_say_so_beside_the_lines_that_prove(client, world, clock, capsys, tmp_path):
    clock.advance(days=2)
    body = text(client.get("/roots.txt"))
    edition = Edition.objects.get(record_id=world.fact.pk, number=1)
    assert f"# 2026-03-04 fact {world.fact.pk} 1 {edition.digest} By order of a court." in body.splitlines()
    kept = tmp_path / "roots.txt"
    kept.write_text(body)
    call_command("verify_editions", roots=kept)
    assert f"Redacted, by reason: fact {world.fact.pk}, edition 1: By order of a court." in capsys.readouterr().out


def test_a_withdrawn_page_leads_to_what_it_said(client, world, clock):
    clock.now = withdraw(world.statement, reason=REASON, by=None, clock=clock).live_from
    page = client.get("/en/norda-suda/statements/good-neighbors/")
    assert page.status_code == 410
    assert 'href="/en/norda-suda/statements/good-neighbors/history/"' in text(page)
    assert client.get("/en/norda-suda/statements/good-neighbors/editions/1/").status_code == 200

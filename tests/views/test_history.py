"""What a record said before: its history, its editions at their permanent addresses, and how to cite one."""

from __future__ import annotations

import json
import re

import pytest

from relations.documents import Text
from relations.models import Edition
from relations.publishing import schedule, withdraw
from tests import cast

FACT = "/en/norda-suda/facts/border-length/"


@pytest.fixture
def world(db, clock):
    """A fact in three editions."""
    world = cast.live_world(clock)
    for word in ("very", "extremely"):
        clock.advance(days=2)
        world.fact.statement_en = f"The border is {word} long."
        world.fact.save()
        cast.put_live(world.fact, clock=clock, note=Text(en=f"Now {word}.", fr="Mot ajouté."))
    clock.advance(hours=1)
    return world


def text(response) -> str:
    return response.content.decode()


def test_the_history_lists_every_edition_with_its_note(client, world):
    page = text(client.get(f"{FACT}history/"))
    assert re.findall(r'href="[^"]*/editions/(\d)/"', page) == ["3", "2", "1"]
    assert "Now very." in page
    assert "First edition." in page


def test_the_last_two_are_compared_unless_others_are_chosen(client, world):
    page = text(client.get(f"{FACT}history/"))
    assert "<del>very</del>" in page
    assert "<ins>extremely</ins>" in page
    chosen = text(client.get(f"{FACT}history/?from=1&to=2"))
    assert "From edition 1 to edition 2" in chosen
    assert "extremely long" not in chosen.split('id="h-diff"')[1]


def test_one_edition_alone_offers_nothing_to_compare(client, world):
    alone = text(client.get("/en/norda-suda/topics/border/history/?from=9"))
    assert "Edition 1" in alone
    assert "Compare" not in alone
    assert 'type="radio"' not in alone
    assert 'type="radio"' in text(client.get(f"{FACT}history/"))


@pytest.mark.parametrize("query", ["from=9&to=x", "from=2&to=2", "from=-1", "to=1e9", "from=1&from=2"])
def test_odd_choices_are_answered_with_the_last_two(client, world, query):
    response = client.get(f"{FACT}history/?{query}")
    assert response.status_code == 200
    assert "From edition 2 to edition 3" in text(response)


def test_an_edition_that_there_is_not_is_named_and_the_other_choice_is_kept(client, world):
    page = text(client.get(f"{FACT}history/?from=9&to=1"))
    assert "There is no edition “9” to compare." in page
    assert "From edition 1 to edition 3" in page
    assert "Choose two different editions." in text(client.get(f"{FACT}history/?from=2&to=2"))
    assert 'class="error"' not in text(client.get(f"{FACT}history/?from=1&to=2"))
    assert "Il n’y a pas d’édition «\xa09\xa0» à comparer." in text(
        client.get(f"{FACT.replace('/en/', '/fr/')}history/?from=9")
    )


def test_an_edition_stays_what_it_was(client, world):
    page = text(client.get(f"{FACT}editions/1/"))
    assert "The border is long." in page
    assert "This is edition 1 of 3." in page
    assert "A newer one exists." in page
    assert Edition.objects.get(record_id=world.fact.pk, number=1).digest in page


def test_the_newest_edition_says_that_it_is(client, world):
    page = text(client.get(f"{FACT}editions/3/"))
    assert "This is edition 3 of 3." in page
    assert "A newer one exists." not in page


def test_what_was_said_outlives_the_withdrawal_of_its_relationship(client, world, clock):
    below = {page: f"{FACT}{page}/" for page in ("history", "editions/1", "editions/1/cite")}
    links = text(client.get(below["history"])).count("/editions/")
    withdraw(world.relationship, reason=Text(en="Over.", fr="Fini."), by=None, clock=clock)
    clock.advance(hours=1)
    gone = client.get(FACT)
    assert gone.status_code == 410
    assert "/en/norda-suda/history/" in text(gone)
    assert client.get("/en/norda-suda/history/").status_code == 200
    assert {page: client.get(address).status_code for page, address in below.items()} == dict.fromkeys(below, 200)
    assert "The border is long." in text(client.get(below["editions/1"]))
    assert text(client.get(below["history"])).count("/editions/") == links


def test_a_permanent_address_outlives_a_rename_and_a_withdrawal(client, world, clock):
    before = text(client.get(f"{FACT}editions/1/"))
    world.fact.slug = "length"
    world.fact.save()
    cast.put_live(world.fact, clock=clock, note=Text(en="New address.", fr="Nouvelle adresse."))
    withdraw(world.fact, reason=Text(en="Wrong.", fr="Faux."), by=None, clock=clock)
    clock.advance(hours=1)
    after = text(client.get(f"{FACT}editions/1/"))
    assert "The page was withdrawn since." in after
    digest = Edition.objects.get(record_id=world.fact.pk, number=1).digest
    assert digest in before
    assert digest in after
    listed = text(client.get(f"{FACT}history/"))
    assert "Wrong." in listed
    assert re.findall(r"/editions/(\d)/\"", listed) == ["4", "3", "2", "1"]


def test_what_is_scheduled_is_in_no_history(client, world, clock):
    world.fact.statement_en = "Embargoed."
    world.fact.save()
    tonight = clock.now + cast.datetime.timedelta(hours=3)
    schedule([world.fact], at=tonight, by=None, clock=clock, note=Text(en="Soon.", fr="Bientôt."))
    assert "Embargoed" not in text(client.get(f"{FACT}history/"))
    assert client.get(f"{FACT}editions/4/").status_code == 404
    assert client.get(f"{FACT}editions/4/cite/").status_code == 404
    clock.now = tonight
    assert "Embargoed" in text(client.get(f"{FACT}editions/4/"))


def test_a_difference_does_not_name_what_is_not_public(client, world, clock):
    """The record that an old edition names can be gone from the site by now; its name is history, not its words."""
    hidden = cast.a_topic(world, "hidden", name_en="Hidden topic", name_fr="Sujet caché")
    schedule([hidden], at=clock.now + cast.datetime.timedelta(hours=3), by=None, clock=clock)
    assert "Hidden topic" not in text(client.get(f"{FACT}history/?from=1&to=3"))


def test_minor_changes_are_folded_unless_one_of_them_is_compared(client, world):
    Edition.objects.filter(record_id=world.fact.pk, number=2).update(is_minor=True)
    page = text(client.get(f"{FACT}history/?from=1&to=3"))
    assert "1 minor change" in page
    assert page.count('<details class="minor">') == 1
    assert '<details class="minor" open>' in text(client.get(f"{FACT}history/?from=2&to=3"))


@pytest.mark.parametrize(
    "path",
    [
        "norda-suda/", "norda-suda/meetings/first-call/", "norda-suda/priorities/clean-water/",
        "norda-suda/topics/border/", "officials/ana-holt/", "sources/gazette/",
        "norda-suda/statements/good-neighbors/", "norda-suda/fact-sheets/roadmap/",
    ],
)  # fmt: skip
def test_every_kind_of_page_has_its_history_in_both_languages(client, world, path, django_assert_max_num_queries):
    for language in ("en", "fr"):
        for below in ("history/", "editions/1/", "editions/1/cite/"):
            with django_assert_max_num_queries(8):
                assert client.get(f"/{language}/{path}{below}").status_code == 200


def test_a_page_leads_to_its_history_and_to_the_forms(client, world):
    page = text(client.get(FACT))
    assert f'href="{FACT}history/"' in page
    assert f'href="{FACT}editions/3/cite/"' in page


def test_the_history_can_be_read_on_a_day(client, world):
    page = text(client.get("/en/@2026-03-04" + FACT.removeprefix("/en") + "history/"))
    assert re.findall(r'href="[^"]*/editions/(\d)/"', page) == ["2", "1"]


# ---- citing


@pytest.fixture
def forms(client, world):
    def form(name: str, language: str = "en") -> str:
        return text(client.get(FACT.replace("/en/", f"/{language}/") + "editions/2/cite/", {"form": name}))

    return form


def test_every_form_has_both_dates_the_address_and_the_digest(forms, world):
    digest = Edition.objects.get(record_id=world.fact.pk, number=2).digest
    for name in ("text", "chicago", "apa", "wikipedia", "bibtex", "ris", "csl"):
        said = forms(name)
        assert digest in said, name
        assert f"http://testserver{FACT}editions/2/" in said, name
        assert "2026" in said, name


def test_the_forms_are_written_as_their_readers_expect(forms):
    assert forms("chicago").startswith("Bilateral Record. “The border is very long.” Edition 2, March 4, 2026.")
    assert forms("apa").startswith("Bilateral Record. (2026, March 4). The border is very long (Edition 2)")
    assert forms("wikipedia").startswith("{{cite web |title=The border is very long |website=Bilateral Record")
    assert forms("wikipedia", "fr").startswith("{{Lien web |titre=La frontière est longue |site=")
    assert "  year = {2026},\n  month = mar,\n  day = {4},\n" in forms("bibtex")
    assert "TY  - ELEC\r\nTI  - The border is very long\r\n" in forms("ris")
    [item] = json.loads(forms("csl"))
    assert item["issued"] == {"date-parts": [[2026, 3, 4]]}
    assert item["accessed"] == {"date-parts": [[2026, 3, 6]]}


def test_an_edition_on_another_day_says_so_and_is_cited_by_the_address_that_stays(client, world):
    there = "/en/@2026-03-04" + FACT.removeprefix("/en")
    permanent = f"http://testserver{FACT}editions/2/"
    assert f'<span class="cite__url">{permanent}</span>' in text(client.get(there))
    edition = text(client.get(f"{there}editions/2/"))
    assert f'<span class="cite__url">{permanent}</span>' in edition
    assert "This site as it stood on" in edition
    assert f" {permanent} SHA-256 " in text(client.get(f"{there}editions/2/cite/", {"form": "text"}))


def test_signs_that_a_form_could_act_on_are_harmless(client, world, clock):
    world.fact.statement_en = "100% {of} $trade_& more | less\nTY  - JOUR"
    world.fact.save()
    cast.put_live(world.fact, clock=clock, note=Text(en="Odd.", fr="Étrange."))
    clock.advance(seconds=2)
    address = f"{FACT}editions/4/cite/"
    assert r"100\% \{of\} \$trade\_\& more" in text(client.get(address, {"form": "bibtex"}))
    assert text(client.get(address, {"form": "ris"})).count("TY  - ") == 1  # the title is one line, its spaces single
    assert "more {{!}} less" in text(client.get(address, {"form": "wikipedia"}))

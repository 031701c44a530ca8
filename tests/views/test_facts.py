"""The pages of facts: the list, and one."""

from __future__ import annotations

import json
import re

import pytest

from relations.documents import Text
from relations.publishing import withdraw
from tests import cast

LIST = "/en/norda-suda/facts/"
MOST_QUERIES = 6


@pytest.fixture
def world(db, clock):
    return cast.live_world(clock)


def text(response) -> str:
    return response.content.decode()


def test_the_list_shows_every_fact_with_its_figure(client, world):
    page = text(client.get(LIST))
    assert "1 fact" in page
    assert 'href="/en/norda-suda/facts/border-length/"' in page
    assert '<span class="num">5,526.5</span> <span class="unit">miles</span>' in page


def test_the_list_speaks_french_and_no_english_title_slips_in(client, world):
    page = text(client.get(LIST.replace("/en/", "/fr/")))
    assert "La frontière est longue." in page
    assert "The border is long." not in page


@pytest.mark.parametrize("query", ["", "?topic=border&by=norda&kind=with&q=border&from=2020-01-01&sort=newest"])
def test_a_list_costs_as_much_with_three_facts_as_with_one(client, world, clock, django_assert_num_queries, query):
    with django_assert_num_queries(5) as one:
        client.get(LIST + query)
    cast.put_live(cast.a_fact(world, "second"), cast.a_fact(world, "third"), clock=clock)
    with django_assert_num_queries(len(one.captured_queries)):
        assert "3 facts" in text(client.get(LIST + query))


def test_a_bad_value_is_answered_with_a_message_and_the_input_kept(client, world):
    response = client.get(LIST + "?from=yesterday&topic=nope&q=" + "a" * 201)
    page = text(response)
    assert response.status_code == 200
    assert 'value="yesterday" aria-invalid="true" aria-describedby="from-error"' in page
    assert "“nope” is not in this list, so it was left out." in page
    assert 'id="q-error"' in page
    assert "a" * 201 in page
    assert '<details class="filters__panel" open>' in page


def test_words_are_marked_and_typed_markup_is_not_markup(client, world):
    page = text(client.get(LIST + "?q=BORDER"))
    assert "The <mark>border</mark> is long." in page
    page = text(client.get(LIST + "?q=<script>alert(1)</script>"))
    assert "<script>alert" not in page
    assert "Nothing in the record fits." in page


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", "1e309", "%00", "٢", "9" * 5000, ""])
def test_any_page_number_leads_to_a_page(client, world, number):
    assert "1 fact" in text(client.get(f"{LIST}?page={number}"))


def test_pages_keep_the_filters_and_nothing_else(client, world, clock):
    cast.put_live(*(cast.a_fact(world, f"more-{n}", figures=False) for n in range(24)), clock=clock)
    page = text(client.get(LIST + "?junk=1&topic=border&page=2"))
    assert "21–25 of 25" in page
    assert f'href="{LIST}?topic=border" rel="prev"' in page
    assert "junk" not in re.sub(r'<a href="/fr/.*?</a>', "", page)


def test_only_simple_lists_are_offered_to_search_engines(client, world):
    assert "noindex" not in text(client.get(LIST))
    assert "noindex" not in text(client.get(LIST + "?topic=border"))
    assert "noindex" in text(client.get(LIST + "?topic=border&by=norda"))
    assert "noindex" in text(client.get(LIST + "?q=border"))


def test_downloads_are_filtered_like_the_page(client, world):
    page = text(client.get(LIST + "?topic=border&junk=1"))
    assert 'href="/en/norda-suda/facts.csv?topic=border"' in page


def test_one_fact_says_its_figure_its_date_and_who_states_it(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        page = text(client.get(LIST + "border-length/"))
    assert "<h1>The border is long.</h1>" in page
    assert '<span class="num">5,526.5</span>' in page
    assert "The source gives no day or month." in page
    assert "No statement by Suda is in the record." in page
    assert "The gazette of record" in page


def test_the_page_of_a_fact_leads_to_what_names_it(client, world):
    page = text(client.get(LIST + "border-length/"))
    for address in ("/en/norda-suda/fact-sheets/roadmap/", "/en/norda-suda/", "/en/norda-suda/meetings/first-call/"):
        assert f'href="{address}"' in page


def test_every_figure_is_in_the_table_and_two_make_a_chart(client, world):
    page = text(client.get(LIST + "border-length/"))
    table = page[page.index("<table") : page.index("</table>")]
    assert table.index("5,526.5") < table.index("5,525")
    assert '<figure class="plot">' in page


def test_machines_are_told_what_the_fact_is(client, world):
    page = text(client.get(LIST + "border-length/"))
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (data["@type"], data["text"]) == ("Claim", "The border is long.")
    assert 'property="og:title" content="The border is long."' in page


def test_a_fact_without_a_figure_and_a_fact_that_is_not_verified(client, world, clock):
    note = {"note_en": "No source was found.", "note_fr": "Aucune source."}
    cast.put_live(cast.a_fact(world, "doubtful", figures=False, verified=False, **note), clock=clock)
    page = text(client.get(LIST + "doubtful/"))
    assert "Not verified." in page
    assert "No source was found." in page
    assert "bignum" not in page


def test_a_former_address_leads_to_the_present_one(client, world, clock):
    world.fact.slug = "length"
    world.fact.save()
    cast.put_live(world.fact, clock=clock)
    response = client.get(LIST + "border-length/?x=1")
    assert (response.status_code, response["Location"]) == (301, LIST + "length/?x=1")


def test_a_withdrawn_fact_says_why_and_an_unknown_one_is_not_found(client, world, clock):
    lonely = cast.a_fact(world, "lonely")
    cast.put_live(lonely, clock=clock)
    withdraw(lonely, reason=Text(en="It was wrong.", fr="Erreur."), by=cast.someone("editor"), clock=clock)
    clock.advance(minutes=1)
    response = client.get(LIST + "lonely/")
    assert (response.status_code, "It was wrong." in text(response)) == (410, True)
    assert client.get(LIST + "never-was/").status_code == 404


def test_a_draft_is_nowhere(client, world):
    cast.a_fact(world, "secret", statement_en="Secret words.", statement_fr="Mots secrets.")
    assert client.get(LIST + "secret/").status_code == 404
    assert "Secret words" not in text(client.get(LIST))
    assert "Secret words" not in text(client.get(LIST + "border-length/"))

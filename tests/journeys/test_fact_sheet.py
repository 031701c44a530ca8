"""Every claim of the fact sheet of 26 February 2021 can be found, with its date and its source, in both languages."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.effort import sample
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db

FACT_SHEET = "/fact-sheets/neighbors-friends-allies-2021/"
SHEET_SOURCE = "state-factsheet-2021"
LANGUAGES = ["en", "fr"]

# A line of the fact sheet: where it leads, what is read there in English and in French, and a date that is said.
FACTS = {
    "friends-150-years": ("more than 150 years", "plus de 150 ans", "2021-02-26"),
    "first-call-president-2021": ("22 January 2021", "22 janvier 2021", "2021-02-26"),
    "first-call-secretary-2021": ("26 January 2021", "26 janvier 2021", "2021-02-26"),
    "first-bilateral-2021": ("23 February 2021", "23 février 2021", "2021-02-26"),
    "first-virtual-trip-2021": ("26 February 2021", "26 février 2021", "2021-02-26"),
    "border-length": ("5,525 miles", "5 525 milles", "2021-02-26"),
    "land-ports-of-entry": ("120 land ports of entry", "120 points d’entrée terrestres", "2021-02-26"),
    "border-daily-cooperation": ("every day to keep the border secure", "chaque jour", "2021-02-26"),
    "daily-trade": ("1.9 billion", "1,9 milliard", "2021-02-26"),
    "defense-arrangements": ("defense arrangements", "ententes de défense", "2021-02-26"),
    "nato-commitment": ("NATO", "OTAN", "2021-02-26"),
    "norad": ("NORAD", "NORAD", "2021-02-26"),
    "usmca-in-force": ("1 July 2020", "1er juillet 2020", "2021-02-26"),
    "roadmap-areas": ("six areas", "six volets", "2021-02-26"),
}
MEETINGS = {
    "call-2021-01-22": ("2021-01-22", ["Joseph R. Biden Jr.", "Justin Trudeau"]),
    "call-2021-01-26": ("2021-01-26", ["Antony J. Blinken", "Marc Garneau"]),
    "virtual-2021-02-23": ("2021-02-23", ["Joseph R. Biden Jr.", "Justin Trudeau", "Kamala", "Chrystia Freeland"]),
    "virtual-visit-2021-02-26": ("2021-02-26", ["Antony J. Blinken", "Justin Trudeau", "Marc Garneau"]),
}
VISIT = {  # the four topics of the visit
    "en": ["COVID-19", "climate", "economic ties", "defense and security"],
    "fr": ["COVID-19", "climat", "Liens économiques", "Défense et sécurité"],
}
ROADMAP = {  # each area, and one of its commitments
    "covid-19": "control-pandemic",
    "build-back-better": "supply-chain-strategy",
    "climate": "climate-ministerial",
    "diversity-inclusion": "fairer-justice",
    "security-defense": "modernize-norad",
    "global-alliances": "multilateral-recommitment",
}
QUOTATION = {
    "en": "Canada is one of our closest allies, and I look forward to working in partnership",
    "fr": "Le Canada est l’un de nos plus proches alliés",
}
ISSUER = {"en": "U.S. Department of State", "fr": "département d’État des États-Unis"}


@pytest.fixture(params=LANGUAGES)
def language(request, loaded_site, clock) -> str:
    """The language in which the reader reads the loaded site."""
    return request.param


@pytest.fixture
def reader(language: str) -> Reader:
    """A reader who came to the home of the relationship and opened the fact sheet from there."""
    return Reader(f"/{language}/united-states-canada/").follow(FACT_SHEET)


def test_the_fact_sheet_says_who_issued_it_when_and_that_it_speaks_of_that_day(reader, language):
    reader.reads(ISSUER[language])
    reader.sees_the_date("2021-02-26")
    reader.sees_the_source(SHEET_SOURCE)
    assert 'class="notice' in reader.markup


def test_each_fact_is_a_line_that_leads_to_its_record_with_date_and_source(reader, language):
    sheet = reader.address
    for slug, (english, french, day) in sample([*FACTS.items()], 2, start=LANGUAGES.index(language)):
        Reader(sheet).follow(f"/facts/{slug}/").reads({"en": english, "fr": french}[language]).sees_the_date(
            day
        ).sees_a_source()


def test_each_meeting_is_a_line_that_leads_to_who_took_part(reader):
    sheet = reader.address
    for slug, (day, people) in MEETINGS.items():
        Reader(sheet).follow(f"/meetings/{slug}/").reads(*people).sees_the_date(day).sees_a_source()


def test_the_four_topics_of_the_visit_are_on_its_agenda(reader, language):
    reader.follow("/meetings/virtual-visit-2021-02-26/").reads(*VISIT[language])
    reader.sees_the_source(SHEET_SOURCE)


def test_each_area_of_the_roadmap_is_a_priority_with_its_commitments(reader):
    sheet = reader.address
    for slug, commitment in ROADMAP.items():
        page = Reader(sheet).follow(f"/priorities/{slug}/").sees_a_source().page
        assert commitment in page.ids


def test_the_quotation_is_there_word_for_word_with_who_said_it_and_when(reader, language):
    reader.reads(QUOTATION["en"], QUOTATION[language], "Antony J. Blinken")
    reader.follow("/statements/blinken-closest-allies-2021/")
    reader.reads(QUOTATION["en"], QUOTATION[language])
    reader.sees_the_date("2021-01-26")
    reader.sees_a_source()


def test_the_source_of_the_fact_sheet_has_a_page_and_its_text_can_be_read_elsewhere(reader):
    assert any(link.startswith("https://") for link in reader.page.links)
    reader.follow(f"/sources/{SHEET_SOURCE}/").sees_the_date("2021-02-26")


SEARCHES = {
    "en": {
        "5,525": "border-length",
        "5525 miles": "border-length",
        "8 891": "border-length",
        "ports of entry": "land-ports-of-entry",
        "NORAD": "norad",
        "NATO": "nato-commitment",
    },
    "fr": {
        "8 891": "border-length",
        "5,525": "border-length",
        "entree": "land-ports-of-entry",
        "NORAD": "norad",
        "OTAN": "nato-commitment",
    },
}


def test_a_reader_who_searches_finds_it_too(language):
    for words, slug in SEARCHES[language].items():
        Reader(f"/{language}/search/?q={quote(words)}").follow(f"/facts/{slug}/")

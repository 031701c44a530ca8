"""Which addresses a copy holds, and in which files."""

import pytest

from relations.freezing.addresses import file_of, is_kept, link

KEPT = {
    "/": "index.html",
    "/en/": "en/index.html",
    "/sitemap.xml": "sitemap.xml",
    "/fr/norda-suda/facts/border-length/": "fr/norda-suda/facts/border-length/index.html",
    "/en/norda-suda/facts/?topic=border": "en/norda-suda/facts/topic=border/index.html",
    "/en/norda-suda/facts/?topic=border&page=2": "en/norda-suda/facts/topic=border,page=2/index.html",
    "/en/norda-suda/facts.csv": "en/norda-suda/facts.csv",
    "/en/sources.csv": "en/sources.csv",
    "/en/norda-suda/facts.csv?topic=border": "en/norda-suda/facts,topic=border.csv",
    "/en/norda-suda/?on=2021-02-26": "en/norda-suda/on=2021-02-26/index.html",
    "/en/norda-suda/facts/border-length/history/?from=1&to=2": (
        "en/norda-suda/facts/border-length/history/from=1,to=2/index.html"
    ),
    "/static/css/base.css": "static/css/base.css",
}
LIVING = [
    "/admin/",
    "/healthz",
    "/en/search/",
    "/en/search/?q=border",
    "/en/at/?day=2021-02-26",
    "/en/timemap/norda-suda/",
    "/en/@2021-02-26/norda-suda/",
    "/en/norda-suda/facts/?topic=border&by=norda",
    "/en/norda-suda/facts/?topic=border&topic=trade",
    "/en/norda-suda/facts/?q=a+b",
    "/en/norda-suda/facts/?topic=../../../etc/passwd",
    "/en/norda-suda/facts/?topic=",
    "/en/norda-suda/facts.csv?on=2021-02-26",
    "/en/norda-suda/changes/?since=2021-02-26",
    "/en/norda-suda/facts/border-length/editions/1/cite/?form=ris",
    "/en/norda-suda/nothing-of-the-kind",
]


@pytest.mark.parametrize(("address", "file"), KEPT.items())
def test_a_public_page_asked_for_one_thing_has_a_file_whose_name_says_it(address, file):
    assert is_kept(address)
    assert file_of(address) == file


@pytest.mark.parametrize("address", LIVING)
def test_what_needs_an_answer_is_left_to_the_living_site(address):
    assert not is_kept(address)


def test_no_two_addresses_share_a_file():
    assert len({file_of(address) for address in KEPT}) == len(KEPT)


@pytest.mark.parametrize(
    ("here", "there", "address"),
    [
        ("index.html", "en/index.html", "en/index.html"),
        ("en/a/facts/topic=x/index.html", "en/a/facts/index.html", "../index.html"),
        ("en/a/index.html", "static/css/base.css", "../../static/css/base.css"),
        ("en/a/index.html", "en/a/index.html", "index.html"),
    ],
)
def test_links_between_files_are_relative_and_name_the_file(here, there, address):
    assert link(here, there) == address

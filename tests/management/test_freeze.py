"""`manage.py freeze` and `manage.py verify_freeze`: the whole site in a folder."""

from __future__ import annotations

import datetime
import json
import shutil
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from relations.documents import Text
from relations.freezing import Manifest
from relations.freezing.addresses import file_of
from relations.freezing.manifest import addresses, files_in
from relations.freezing.walk import Walk
from relations.management.commands.freeze import manifest_of
from relations.publishing import schedule, withdraw
from relations.reading import clock as reading_clock
from relations.rendering.frozen import Frozen
from tests import cast
from tests.effort import only_whole

pytestmark = pytest.mark.slow

LIVING = "http://testserver"
DAY = datetime.timedelta(days=1)
WORDS = {"portrait_alt_en": "A woman", "portrait_alt_fr": "Une femme", "portrait_credit": "Ana Holt"}


def run(command: str, *arguments: object) -> str:
    """What the command prints."""
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def a_site_with_a_past(clock: cast.Clock) -> cast.World:
    """A world in its second week: one fact corrected, one withdrawn, one embargoed, one rewritten on the desk alone."""
    world = cast.live_world(clock)
    cast.put_live(cast.a_fact(world, "soon-gone", statement_en="Soon gone."), clock=clock)
    clock.advance(days=7)
    world.fact.statement_en = "The border is very long."
    world.fact.save()
    world.official.portrait = cast.a_portrait()
    for name, words in WORDS.items():
        setattr(world.official, name, words)
    world.official.save()
    cast.put_live(world.fact, world.official, clock=clock, note=Text(en="Measured anew.", fr="Mesurée de nouveau."))
    gone = type(world.fact).objects.get(slug="soon-gone")
    reason = Text(en="It was wrong.", fr="C’était faux.")
    clock.now = withdraw(gone, reason=reason, by=cast.someone("manager"), clock=clock).live_from
    coming = cast.a_fact(world, "embargoed", statement_en="A secret until tomorrow.")
    schedule([coming], at=clock.now + DAY, by=cast.someone("editor"), clock=clock)
    world.fact.statement_en = "An unpublished draft."
    world.fact.save()
    cast.a_meeting(world, "never-published", title_en="A hidden meeting")
    return world


# One address of each kind, to be visited once more: at the same instant, and as of the day the site began.
ADDRESSES = [
    "/", "/robots.txt", "/roots.txt", "/sitemap.xml", "/fr/", "/en/norda-suda/", "/en/norda-suda/?on=2021-02-26",
    "/en/norda-suda/facts/", "/fr/norda-suda/facts/?topic=border", "/en/norda-suda/facts.csv",
    "/en/norda-suda/facts.json", "/en/sources.csv", "/en/norda-suda/fact-sheets.csv",
    "/en/norda-suda/meetings/", "/en/norda-suda/meetings.ics",
    "/en/norda-suda/meetings/2021-02/", "/en/norda-suda/changes.atom", "/en/norda-suda/changes/",
    "/en/officials/ana-holt/",
    "/en/norda-suda/facts/border-length/", "/en/norda-suda/facts/border-length/history/",
    "/en/norda-suda/facts/border-length/editions/1/", "/en/norda-suda/facts/border-length/editions/1/cite/",
]  # fmt: skip


@dataclass
class Copies:
    """The site frozen whole; and some of its pages once more, and as of the day it began."""

    now: Path
    again: Path
    then: Path
    began: Manifest


@pytest.fixture(scope="module")
def copies(django_db_setup, django_db_blocker, tmp_path_factory) -> Copies:
    base = tmp_path_factory.mktemp("frozen")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        clock = cast.Clock()
        patch.setattr(reading_clock, "now", clock)
        a_site_with_a_past(clock)
        made = Copies(base / "now", base / "again", base / "then", manifest_of(cast.MIDDAY.date()))
        run("freeze", made.now)
        visit(made.again, Frozen(clock.now))
        visit(made.then, Frozen(made.began.instant, made.began.as_of))
        transaction.set_rollback(True)
    return made


def visit(folder: Path, frozen: Frozen) -> None:
    walk = Walk(folder, frozen)
    for address in ADDRESSES:
        walk.visit(address)


@pytest.fixture
def now(copies) -> Path:
    return copies.now


@pytest.fixture
def then(copies) -> Path:
    return copies.then


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def everything(folder: Path) -> str:
    """Every name and every text of a copy."""
    names = sorted(files_in(folder))
    readable = [name for name in names if not name.endswith((".webp", ".woff2"))]
    return "\n".join([*names, *(text(folder / name) for name in readable)])


# ---- what is in it


@pytest.mark.parametrize(
    "name",
    [
        "index.html", "404.html", "robots.txt", "roots.txt", "sitemap.xml", "SHA256SUMS", "freeze.json",
        "{}/index.html", "{}/about/index.html", "{}/sources/index.html", "{}/officials/ana-holt/index.html",
        "{}/norda-suda/index.html", "{}/norda-suda/facts/index.html",
        "{}/norda-suda/facts/topic=border/index.html", "{}/norda-suda/facts/by=norda/index.html",
        "{}/norda-suda/facts.csv", "{}/norda-suda/facts.json", "{}/norda-suda/facts,topic=border.csv",
        "{}/norda-suda/fact-sheets.csv", "{}/sources.json", "{}/sources,kind=official.csv",
        "{}/norda-suda/on=2021-02-26/index.html",
        "{}/norda-suda/meetings/2021-02/index.html", "{}/norda-suda/meetings/first-call.ics",
        "{}/norda-suda/meetings.ics", "{}/norda-suda/changes.atom", "{}/norda-suda/changes/index.html",
        "{}/norda-suda/facts/border-length/history/index.html",
        "{}/norda-suda/facts/border-length/editions/1/index.html",
        "{}/norda-suda/facts/border-length/editions/2/index.html",
        "{}/norda-suda/facts/border-length/editions/2/cite/index.html",
        f"media/portraits/{'a' * 64}-384.webp",
        "static/css/base.css", "static/fonts/newsreader-500.woff2", "static/img/icon.svg", "static/js/copy.js",
    ],
)  # fmt: skip
def test_every_kind_of_page_and_file_is_there_in_both_languages(now, name):
    assert [code for code in ("en", "fr") if not (now / name.format(code)).is_file()] == []


def test_each_language_speaks_its_own(now):
    assert '<html lang="en">' in text(now / "en/norda-suda/index.html")
    page = text(now / "fr/norda-suda/facts/index.html")
    assert '<html lang="fr">' in page
    assert "La frontière est longue." in page


def test_no_link_is_dead_and_none_needs_a_server(now):
    assert "no link between them is dead" in run("verify_freeze", now)
    for name in files_in(now):
        if name.endswith(".html") and name != "404.html":
            found = addresses(text(now / name))
            assert [url for url in found if url.startswith("/") or (url.endswith("/") and "://" not in url)] == [], name
            assert [url for url in found if "?" in url and not url.startswith(f"{LIVING}/")] == [], name


def test_the_door_leads_on_where_a_server_would_redirect(now):
    assert 'content="0; url=norda-suda/index.html"' in text(now / "en/index.html")


def test_filters_are_links_to_the_lists_of_each_value(now):
    page = text(now / "en/norda-suda/facts/index.html")
    assert 'href="topic=border/index.html#h-res"' in page
    assert "<form" not in page
    assert 'aria-current="true">Border</a>' in text(now / "en/norda-suda/facts/topic=border/index.html")


def test_what_needs_an_answer_is_asked_of_the_living_site(now):
    page = text(now / "en/norda-suda/index.html")
    assert f'action="{LIVING}/en/norda-suda/"' in page
    assert f'href="{LIVING}/en/search/"' in page
    assert f'href="{LIVING}/en/norda-suda/changes/?since=2026-03-09"' in text(now / "en/norda-suda/changes/index.html")


def test_no_form_of_a_copy_writes(now):
    assert 'method="post"' not in everything(now)


@pytest.mark.parametrize("name", ["facts/index.html", "facts/border-length/editions/1/index.html", "index.html"])
def test_every_page_says_that_it_is_a_copy_and_of_when(now, name):
    page = text(now / "en/norda-suda" / name)
    living = f"{LIVING}/en/norda-suda/{name.removesuffix('index.html')}"
    assert "A frozen copy of testserver, taken on" in page
    assert f'<a href="{living}">living site</a>' in page
    assert f'<link rel="canonical" href="{living}">' in page


def test_the_living_site_says_nothing_of_it(client, db, clock):
    cast.live_world(clock)
    page = client.get("/en/norda-suda/facts/").content.decode()
    assert "frozen" not in page
    assert '<form class="filters"' in page


# ---- what is not in it


@pytest.mark.parametrize("secret", ["secret until tomorrow", "embargoed", "unpublished draft", "hidden meeting"])
def test_nothing_that_is_not_public_gets_in(now, secret):
    assert "The border is very long." in everything(now)
    assert secret not in everything(now)


def test_what_was_withdrawn_is_in_no_list_and_has_its_reason_where_it_was(now):
    assert "Soon gone." not in text(now / "en/norda-suda/facts/index.html")
    assert "soon-gone" not in text(now / "sitemap.xml")
    assert "It was wrong." in text(now / "en/norda-suda/facts/soon-gone/index.html")
    assert "Soon gone." in text(now / "en/norda-suda/facts/soon-gone/editions/1/index.html")


# ---- as of another day


def test_a_day_of_the_past_says_what_was_said_then(then):
    page = text(then / "en/norda-suda/facts/index.html")
    assert "The border is long." in page
    assert "Soon gone." in page
    assert "very long" not in everything(then)


def test_a_day_of_the_past_is_named_and_leads_to_that_day_of_the_living_site(then):
    page = text(then / "en/norda-suda/facts/index.html")
    assert 'as it stood at the end of <time datetime="2026-03-02">2 March 2026</time>' in page
    assert f'<a href="{LIVING}/en/@2026-03-02/norda-suda/facts/">living site</a>' in page
    assert f'href="{LIVING}/en/@2026-03-02/search/"' in page
    assert f'href="{LIVING}/en/report/' in text(then / "en/norda-suda/facts/border-length/index.html")
    assert f'href="{LIVING}/en/report/?page=/en/@2026-03-02/norda-suda/facts/"' in page  # today, about that day


def test_it_says_which_instant_it_is(now, copies):
    about = json.loads(text(now / "freeze.json"))
    assert (about["site"], about["as_of"]) == (LIVING, None)
    assert about["generation"] > 0
    assert about["instant"].startswith("2026-03-09T12:00:")
    assert about["root"].startswith("2026-03-09 ")
    assert copies.began.instant.isoformat() == "2026-03-02T23:59:59.999999+00:00"
    assert copies.began.generation is None
    assert copies.began.root.startswith("2026-03-02 ")


def refused(*arguments: object) -> str:
    with pytest.raises(CommandError) as error:
        run("freeze", *arguments)
    return str(error.value)


def test_days_without_an_answer_are_refused_in_words(db, clock, tmp_path):
    assert "Nothing was ever published." in refused(tmp_path / "copy")
    cast.live_world(clock)
    assert "2026-03-03 has not come yet" in refused(tmp_path / "copy", "--as-of", "2026-03-03")
    assert "Its first edition is of 2026-03-02." in refused(tmp_path / "copy", "--as-of", "2026-03-01")
    assert "'tomorrow' is no day: write it as in 2021-02-26." in refused(tmp_path / "copy", "--as-of", "tomorrow")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_something_else_is_refused_and_left_alone(db, clock, tmp_path):
    cast.live_world(clock)
    (tmp_path / "thesis.txt").write_text("years of work")
    assert "holds no earlier copy" in refused(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


# ---- the proof


@pytest.mark.parametrize("address", ADDRESSES)
def test_one_instant_gives_the_same_bytes(copies, address):
    name = file_of(address)
    assert (copies.again / name).read_bytes() == (copies.now / name).read_bytes()


@pytest.mark.parametrize("kind", ["altered", "missing", "additional"])
def test_whatever_was_done_to_a_copy_is_named(now, tmp_path, kind):
    copy = shutil.copytree(now, tmp_path / "copy")
    page = copy / "fr/norda-suda/facts/index.html"
    if kind == "altered":
        page.write_bytes(page.read_bytes().replace(b"longue", b"courte"))
    elif kind == "missing":
        page.unlink()
    else:
        page = page.with_name("more.html")
        page.write_text("more")
    with pytest.raises(CommandError, match=f"^{kind}: fr/norda-suda/facts/{page.name}$"):
        run("verify_freeze", copy)


@only_whole
def test_the_first_content_can_be_frozen_whole(real, tmp_path):
    run("freeze", tmp_path / "copy", "--as-of", "2026-07-06")
    assert "no link between them is dead" in run("verify_freeze", tmp_path / "copy")

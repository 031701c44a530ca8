"""From a draft to a summit morning and the correction after it, by hand, in three browsers. Nothing runs beside it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from relations.models import Fact, Meeting, Official, Record, Release
from tests.browser.colleague import Colleague
from tests.cast import INSTANT, Clock, World, live_world

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "norda-suda"
EMBARGO = datetime.datetime(2026, 3, 4, 9, 30, tzinfo=datetime.UTC)  # to the minute
MOMENT = datetime.timedelta(seconds=2)  # "now" lies a moment ahead


@pytest.fixture
def world(emptied: None, clock: Clock) -> World:
    """The small world, live."""
    return live_world(clock)


@pytest.fixture
def meet(served: LiveServer, browser: Browser, world: World) -> Iterator[Any]:
    """Lets one of the cast sit down at the desk."""
    yield lambda name: Colleague(browser, served.url, name)
    for context in browser.contexts:
        context.close()


@pytest.fixture
def reader(meet: Any, served: LiveServer, browser: Browser) -> Page:
    """Somebody without an account."""
    return browser.new_context(base_url=served.url).new_page()


# ---- the desk --------------------------------------------------------------------------------------------------------


def drafts_a_fact(writer: Colleague, slug: str, english: str, french: str) -> Fact:
    writer.opens("/admin/relations/fact/add/")
    writer.fills(statement_en=english, statement_fr=french, slug=slug)
    writer.chooses(topics="Border", sources="gazette")
    submits(writer)
    return Fact.objects.get(slug=slug)


def drafts_a_meeting(writer: Colleague) -> Meeting:
    writer.opens("/admin/relations/meeting/add/")
    writer.fills(title_en="Bridge summit", title_fr="Sommet du pont", slug="bridge-summit")
    writer.fills(meeting_kind="bilateral", mode="in_person")
    writer.fills(starts_on="2026-03-05", starts_on_precision="day", timezone="America/Toronto")
    writer.chooses(topics="Border", sources="gazette")
    submits(writer)
    return Meeting.objects.get(slug="bridge-summit")


def submits(writer: Colleague) -> None:
    writer.presses("Save, then submit…").presses("Submit for review").is_told("waits for review.")


def hands_over(writer: Colleague, world: World) -> Official:
    """Ana Holt leaves, Ben Reed follows; both on the desk only."""
    writer.at(world.post).follows("Hand over…").reads("Ana Holt")
    writer.fills(ends_on="2026-03-03").ticks("Somebody new")
    writer.fills(name="Ben Reed", sort_name="Reed, Ben", slug="ben-reed", grammatical_gender="m")
    writer.fills(starts_on="2026-03-04", source=str(world.source.pk))
    writer.fills(note_en="Ben Reed follows Ana Holt.", note_fr="Ben Reed succède à Ana Holt.")
    writer.presses("Write, and ask for a review").is_told("waits for a review.")
    return Official.objects.get(slug="ben-reed")


def returns(editor: Colleague, record: Record, comment: str) -> None:
    editor.at(record).follows("Review…").fills(reason=comment).presses("Return with the comment")


def approves(editor: Colleague, record: Record) -> None:
    editor.at(record).follows("Review…").presses("Approve")


def puts_together(editor: Colleague, *records: Record) -> Release:
    """A release with a public note, filled from the forms of its records."""
    editor.opens("/admin/relations/release/add/")
    editor.fills(name="Summit morning", note_en="For the summit.", note_fr="Pour le sommet.").presses("Save")
    for record in records:
        editor.at(record).follows("Add to a release…").ticks("Summit morning").presses("Add")
    return Release.objects.get()


def embargoes(editor: Colleague, release: Release) -> None:
    editor.at(release).follows("Publish or schedule…")
    editor.fills(at=f"{EMBARGO:%Y-%m-%dT%H:%M}").presses("Schedule").is_told("Scheduled for")


def shares(editor: Colleague, release: Release) -> str:
    """The address of a preview of the whole site, for a partner."""
    editor.at(release).follows("Share a preview…").fills(made_for="The other capital").presses("Make a link")
    return editor.page.get_by_label("English").input_value()


def publishes_a_fix(writer: Colleague, editor: Colleague, fact: Fact, clock: Clock) -> None:
    """One reads what the other wrote."""
    writer.at(fact).fills(statement_en="The border is very long.", statement_fr="La frontière est très longue.")
    submits(writer)
    editor.at(fact).follows("Publish or schedule…")
    editor.fills(note_en="Measured again.", note_fr="Mesurée de nouveau.").presses("Publish now").is_told("is live")
    clock.now += MOMENT


def corrects(writer: Colleague, editor: Colleague, fact: Fact, clock: Clock) -> None:
    writer.at(fact).fills(statement_en="Nine bridges join us.", statement_fr="Neuf ponts nous unissent.")
    submits(writer)
    editor.at(fact).follows("Correct…")
    editor.fills(wrong_en="We counted eight.", wrong_fr="Nous en avions compté huit.")
    editor.fills(right_en="There are nine.", right_fr="Il y en a neuf.")
    editor.presses("Publish the correction").is_told("is corrected, and readers are told.")
    clock.now += MOMENT


def undoes(editor: Colleague, release: Release, clock: Clock) -> None:
    editor.at(release).follows("Undo…").ticks("Leave these as they are and undo the rest")
    editor.fills(note_en="The summit is off.", note_fr="Le sommet est annulé.").presses("Undo now")
    editor.is_told("was undone.")
    clock.now += MOMENT


# ---- the site --------------------------------------------------------------------------------------------------------

# Where the summit shows, and what is read there once it is public.
SHOWN = {
    f"/en/{HOME}/meetings/": ("Bridge summit", "2 meetings"),
    f"/fr/{HOME}/meetings/": ("Sommet du pont", "2 rencontres"),
    f"/en/{HOME}/meetings/bridge-summit/": ("Bridge summit",),
    f"/en/{HOME}/facts/": ("Eight bridges join us.", "2 facts"),
    f"/fr/{HOME}/facts/eight-bridges/": ("Huit ponts nous unissent.",),
    f"/en/{HOME}/officials/": ("Ben Reed",),
    "/fr/officials/ben-reed/": ("Ben Reed", "Premier ministre"),
    "/en/search/?q=bridges": ("Eight bridges join us.",),
    "/fr/search/?q=ponts": ("Huit ponts nous unissent.",),
    f"/en/{HOME}/changes.atom": ("Bridge summit", "Ben Reed", "For the summit."),
    f"/fr/{HOME}/changes.atom": ("Sommet du pont", "Pour le sommet."),
    f"/en/{HOME}/meetings.ics": ("Bridge summit",),
    f"/en/{HOME}/facts.csv": ("Eight bridges join us.",),
    "/sitemap.xml": ("bridge-summit", "eight-bridges", "ben-reed"),
}
NEVER = ("zinc", "Ferries")  # of the draft that was returned


def shown(page: Page, address: str) -> str:
    """What the site answers, as a reader's browser asks it; with blanks that break and nothing marked."""
    text = page.request.get(address).text()
    return re.sub("[\u00a0\u202f]", " ", re.sub("</?mark>", "", text))


def missing(page: Page) -> list[str]:
    """What of the summit is not on the site."""
    answers = {address: shown(page, address) for address in SHOWN}
    return [f"{address}: {each}" for address, words in SHOWN.items() for each in words if each not in answers[address]]


def expected() -> list[str]:
    return [f"{address}: {each}" for address, words in SHOWN.items() for each in words]


def reads(page: Page, address: str, *words: str) -> None:
    page.goto(address)
    for each in words:
        expect(page.locator("body")).to_contain_text(each)


def test_a_summit_morning(meet, reader, world, clock):
    writer, editor = meet("writer"), meet("editor")
    bridges = drafts_a_fact(writer, "eight-bridges", "Eight bridges join us.", "Huit ponts nous unissent.")
    ferries = drafts_a_fact(writer, "ferries", "Ferries carry zinc.", "Les traversiers portent du zinc.")
    summit = drafts_a_meeting(writer)
    ben = hands_over(writer, world)

    returns(editor, ferries, "Who says so?")
    writer.at(ferries).reads("editor returned it", "Who says so?")
    for record in (bridges, summit, ben, world.official):
        approves(editor, record)
    release = puts_together(editor, bridges, summit, ben, world.official)
    embargoes(editor, release)

    link = shares(editor, release)
    reads(reader, link, "Bridge summit")
    editor.presses("Close this link")
    assert reader.goto(link).status == 410
    expect(reader.locator("main")).not_to_contain_text("Bridge")

    publishes_a_fix(writer, editor, world.fact, clock)
    reads(reader, f"/en/{HOME}/facts/border-length/", "The border is very long.")

    clock.now = EMBARGO - INSTANT
    assert missing(reader) == expected()
    clock.now = EMBARGO
    assert missing(reader) == []
    assert [address for address in SHOWN if any(each in shown(reader, address) for each in NEVER)] == []

    corrects(writer, editor, bridges, clock)
    reads(reader, f"/en/{HOME}/facts/eight-bridges/", "Nine bridges join us.")
    reads(reader, f"/en/{HOME}/corrections/", "We counted eight.", "There are nine.")
    reads(reader, f"/fr/{HOME}/facts/eight-bridges/editions/1/", "Huit ponts nous unissent.", "Il y en a neuf.")

    undoes(editor, release, clock)
    assert reader.goto(f"/fr/{HOME}/meetings/bridge-summit/").status == 410
    expect(reader.locator("main")).to_contain_text("Le sommet est annulé.")
    reads(reader, f"/en/{HOME}/officials/", "Ana Holt")
    reads(reader, f"/en/{HOME}/facts/eight-bridges/", "Nine bridges join us.")

"""What every address answered at an instant is what is read later for that instant, whatever the newsroom did since.

Hypothesis plays the newsroom and the clock. At instants of its choice each address is asked and the whole answer kept;
at the end of the story the same is asked again in three ways: with the clock set back, through a moment at that very
instant, and, where it was the end of a day, at the day's own address. Each text carries a mark of its own, so that one
that shows before its instant is found wherever it does. ``THOROUGH=1`` tells longer stories at every address.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import NamedTuple
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from relations.documents import Text
from relations.models import Correction, Edition, Record
from relations.publishing import Erratum, Refusal, correct, publish, schedule, unschedule, withdraw
from relations.publishing.checks import verify
from relations.publishing.releases import add_to_release, create_release, schedule_release
from relations.rendering import moment
from tests import cast
from tests.cast import INSTANT, Clock, World
from tests.effort import THOROUGH, sample
from tests.site.addresses import addresses
from tests.site.shadow import marks
from tests.site.visitor import get, whole

pytestmark = pytest.mark.slow

STORIES, STEPS, ONE_IN = (5, 12, 1) if THOROUGH else (2, 6, 5)

# What names each kind of record, in English and in French.
TITLES = {
    "fact": ("statement_en", "statement_fr"),
    "source": ("original_title",),
    "official": ("summary_en", "summary_fr"),
    "meeting": ("title_en", "title_fr"),
    "topic": ("name_en", "name_fr"),
    "priority": ("name_en", "name_fr"),
    "statement": ("quote_en", "quote_fr"),
    "factsheet": ("title_en", "title_fr"),
    "relationship": ("title_en", "title_fr"),
}
# What is asked of a list besides all of it.
ASKED = {
    "search": ("q=words", "q=border&kind=fact"),
    "changes": ("since=2026-03-01", "since=2026-03-02&until=2026-03-03&kind=fact"),
    "changes_json": ("since=2026-03-01",),
    "sources": ("q=words",),
    "relationship": ("on=2024-05-01",),
    "fact_history": ("from=1&to=2",),
}
LISTS = ("q=words", "topic=border", "on=2024-05-01", "sort=newest", "page=2")
ASKED |= dict.fromkeys(("facts", "meetings", "officials", "priorities", "statements"), LISTS)
ASKED |= dict.fromkeys(("facts_csv", "facts_json", "meetings_csv", "meetings_ics", "officials_json"), LISTS[:2])
ASKED |= dict.fromkeys(("factsheets", "factsheets_csv", "sources_csv", "sources_json"), LISTS[:1])

WHICH = st.integers(0, len(TITLES))  # one more than there are kinds
SOME = st.lists(WHICH, min_size=1, max_size=3, unique=True)
HOURS = st.integers(1, 60)
PENDING = st.sampled_from(["", "as_it_was", "instead"])


class Asked(NamedTuple):
    """One address at one instant."""

    instant: datetime.datetime
    path: str


class Newsroom(RuleBasedStateMachine):
    """A record of every kind that has a page, one more that is no more than a draft, and all that is done with them."""

    def __init__(self, world: World, clock: Clock, now: datetime.datetime) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = clock
        self.clock.now = now
        self.editor = cast.someone("editor")
        self.records: list[Record] = [each for each in world.records if each.KIND in TITLES]
        self.records.append(cast.a_fact(world, "rivers"))
        for record in self.records:
            record.refresh_from_db()
        self.numbers = count(1)
        self.owners: dict[str, set[UUID]] = {}  # mark → the records in whose text, or about which, it stands
        self.slugs: dict[str, list[str]] = defaultdict(list)
        for record in self.records:
            self.slugs[record.KIND].append(record.slug)
        self.answers: dict[Asked, HttpResponse] = {}
        self.looks = 0

    def teardown(self) -> None:
        try:
            self.clock.advance(days=10)  # all that was scheduled is live
            later = self.clock.now
            for asked, answer in self.answers.items():
                same(whole(self.with_the_clock_set_back(asked)), whole(answer), asked)
                self.clock.now = later
                if ABOUT_THE_PRESENT.match(asked.path):
                    continue
                same(through_a_moment(asked, later), content(answer), asked)
                if asked.instant == moment.end_of(timezone.localdate(asked.instant)):
                    same(at_the_address_of_the_day(asked), content(answer), asked)
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # --- what the newsroom does ---------------------------------------------------------------------------------------

    def these(self, some: list[int]) -> list[Record]:
        return [self.records[which] for which in some]

    def mark(self, *records: Record) -> str:
        mark = f"zq{next(self.numbers):04}mark"
        self.owners[mark] = {record.pk for record in records}
        return mark

    def words(self, *records: Record) -> Text:
        """Said in public, as a note or a reason."""
        mark = self.mark(*records)
        return Text(en=f"Words {mark}", fr=f"Mots {mark}")

    def save(self, record: Record, **fields: str) -> None:
        type(record).objects.filter(pk=record.pk).update(**fields)
        if type(record).objects.filter(pk=record.pk).exists():
            record.refresh_from_db()

    def edit(self, some: list[int]) -> list[Record]:
        for record in self.these(some):
            self.save(record, **{field: f"Words {self.mark(record)}" for field in TITLES[record.KIND]})
        return self.these(some)

    @rule(some=SOME, pending=PENDING)
    def publish(self, some: list[int], pending: str) -> None:
        records = self.edit(some)
        self.attempt(publish, records, pending=pending, note=self.words(*records))

    @rule(some=SOME, hours=HOURS, pending=PENDING)
    def schedule(self, some: list[int], hours: int, pending: str) -> None:
        records, at = self.edit(some), self.clock.now + datetime.timedelta(hours=hours)
        self.attempt(schedule, records, at=at, pending=pending, note=self.words(*records))

    @rule(some=SOME)
    def unschedule(self, some: list[int]) -> None:
        self.attempt(unschedule, self.these(some))

    @rule(some=SOME, hours=HOURS)
    def release(self, some: list[int], hours: int) -> None:
        records, at = self.edit(some), self.clock.now + datetime.timedelta(hours=hours)
        release = create_release("Summit", note=self.words(*records), by=self.editor)
        self.attempt(add_to_release, release, records)
        self.attempt(schedule_release, release, at=at)

    @rule(which=WHICH, hours=HOURS)
    def rename(self, which: int, hours: int) -> None:
        """To an address that nobody may know before it can be read."""
        record = self.records[which]
        slug = f"{record.slug[:20]}-{self.mark(record)}"
        self.slugs[record.KIND].append(slug)
        self.save(record, slug=slug)
        self.attempt(schedule, [record], at=self.clock.now + datetime.timedelta(hours=hours))

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        self.attempt(withdraw, self.records[which], reason=self.words(self.records[which]))

    @rule(which=WHICH)
    def correct(self, which: int) -> None:
        [record] = self.edit([which])
        erratum = Erratum(self.words(record), self.words(record), first_edition=1, last_edition=1)
        self.attempt(correct, record, erratum=erratum)

    @rule(which=WHICH)
    def verify(self, which: int) -> None:
        record = self.records[which]
        day = timezone.localdate(self.clock.now)
        due = day + datetime.timedelta(days=1)
        self.attempt(verify, record, checked_on=day, due_on=due, note=f"Told by {self.mark(record)}")

    @rule(which=WHICH)
    def delete(self, which: int) -> None:
        """From the desk: an edition outlives its record."""
        record = self.records[which]
        with suppress(ProtectedError, RestrictedError), transaction.atomic():
            type(record).objects.filter(pk=record.pk).delete()

    def attempt(self, verb, *what, **how) -> None:
        with suppress(Refusal):
            verb(*what, by=self.editor, clock=self.clock, **how)

    # --- time, and what can be read then ------------------------------------------------------------------------------

    @initialize(hours=HOURS)
    def at_first(self, hours: int) -> None:
        """Every story begins with something of each kind that may not be read yet; then each record is checked."""
        self.clock.advance(minutes=1)
        everything = list(range(len(self.records)))
        self.schedule(everything, hours, "")
        self.look()
        for which in everything:
            self.verify(which)

    @rule(hours=HOURS)
    def wait(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        self.look()

    @rule(short=st.booleans())
    def wait_for_the_next_change(self, short: bool) -> None:
        following = Edition.objects.filter(live_from__gt=self.clock.now).order_by("live_from").first()
        if following:
            self.clock.now = max(self.clock.now, following.live_from - INSTANT * short)
            self.look()

    @rule()
    def wait_for_the_end_of_the_day(self) -> None:
        self.clock.now = moment.end_of(timezone.localdate(self.clock.now))
        self.look()

    def look(self) -> None:
        cache.clear()  # of what is kept for an hour
        self.looks += 1
        may_show = self.opened()
        for path in sample(list(self.everywhere()), ONE_IN, start=self.looks):
            answer = get(path)
            assert marks(whole(answer)) - marks(path) <= may_show, path
            self.answers[Asked(self.clock.now, path)] = answer

    def everywhere(self) -> Iterator[str]:
        """Every route with the records' present, former and future addresses by turns, and what can be asked there."""
        turn = self.looks
        slugs = {kind: known[-1 - turn % len(known)] for kind, known in self.slugs.items()}
        for place, address in enumerate(addresses(slugs, languages=[("en", "fr")[turn % 2]])):
            path = address.path.replace("/editions/1/", f"/editions/{1 + turn % 3}/")
            yield path
            if queries := ASKED.get(address.route):
                yield f"{path}?{queries[(turn + place) % len(queries)]}"

    def opened(self) -> set[str]:
        """The marks of what went live so far, each in the text of its own record or in what was said of it."""
        readable: dict[UUID, set[str]] = defaultdict(set)
        for each in Edition.objects.filter(live_from__lte=self.clock.now):
            said = (each.slug, each.title_en, each.document, each.change_note_en, each.reason_en)
            readable[each.record_id] |= marks(" ".join(said))
        for each in Correction.objects.filter(live_from__lte=self.clock.now):
            readable[each.record_id] |= marks(f"{each.wrong_en} {each.right_en}")
        return {mark for mark, owners in self.owners.items() if any(mark in readable[owner] for owner in owners)}

    def with_the_clock_set_back(self, asked: Asked) -> HttpResponse:
        cache.clear()
        self.clock.now = asked.instant
        return get(asked.path)


# --- the same page under a moment -------------------------------------------------------------------------------------

STAMP = "then"
# What of a page belongs to its address and not to its content: the banner of a moment stands in place of the present's
# collar, and an index is told not to keep it. Of the headers, only what the body is and where it leads is compared.
FRAME = re.compile(
    r'<div class="travel" role="region" aria-label="(?:Date of this view|Date de cette vue)">.*?</form>.*?</div></div>'
    r'|<div class="wrap collar">.*?</div>|<div class="wrap masthead__rule"></div>'
    r'|<meta name="robots"[^>]*>|<link rel="canonical"[^>]*>|<link rel="alternate" hreflang[^>]*>',
    re.DOTALL,
)
UNFOLDED = re.compile(r"\r\n ")  # a calendar breaks its lines where they are long
COMPARED = ("Content-Type", "Content-Disposition", "Location")
# Pages about the present alone: where another day is chosen, all mementos, and what stands outside the languages.
ABOUT_THE_PRESENT = re.compile(r"/(?:en|fr)/(?:at|timemap)/|/(?!(?:en|fr)/)")


def content(response: HttpResponse, stamp: str = "") -> str:
    """An answer without its frame, its links those of the present. "Not found" stands in the present's frame anyway."""
    if response.status_code == 404:
        return "404"
    headers = [response.get(name, "") for name in COMPARED]
    text = "\n".join([str(response.status_code), *headers, UNFOLDED.sub("", response.content.decode())])
    return re.sub(r"\s+", " ", FRAME.sub("", text.replace(f"/@{stamp}/", "/")))


def same(later: str, then: str, asked: Asked) -> None:
    """Two whole pages are too long to be compared by eye: where they part is said instead."""
    parted = next((place for place, signs in enumerate(zip(later, then, strict=False)) if len(set(signs)) > 1), 0)
    around = slice(max(0, parted - 60), parted + 120)
    assert later == then, f"{asked}: {then[around]!r} became {later[around]!r}"


def at_the_address_of_the_day(asked: Asked) -> str:
    day = timezone.localdate(asked.instant).isoformat()
    return content(get(f"{asked.path[:3]}/@{day}{asked.path[3:]}"), day)


def through_a_moment(asked: Asked, now: datetime.datetime) -> str:
    language, prefix, path = asked.path[1:3], f"{asked.path[:3]}/@{STAMP}", asked.path[3:]
    shown = moment.Moment(STAMP, asked.instant, banner="moment/day.html", now=now)
    with translation.override(language):
        try:
            request = RequestFactory().get(f"{prefix}{path}")
            response = moment.answer(request, shown, f"{prefix}/", path.partition("?")[0])
        except Http404:
            return "404"
    return content(response, STAMP)


@pytest.mark.django_db
def test_what_was_read_at_an_instant_is_read_for_it_for_ever(clock):
    world = cast.live_world(clock)
    began = clock.now
    run_state_machine_as_test(
        lambda: Newsroom(world, clock, began),
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=STEPS,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a story is short as it is
            suppress_health_check=list(HealthCheck),
        ),
    )

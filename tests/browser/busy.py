"""A busy day at the desk: the small world, with something in every state that a page can show."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import User

from relations.documents import Text
from relations.models import PreviewLink, Record, Release
from relations.publishing import (
    Erratum,
    approve,
    correct,
    previews,
    publish,
    releases,
    save_revision,
    schedule,
    send_back,
    submit,
    undoing,
    withdraw,
)
from relations.publishing.checks import verify
from tests import cast
from tests.cast import Clock, World, someone
from tests.site.shadow import mark

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@dataclass
class Busy:
    """The world, and what else has addresses of its own, by what it stands for."""

    world: World
    clock: Clock
    say: Callable[[str], str]
    by: User
    drafts: dict[str, Record] = field(default_factory=dict)
    releases: dict[str, Release] = field(default_factory=dict)
    links: dict[str, PreviewLink] = field(default_factory=dict)

    @property
    def how(self) -> dict:
        return {"by": self.by, "clock": self.clock}

    @property
    def note(self) -> Text:
        return Text(en=self.say("News of today."), fr=self.say("Nouvelles du jour."))

    def written(self, record: Record) -> Record:
        """The record with other words in its texts, saved."""
        mark(record, self.say)
        save_revision(record, by=someone("writer"))
        record.refresh_from_db()
        return record

    def live(self, *records: Record, **how) -> None:
        self.clock.now = publish(records, note=self.note, **self.how, **how)[0].live_from


def busy_day(clock: Clock, say: Callable[[str], str] = str) -> Busy:
    """Makes it, in empty tables; ``say`` turns every text that somebody writes into what is written."""
    busy = Busy(cast.world(), clock, say, someone("editor", first_name=say("Eve"), last_name=say("Ditor")))
    for record in busy.world.records:
        busy.written(record)
    mark(busy.world.unit, say)
    busy.live(*busy.world.records)
    clock.advance(days=1)
    _texts(busy)
    _releases(busy)
    _links(busy)
    return busy


def _texts(busy: Busy) -> None:
    """A fact that was corrected and checked; one record at each step of its way; one that was withdrawn."""
    world, clock, say = busy.world, busy.clock, busy.say
    busy.live(busy.written(world.fact))
    busy.written(world.fact)
    wrong = Erratum(wrong=busy.note, right=busy.note, first_edition=1, last_edition=2, reported_by=say("A reader"))
    correct(world.fact, erratum=wrong, **busy.how)
    clock.advance(minutes=1)
    verify(world.fact, checked_on=clock.now.date(), source=None, note=say("Asked them."), **busy.how)
    kinds = {"draft": world.fact, "submitted": world.statement, "returned": world.meeting, "approved": world.topic}
    busy.drafts = {name: busy.written(record) for name, record in kinds.items()}
    by_writer = {"by": someone("writer"), "clock": clock}
    submit([world.statement, world.meeting, world.topic], reason=say("Please look."), **by_writer)
    send_back([world.meeting], reason=say("Who says so?"), **busy.how)
    approve([world.topic], **busy.how)
    gone, new = cast.a_topic(world, "gone"), cast.a_fact(world, "new")
    busy.live(busy.written(gone))
    clock.now = withdraw(gone, reason=busy.note, **busy.how).live_from
    busy.drafts |= {"withdrawn": gone, "new": busy.written(new)}


def _releases(busy: Busy) -> None:
    """One in each phase; what is scheduled for one of them was made before a fix."""
    world, clock, say = busy.world, busy.clock, busy.say
    for name in ("undone", "live", "scheduled", "open", "cancelled"):
        members = [busy.written(cast.a_fact(world, f"of-{name}"))]
        members += [busy.written(world.priority)] if name == "scheduled" else []
        release = releases.create_release(say(name.capitalize()), note=busy.note, **{"by": busy.by})
        releases.add_to_release(release, members, **busy.how)
        busy.releases[name] = release
    for name in ("undone", "live"):
        clock.now = releases.publish_release(busy.releases[name], **busy.how)[0].live_from
    clock.now = undoing.undo_release(busy.releases["undone"], note=busy.note, **busy.how)[0].live_from
    releases.schedule_release(busy.releases["scheduled"], at=clock.now + 2 * DAY, **busy.how)
    releases.abandon_release(busy.releases["cancelled"], **busy.how)
    schedule([busy.written(world.source)], at=clock.now + DAY, note=busy.note, **busy.how)
    busy.live(busy.written(world.priority), pending="as_it_was")
    for release in busy.releases.values():
        release.refresh_from_db()


def _links(busy: Busy) -> None:
    """Two that work, one of them opened, and one that was closed."""
    world, until = busy.world, busy.clock.now + DAY
    for name, what in {"record": world.fact, "release": busy.releases["open"], "closed": world.fact}.items():
        made_for = busy.say(f"For {name}")
        busy.links[name] = previews.share_preview(what, made_for=made_for, until=until, **busy.how)
    previews.note_opening(busy.links["record"], path="/en/", at=busy.clock.now)
    previews.revoke_preview(busy.links["closed"], clock=busy.clock)

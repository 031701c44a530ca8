"""What is in a release, record by record, and where each of them stands."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relations import publishing
from relations.models import BY_KIND, Edition, Member, Record, Release
from relations.publishing import Standing, Verb
from relations.publishing.locking import rows_of
from relations.publishing.phases import Phase, phase_of
from relations.publishing.releases import frozen

from ..labels import label
from ..verbs.common import form_url


@dataclass
class Row:
    """One record of a release as the page shows it."""

    key: UUID
    kind: str
    name: str
    url: str = ""  # empty for what was deleted from the desk
    said: list[str] = field(default_factory=list)  # what happens to it
    warned: list[str] = field(default_factory=list)  # what an editor should look at


@dataclass
class Members:
    """The records of a release for one person at one instant. A query per kind, and four or five for all."""

    release: Release
    user: Any
    now: datetime.datetime

    @cached_property
    def phase(self) -> Phase:
        return phase_of(self.release, at=self.now)

    @cached_property
    def editions(self) -> dict[UUID, Edition]:
        """What was frozen of each record, without its text."""
        rows = frozen(self.release).defer("document", "search_en", "search_fr")
        return {edition.record_id: edition for edition in rows}

    @cached_property
    def named(self) -> dict[UUID, str]:
        """Record → kind of all that belongs to it, as a member or because it was scheduled under its name."""
        members = self.release.members.order_by("kind", "added_at", "pk").values_list("record_id", "kind")
        return dict(members) | {key: edition.kind for key, edition in self.editions.items()}

    @cached_property
    def records(self) -> dict[UUID, Record]:
        """The desk rows of those that are still there."""
        return {row.pk: row for row in rows_of((kind, key) for key, kind in self.named.items())}

    @cached_property
    def known(self) -> dict[UUID, Standing]:
        return publishing.standings(list(self.records.values()), at=self.now)

    @cached_property
    def elsewhere(self) -> dict[UUID, list[str]]:
        """The names of other releases that are on their way and hold the same record."""
        found = defaultdict(list)
        others = Member.objects.filter(
            record_id__in=list(self.named), release__state__in=(Release.State.OPEN, Release.State.SCHEDULED)
        ).exclude(release=self.release)
        for member in others.select_related("release").order_by("release__name"):
            if phase_of(member.release, at=self.now) != Phase.LIVE:
                found[member.record_id].append(member.release.name)
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """Every record, deleted ones included, by kind."""
        found = [self._row(key, kind) for key, kind in self.named.items()]
        return sorted(found, key=lambda row: (row.kind, row.name))

    @property
    def unchanged(self) -> list[Row]:
        """Those that are live exactly as they stand, so that there is nothing to release."""
        return [row for row in self.rows if self._is_live(self.records.get(row.key))]

    @property
    def stale(self) -> list[Record]:
        """Those that say something else on the desk than what is scheduled, or of which nothing is scheduled."""
        return [
            record
            for key, record in self.records.items()
            if key not in self.editions or self.editions[key].desk_digest != record.desk_digest
        ]

    @property
    def changes_something_live(self) -> bool:
        """Whether readers will ask what changed."""
        return any(self.known[key].live for key in self.records)

    def _is_live(self, record: Record | None) -> bool:
        live = record and self.known[record.pk].live
        return bool(live) and live.desk_digest == record.desk_digest

    def _row(self, key: UUID, kind: str) -> Row:
        record, words = self.records.get(key), capfirst(BY_KIND[kind]._meta.verbose_name)
        if record is None:
            name = self.editions[key].title_en if key in self.editions else str(key)
            return Row(key, words, name, warned=[_("It was deleted from the desk.")])
        row = Row(key, words, label(record), form_url(record))
        before_it_is_live = {Phase.OPEN: self._prepared, Phase.SCHEDULED: self._scheduled}
        for is_warning, said in before_it_is_live.get(self.phase, self._public)(record):
            (row.warned if is_warning else row.said).append(said)
        return row

    def _prepared(self, record: Record) -> Iterator[tuple[bool, str]]:
        known = self.known[record.pk]
        if self._is_live(record):
            yield True, _("It is live exactly as it stands: there is nothing to release.")
            return
        yield False, _("Changes edition %(number)d") % {"number": known.live.number} if known.live else _("New")
        yield False, record.get_stage_display()
        if refusal := publishing.why_not(Verb.SCHEDULE, record, self.user, at=self.now, known=known):
            yield True, refusal
        if known.pending:
            yield True, _("Another change of it is scheduled already.")
        for name in self.elsewhere.get(record.pk, []):
            yield True, _("It is in “%(name)s” as well.") % {"name": name}

    def _scheduled(self, record: Record) -> Iterator[tuple[bool, str]]:
        edition = self.editions.get(record.pk)
        if edition is None:
            yield True, _("Nothing of it is scheduled with this release any more.")
            return
        yield False, _("Edition %(number)d") % {"number": edition.number}
        if edition.desk_digest != record.desk_digest:
            yield True, _("It was changed on the desk after it was scheduled.")
        if edition.based_on_digest != edition.previous_digest:
            yield True, _("It was made before a fix, and would take the fix back at its time.")

    def _public(self, record: Record) -> Iterator[tuple[bool, str]]:
        edition = self.editions.get(record.pk)
        if edition is None:
            return
        yield False, _("Edition %(number)d") % {"number": edition.number}
        past = [each for each in self.known[record.pk].editions if each.live_from <= self.now]
        if past and past[-1].pk != edition.pk and self.phase == Phase.LIVE:
            yield True, _("It was published again since.")

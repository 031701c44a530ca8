"""What the buttons show before anything happens: what would change, what stands in the way, what is scheduled."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.documents import Document, parse
from relations.documents.compare import Change, compare
from relations.models import Edition, Move, Record
from relations.publishing import Proposal, Standing, Verb

from ..labels import label
from .common import Names, form_url, live_editions

PENDING = (
    (Move.Pending.REBASE, gettext_lazy("Bring it up to date: it goes live at its time, with this change in it")),
    (Move.Pending.AS_IT_WAS, gettext_lazy("Leave it as it is: at its time it takes back this change")),
    (Move.Pending.INSTEAD, gettext_lazy("Take it back: what is published here stays")),
)


@dataclass(frozen=True)
class Entry:
    """One record of the set as a page shows it."""

    name: str
    url: str
    live: Edition | None
    changes: list[Change]


@dataclass
class Prepared:
    """Desk copies as they would go live at an instant, for one person. Nothing is changed."""

    records: Sequence[Record]
    user: Any
    now: datetime.datetime
    documents: list[Document] = field(init=False)
    known: dict[UUID, Standing] = field(init=False)
    live: dict[UUID, Edition] = field(init=False)

    def __post_init__(self) -> None:
        self.documents = publishing.draft(self.records, at=self.now)
        self.known = publishing.standings(self.records, at=self.now)
        self.live = live_editions([record.pk for record in self.records], self.now)

    def without_unchanged(self) -> list[Record]:
        """Leaves out, and gives, the records that are live exactly as they stand."""
        pairs = list(zip(self.records, self.documents, strict=True))
        unchanged = [record for record, document in pairs if self._is_live(document)]
        self.records = [record for record, document in pairs if not self._is_live(document)]
        self.documents = [document for _record, document in pairs if not self._is_live(document)]
        return unchanged

    def _is_live(self, document: Document) -> bool:
        edition = self.live.get(document.id)
        return edition is not None and edition.digest == document.digest

    @property
    def seen(self) -> str:
        """One word for all that the page shows; another one when somebody saved in between."""
        return hashlib.sha256("".join(document.digest for document in self.documents).encode()).hexdigest()

    def need_seen(self, seen: str) -> None:
        """Raises SavedMeanwhile if this is not what the page showed."""
        if seen != self.seen:
            raise publishing.SavedMeanwhile

    @property
    def is_unchanged(self) -> bool:
        """Whether all of it is live exactly as it stands."""
        return all(map(self._is_live, self.documents))

    @property
    def digests(self) -> dict[UUID, str]:
        """The same for the verbs, which look again under the lock."""
        return {document.id: document.desk_digest for document in self.documents}

    def why_not(self, verb: Verb) -> list[str]:
        """Why this person may not do it to these records, each reason once."""
        reasons = (
            publishing.why_not(verb, record, self.user, at=self.now, known=self.known[record.pk])
            for record in self.records
        )
        return list(dict.fromkeys(filter(None, reasons)))

    @property
    def own_work(self) -> list[Record]:
        """The records that nobody but this person has read."""
        return [each for each in self.records if not publishing.is_reviewed(each, self.user, self.known[each.pk])]

    @cached_property
    def before(self) -> dict[UUID, Document]:
        """What is live of each record."""
        return {key: parse(edition.kind, edition.document) for key, edition in self.live.items()}

    @property
    def entries(self) -> list[Entry]:
        """What changes in each record."""
        names = Names([*self.documents, *self.before.values()])
        return [
            Entry(
                label(record),
                form_url(record),
                self.live.get(record.pk),
                compare(self.before.get(document.id), document, name=names),
            )
            for record, document in zip(self.records, self.documents, strict=True)
        ]

    @cached_property
    def moved_forward(self) -> list[Edition]:
        """What is scheduled already exactly as it stands on the desk."""
        return [
            each for document in self.documents for each in self.known[document.id].pending[:1] if _same(each, document)
        ]

    @property
    def scheduled_already(self) -> list[tuple[str, datetime.datetime]]:
        """The same, each by name and time."""
        return [(publishing.briefly(edition), edition.live_from) for edition in self.moved_forward]

    @cached_property
    def overtaken(self) -> dict[UUID, list[Edition]]:
        """What is scheduled of each record and does not hold this change."""
        found = {document.id: self.known[document.id].pending for document in self.documents}
        same = {each.record_id for each in self.moved_forward}
        return {key: editions for key, editions in found.items() if editions and key not in same}

    def proposals(self, given: QueryDict | None = None) -> list[Shown]:
        """How each of these would be brought up to date, with what was chosen so far."""
        documents = {document.id: document for document in self.documents}
        return [each for key, waiting in self.overtaken.items() for each in shown(documents[key], waiting, given)]


def _same(edition: Edition, document: Document) -> bool:
    return edition.desk_digest == document.desk_digest


def shown(fix: Document, waiting: Sequence[Edition], given: QueryDict | None = None) -> list[Shown]:
    """How these editions of one record would be brought up to date with the fix before them. A few queries."""
    texts = Edition.objects.filter(pk__in=[edition.pk for edition in waiting])
    names = Names([fix, *(parse(each.kind, each.document) for each in texts)])
    return [Shown(each, given, names) for each in publishing.propose(fix, waiting, choices=choices(given), name=names)]


class Shown:
    """One proposal for a page: what either side changes, and a form for what clashes."""

    def __init__(self, proposal: Proposal, given: QueryDict | None, names: Names) -> None:
        self.name, self.goes_live = publishing.briefly(proposal.edition), proposal.edition.live_from
        self.is_needless = proposal.is_needless
        self.of_fix = [each for each in proposal.differences if each.by == "mine"]
        self.of_scheduled = [each for each in proposal.differences if each.by == "theirs"]
        self.form = ChoicesForm(given, proposal)
        self.result = compare(proposal.fix, proposal.document, name=names)


class ChoicesForm(forms.Form):
    """Where the fix and what is scheduled say different things about the same: which of them stays."""

    def __init__(self, given: QueryDict | None, proposal: Proposal) -> None:
        super().__init__(given)
        for each in proposal.differences:
            if each.by == "both":
                self.fields[f"{PREFIX}{proposal.key(each.path)}"] = Choice(each)


class Choice(forms.ChoiceField):
    """One clash: both texts in full, neither of them taken for granted."""

    def __init__(self, difference: Any) -> None:
        self.difference = difference
        super().__init__(
            label=capfirst(difference.label),
            choices=[("mine", gettext_lazy("The fix")), ("theirs", gettext_lazy("What is scheduled"))],
            widget=forms.RadioSelect,
            required=False,
        )


PREFIX = "choice-"


def choices(given: QueryDict | None) -> dict[str, str]:
    """What was chosen where texts clash, as the verbs want it."""
    chosen = {name.removeprefix(PREFIX): value for name, value in (given or {}).items() if name.startswith(PREFIX)}
    return {key: side for key, side in chosen.items() if side in ("mine", "theirs")}

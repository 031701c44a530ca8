"""The bar above a record's form: how far it has come, what can be done with it now, and what not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from relations import publishing
from relations.models import Move, Record, Stage
from relations.publishing import Standing, Verb
from relations.reading import clock

from ..labels import label
from ..state import SOON


@dataclass(frozen=True)
class Button:
    """One button: the page it leads to, the verbs that can be called there, and its words."""

    name: str
    verbs: tuple[Verb, ...]
    words: Any


BUTTONS = (
    Button("submit", (Verb.SUBMIT,), gettext_lazy("Submit for review…")),
    Button("review", (Verb.APPROVE, Verb.SEND_BACK), gettext_lazy("Review…")),
    Button("publish", (Verb.PUBLISH,), gettext_lazy("Publish or schedule…")),
    Button("rebase", (Verb.REBASE,), gettext_lazy("Bring up to date…")),
    Button("unschedule", (Verb.UNSCHEDULE,), gettext_lazy("Unschedule")),
    Button("correct", (Verb.CORRECT,), gettext_lazy("Correct…")),
    Button("verify", (Verb.VERIFY,), gettext_lazy("Still true…")),
    Button("discard", (Verb.DISCARD,), gettext_lazy("Discard changes…")),
    Button("withdraw", (Verb.WITHDRAW,), gettext_lazy("Withdraw…")),
    Button("redact", (Verb.REDACT,), gettext_lazy("Redact…")),
)
POSTS = frozenset({"unschedule"})  # these do it at once


@dataclass(frozen=True)
class Shown:
    """A button as it is shown: where it leads, or why it does not."""

    name: str
    words: Any
    url: str
    posts: bool


@dataclass(frozen=True)
class Refused:
    """Buttons that do not work now, and the reason, which they have in common."""

    reason: str
    buttons: Sequence[Shown]

    @property
    def key(self) -> str:
        return f"why-not-{self.buttons[0].name}"


class Bar:
    """What the template shows. Two queries, a third for what was returned, and what the rights of this person cost."""

    def __init__(self, record: Record, user: Any) -> None:
        self.record, self.user, self.now = record, user, clock.now() + SOON
        self.allowed: list[Shown] = []
        refused: dict[str, list[Shown]] = defaultdict(list)
        for button in BUTTONS:
            mine = [verb for verb in button.verbs if publishing.may(verb, record, user)]
            if not mine:
                continue
            reasons = [publishing.why_not(verb, record, user, at=self.now, known=self.known) for verb in mine]
            url = reverse(f"admin:relations_{record._meta.model_name}_{button.name}", args=[record.pk])
            shown = Shown(button.name, button.words, url, button.name in POSTS)
            if None in reasons:
                self.allowed.append(shown)
            else:
                refused[reasons[0]].append(shown)
        self.refused = [Refused(reason, buttons) for reason, buttons in refused.items()]

    @cached_property
    def known(self) -> Standing:
        return publishing.standing(self.record, at=self.now, fresh=True)

    @property
    def stage(self) -> str:
        """How far the desk copy has come; empty for one that is live as it stands."""
        live = self.known.live
        if live and live.desk_digest == self.record.desk_digest and self.record.stage == Stage.DRAFT:
            return ""
        return self.record.get_stage_display()

    @cached_property
    def returned(self) -> Move | None:
        """The comment with which it was returned, as long as nothing was done about it."""
        if self.record.stage != Stage.RETURNED:
            return None
        returns = Move.objects.filter(record_id=self.record.pk, verb=Verb.SEND_BACK).select_related("made_by")
        move = returns.order_by("made_at", "pk").last()
        move.who = label(move.made_by) if move and move.made_by else ""
        return move

    @property
    def is_outdated(self) -> bool:
        """Whether something is scheduled that lacks a fix."""
        return bool(self.known.outdated)

"""What an editor says about a release."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.documents import Text
from relations.models import Release

from ..verbs.publish_form import pending_field, reason_field


class MomentField(forms.DateTimeField):
    """A date and a time in the site's time zone, to the minute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **given: Any) -> None:
        help_text = gettext_lazy("In the site’s time zone, %(zone)s.") % {"zone": timezone.get_default_timezone_name()}
        super().__init__(**{"label": gettext_lazy("Date and time"), "help_text": help_text, **given})


def _note(language: str, **attrs: Any) -> forms.CharField:
    label = {"en": gettext_lazy("Change note (English)"), "fr": gettext_lazy("Change note (French)")}[language]
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": 2, "lang": language}), required=False, **attrs
    )


class ReleaseForm(forms.Form):
    """A release's name, and as long as it is being prepared its public note and the time it is planned for."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("For the desk. Not public."),
        max_length=Release._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    note_en = _note("en", help_text=gettext_lazy("Public, in the history of each record: what changed for the reader."))
    note_fr = _note("fr")
    at = MomentField(label=gettext_lazy("Planned for"), required=False)

    def __init__(self, data: Any = None, *, release: Release | None = None) -> None:
        self.release = release
        self.is_open = release is None or release.state == Release.State.OPEN
        initial = {}
        if release:
            initial = {
                "name": release.name,
                "note_en": release.note_en,
                "note_fr": release.note_fr,
                "at": release.goes_live_at,
            }
        super().__init__(data, initial=initial)
        if not self.is_open:
            for name in ("note_en", "note_fr", "at"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        notes = given.get("note_en"), given.get("note_fr")
        for name, note in zip(("note_en", "note_fr"), notes, strict=True):
            if any(notes) and not note:
                self.add_error(name, _("Say in both languages what changed; readers see it in the history."))
        return given

    @property
    def note(self) -> Text:
        if not self.is_open:
            return Text(en=self.release.note_en, fr=self.release.note_fr)
        return Text(en=self.cleaned_data["note_en"], fr=self.cleaned_data["note_fr"])

    @property
    def at_time(self) -> datetime.datetime | None:
        return self.cleaned_data["at"] if self.is_open else self.release.goes_live_at


class LiveForm(forms.Form):
    """When a release goes live, and what has to be said for that."""

    at = MomentField(required=False)
    reason = reason_field(required=False)
    pending = pending_field()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, release: Release, wants_time: bool, needs_reason: bool) -> None:
        super().__init__(data, initial={"at": release.goes_live_at})
        self.wants_time, self.needs_reason = wants_time, needs_reason

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.wants_time and not given.get("at") and "at" not in self.errors:
            self.add_error("at", _("Choose when it goes live."))
        if self.needs_reason and not given.get("reason"):
            self.add_error("reason", _("Say why it cannot wait."))
        return given


class MoveForm(forms.Form):
    """Another time for what is scheduled."""

    at = MomentField(label=gettext_lazy("New date and time"), required=False)

    def __init__(self, data: Any, *, release: Release, wants_time: bool) -> None:
        super().__init__(data, initial={"at": release.goes_live_at})
        self.wants_time = wants_time

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.wants_time and not given.get("at") and "at" not in self.errors:
            self.add_error("at", _("Choose when it goes live."))
        return given


class UndoForm(forms.Form):
    """Why what was released is taken back. Readers see it."""

    note_en = forms.CharField(
        label=gettext_lazy("Public reason (English)"),
        help_text=gettext_lazy("In the history of what comes back, and in place of what is withdrawn."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )
    note_fr = forms.CharField(
        label=gettext_lazy("Public reason (French)"), widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"})
    )
    keep_later = forms.BooleanField(label=gettext_lazy("Leave these as they are and undo the rest"), required=False)


class IntoForm(forms.Form):
    """Which release records go into: one that is on its way, or a new one."""

    NEW = "new"

    into = forms.ChoiceField(label=gettext_lazy("Release"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Name of the new release"),
        help_text=gettext_lazy("For the desk. Not public."),
        max_length=Release._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        required=False,
    )
    reason = reason_field(required=False)

    def __init__(self, data: Any, *, releases: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"into": releases[0][0] if releases else self.NEW})
        self.fields["into"].choices = [*releases, (self.NEW, _("A new release"))]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("into") == self.NEW and not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give it a name."))
        return given

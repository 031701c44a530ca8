"""What an editor says when something goes live."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Record, Release

from ..labels import label
from .prepared import PENDING


def reason_field(**given: Any) -> forms.CharField:
    """Why it goes live although nobody else has read it. For staff."""
    return forms.CharField(
        label=gettext_lazy("Why it cannot wait for a colleague"),
        help_text=gettext_lazy("Not public. It is kept with your name, marked as not reviewed."),
        widget=forms.Textarea(attrs={"rows": 2}),
        **given,
    )


def pending_field() -> forms.ChoiceField:
    """What becomes of what is scheduled for later."""
    return forms.ChoiceField(
        label=gettext_lazy("What becomes of what is scheduled"),
        choices=PENDING,
        widget=forms.RadioSelect,
        required=False,
    )


class PublishForm(forms.Form):
    """What an editor says when something goes live."""

    note_en = forms.CharField(
        label=gettext_lazy("Change note (English)"),
        help_text=gettext_lazy("Public: what changed for the reader, in one sentence."),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        required=False,
    )
    note_fr = forms.CharField(
        label=gettext_lazy("Change note (French)"),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "fr"}),
        required=False,
    )
    is_minor = forms.BooleanField(
        label=gettext_lazy("Minor change: nothing that a reader would call news"),
        help_text=gettext_lazy("A comma, a dead link. It needs no note, and the public history folds it."),
        required=False,
    )
    reason = reason_field(required=False)
    pending = pending_field()
    together = forms.MultipleChoiceField(
        label=gettext_lazy("Publish together with"),
        help_text=gettext_lazy("Records that are named here and are not live. Readers could not follow the link."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    all_together = forms.BooleanField(label=gettext_lazy("All of these"), required=False)
    release = forms.CharField(
        label=gettext_lazy("Name of the release"),
        help_text=gettext_lazy("Only for a set that should be found again under a name. Not public."),
        max_length=200,
        required=False,
    )
    into = forms.ChoiceField(
        label=gettext_lazy("A release that is being prepared"),
        help_text=gettext_lazy("It goes live with the release, as it stands on the desk then."),
        required=False,
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Date and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, offered: list[Record], releases: list[Release], needs_note: bool, needs_reason: bool
    ) -> None:
        super().__init__(data)
        self.offered, self.releases = offered, {str(release.pk): release for release in releases}
        self.needs_note, self.needs_reason = needs_note, needs_reason
        self.fields["into"].choices = [("", ""), *((key, str(release)) for key, release in self.releases.items())]
        self.fields["together"].choices = [(str(row.pk), f"{row._meta.verbose_name}: {label(row)}") for row in offered]
        self.fields["at"].help_text = _("In the site’s time zone, %(zone)s.") % {
            "zone": timezone.get_default_timezone_name()
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "_into" in self.data:
            if not given.get("into"):
                self.add_error("into", _("Choose a release."))
            return given  # the rest is said when the release goes live
        one, other = given.get("note_en"), given.get("note_fr")
        needs_note = self.needs_note and not given.get("is_minor")
        for name, note in (("note_en", one), ("note_fr", other)):
            if not note and (needs_note or one or other):
                self.add_error(name, _("Say in both languages what changed; readers see it in the history."))
        if self.needs_reason and not given.get("reason"):
            self.add_error("reason", _("Nobody but you has reviewed this. Say why it cannot wait for a colleague."))
        if "_later" in self.data and not given.get("at") and "at" not in self.errors:
            self.add_error("at", _("Choose when it goes live."))
        return given

    @property
    def chosen(self) -> list[Record]:
        """The offered records that were ticked. They count even where something else has an error."""
        if not self.is_bound:
            return []
        ticked = set(self.data.getlist("together"))
        return [row for row in self.offered if "all_together" in self.data or str(row.pk) in ticked]

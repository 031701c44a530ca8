"""The form with which a reader reports an error: what it takes, and how it tells people from programs by itself."""

from __future__ import annotations

import datetime
import re
import secrets
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.core.signing import BadSignature, Signer
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.publishing.reports import KEPT, Words

# Faster than this nobody writes, and longer than this no page is left open.
FASTEST, LONGEST = datetime.timedelta(seconds=3), datetime.timedelta(hours=24)
LINK = re.compile(r"https?:|www\.", re.IGNORECASE)
MOST_LINKS = 5
SIGNER = Signer(salt="relations.views.report_form")


class Showing(NamedTuple):
    """One showing of the form: when it was, and what tells it from all others."""

    at: datetime.datetime
    name: str

    @classmethod
    def read(cls, token: str) -> Showing | None:
        """None for what was not signed here."""
        try:
            seconds, name = SIGNER.unsign_object(token)
        except BadSignature:
            return None
        return cls(datetime.datetime.fromtimestamp(seconds, datetime.UTC), name)

    @property
    def token(self) -> str:
        return SIGNER.sign_object([self.at.timestamp(), self.name])


def _text(most: int, rows: int, **how: Any) -> forms.CharField:
    """Text of at most so many characters. No ``maxlength``: it would cut off what is pasted, without a word."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), validators=[MaxLengthValidator(most)], **how)


class ReportForm(forms.Form):
    """What a reader says is wrong.

    Beside these fields the page sends the ``token`` of its showing, and ``homepage``, which no person sees: both are
    no words of a reader, and are never given back.
    """

    text = _text(4000, 6, label=gettext_lazy("What is wrong?"))
    evidence = _text(
        2000,
        3,
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy("Best with a source: an address, or a title and its day."),
        required=False,
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Only for a question of ours. It is never published."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    may_be_named = forms.BooleanField(label=gettext_lazy("You may name me if you publish a correction"), required=False)

    def __init__(self, data: Any, *, now: datetime.datetime) -> None:
        super().__init__(data)
        self.now = now
        self.label_suffix = ""
        self.use_required_attribute = False

    @property
    def kept_for(self) -> int:
        return KEPT.days

    @property
    def token(self) -> str:
        """For the page: that of the showing that was sent while it holds, so that the time goes on; else a new one."""
        return (self.showing or Showing(self.now, secrets.token_urlsafe(9))).token

    @cached_property
    def showing(self) -> Showing | None:
        """Which showing was sent; None where none was, or where it is too old."""
        sent = Showing.read(self.data.get("token", ""))
        return sent if sent and datetime.timedelta() <= self.now - sent.at <= LONGEST else None

    @property
    def words(self) -> Words:
        return Words(**self.cleaned_data)

    def clean_text(self) -> str:
        return self._few_links("text")

    def clean_evidence(self) -> str:
        return self._few_links("evidence")

    def _few_links(self, field: str) -> str:
        given = self.cleaned_data[field]
        if len(LINK.findall(given)) > MOST_LINKS:
            raise forms.ValidationError(_("At most %(most)s web addresses, please.") % {"most": MOST_LINKS})
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("may_be_named") and not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("To be named you need to give a name."))
        if self.data.get("homepage"):
            raise forms.ValidationError(
                _("A field was filled in that only programs see; it is empty again. Please send your report once more.")
            )
        if self.showing is None:
            raise forms.ValidationError(
                _("This form had been open for too long, or did not come from this page. Please send it once more.")
            )
        if self.now - self.showing.at < FASTEST:
            raise forms.ValidationError(
                _("That was faster than a person writes. Please wait a few seconds and send it once more.")
            )
        return given

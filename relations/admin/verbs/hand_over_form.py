"""What somebody says when a post changes hands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.documents import Text
from relations.models import Official, PartialDate, Post, Precision, Release, Source, Term
from relations.publishing.handover import HandOver

from ..labels import label
from .verify import DayInput

LATEST = 300  # sources: the one that reports a hand-over was written down lately
FOLLOWS = (
    ("known", gettext_lazy("Somebody who is on the desk already")),
    ("new", gettext_lazy("Somebody new")),
    ("nobody", gettext_lazy("Nobody yet: the post is vacant")),
)


class Choice(forms.ModelChoiceField):
    """A choice in the words of the desk."""

    def label_from_instance(self, obj: Any) -> str:
        return label(obj)


def precision_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Known to the"), choices=Precision, initial=Precision.DAY)


class HandOverForm(forms.Form):
    """Who leaves when, who follows when, what shows it, and what readers are told."""

    ends_on = forms.DateField(label=gettext_lazy("Last day in office"), widget=DayInput, required=False)
    ends_on_precision = precision_field()
    follows = forms.ChoiceField(
        label=gettext_lazy("The successor is"), choices=FOLLOWS, widget=forms.RadioSelect, initial="known"
    )
    official = Choice(label=gettext_lazy("Official"), queryset=Official.objects.none(), required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160, required=False)
    sort_name = forms.CharField(
        label=gettext_lazy("Name for sorting"),
        help_text=gettext_lazy("Family name first."),
        max_length=160,
        required=False,
    )
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("The last part of the page’s address, the same in both languages. It cannot be reused."),
        max_length=80,
        required=False,
    )
    grammatical_gender = forms.ChoiceField(
        label=gettext_lazy("Grammatical gender"),
        help_text=gettext_lazy("Only so that French titles agree."),
        choices=[("", "—"), *Official.Gender.choices],
        required=False,
    )
    starts_on = forms.DateField(label=gettext_lazy("First day in office"), widget=DayInput, required=False)
    starts_on_precision = precision_field()
    capacity = forms.ChoiceField(label=gettext_lazy("Capacity"), choices=Term.Capacity, initial=Term.Capacity.HOLDER)
    source = Choice(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("The page that shows it; the newest on the desk come first."),
        queryset=Source.objects.none(),
    )
    note_en = forms.CharField(
        label=gettext_lazy("Change note (English)"),
        help_text=gettext_lazy("Public. Empty: “… follows … as …”."),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        required=False,
    )
    note_fr = forms.CharField(
        label=gettext_lazy("Change note (French)"),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "fr"}),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it cannot wait for a colleague"),
        help_text=gettext_lazy("Not public. Only for going live at once or at a time, without a review."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Date and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        required=False,
    )
    release = forms.ModelChoiceField(
        label=gettext_lazy("A release that is being prepared"), queryset=Release.objects.none(), required=False
    )

    def __init__(self, data: Any, *, post: Post, outgoing: Term | None, releases: Any) -> None:
        super().__init__(data)
        self.post, self.outgoing = post, outgoing
        officials = Official.objects.filter(party=post.party_id).order_by("sort_name", "pk")
        self.fields["official"].queryset = officials
        newest = Source.objects.order_by("-changed_at", "pk").values("pk")[:LATEST]
        self.fields["source"].queryset = Source.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
        self.fields["source"].queryset = self.fields["source"].queryset.order_by("-changed_at", "pk")
        self.fields["release"].queryset = releases
        self.fields["at"].help_text = _("In the site’s time zone, %(zone)s.") % {
            "zone": timezone.get_default_timezone_name()
        }
        if outgoing is None:
            del self.fields["ends_on"], self.fields["ends_on_precision"]
            self.fields["follows"].choices = FOLLOWS[:2]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        follows = given.get("follows")
        self._need("ends_on", self.outgoing is not None, _("Say when the term ends."))
        self._need("starts_on", follows in ("known", "new"), _("Say when the next term begins."))
        self._need("official", follows == "known", _("Choose who follows."))
        for name in ("name", "sort_name", "slug", "grammatical_gender"):
            self._need(name, follows == "new", _("This is needed for somebody new."))
        if follows == "new" and not self.errors:
            self._check(self.newcomer)
        if bool(given.get("note_en")) != bool(given.get("note_fr")):
            self.add_error("note_fr" if given.get("note_en") else "note_en", _("Say it in both languages, or in none."))
        self._need("at", "_later" in self.data, _("Choose when it goes live."))
        self._need("release", "_release" in self.data, _("Choose a release."))
        return given

    def _need(self, name: str, is_needed: bool, message: str) -> None:
        if is_needed and name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, message)

    def _check(self, official: Official) -> None:
        try:
            official.full_clean(exclude=["id", "owner", "review_by"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)

    @property
    def newcomer(self) -> Official:
        """The unsaved row of somebody new."""
        names = ("name", "sort_name", "slug", "grammatical_gender")
        return Official(party_id=self.post.party_id, **{name: self.cleaned_data[name] for name in names})

    @property
    def plan(self) -> HandOver:
        """What was typed, as the verb takes it."""
        given = self.cleaned_data
        follows = {"known": given.get("official"), "nobody": None}
        incoming = self.newcomer if given["follows"] == "new" else follows[given["follows"]]
        return HandOver(
            post=self.post,
            source=given["source"],
            outgoing=self.outgoing,
            ends_on=self._date("ends_on"),
            incoming=incoming,
            starts_on=self._date("starts_on") if incoming else None,
            capacity=given["capacity"],
        )

    def _date(self, name: str) -> PartialDate | None:
        date = self.cleaned_data.get(name)
        return date and PartialDate(date=date, precision=self.cleaned_data[f"{name}_precision"])

    @property
    def note(self) -> Text:
        """What readers are told; what happened, in a sentence, where nothing was typed."""
        given = self.cleaned_data
        if given["note_en"]:
            return Text(en=given["note_en"], fr=given["note_fr"])
        return told(self.plan)


def told(plan: HandOver) -> Text:
    """A hand-over in a sentence, in both languages. Names are the same in both."""
    post = {"en": plan.post.name_en, "fr": plan.post.name_fr or plan.post.name_en}
    leaves, follows = plan.outgoing and plan.outgoing.official.name, plan.incoming and plan.incoming.name
    if leaves and follows:
        return Text(
            en=f"{follows} follows {leaves}: {post['en']}.", fr=f"{follows} succède à {leaves}\u00a0: {post['fr']}."
        )
    if follows:
        return Text(en=f"{follows} takes office: {post['en']}.", fr=f"{follows} entre en fonction\u00a0: {post['fr']}.")
    return Text(
        en=f"{leaves} leaves office: {post['en']}. The post is vacant.",
        fr=f"{leaves} quitte ses fonctions\u00a0: {post['fr']}. Le poste est vacant.",
    )

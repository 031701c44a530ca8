"""Official: a person, and the terms in which they held a post. Shared by all relationships of a party."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Noted, Part, SharedRecord, Sourced
from .dates import in_order, paired, precision_field


def refuse_bad_days(value: list) -> None:
    """Raises ValidationError unless the value is a list of ISO days."""
    try:
        for day in value:
            datetime.date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        raise ValidationError(_("Write each day as YYYY-MM-DD.")) from error


class Official(SharedRecord, Sourced):
    """A person who speaks for a party (Popolo Person). Names are plain text, the same in both languages."""

    KIND = "official"

    class Gender(models.TextChoices):
        FEMININE = "f", _("feminine")
        MASCULINE = "m", _("masculine")

    party = models.ForeignKey("relations.Party", models.PROTECT, related_name="officials", verbose_name=_("party"))
    name = models.CharField(_("name"), max_length=160)
    sort_name = models.CharField(_("name for sorting"), max_length=160, help_text=_("Family name first."))
    grammatical_gender = models.CharField(
        _("grammatical gender"),
        max_length=1,
        choices=Gender,
        help_text=_("Only so that French titles agree."),
    )
    summary_en = models.TextField(_("summary (English)"), blank=True)
    summary_fr = models.TextField(_("summary (French)"), blank=True)
    wikidata = models.CharField("Wikidata", max_length=20, blank=True, help_text=_("For example: Q6279"))
    portrait = models.ForeignKey(
        "relations.Portrait", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("portrait")
    )
    portrait_alt_en = models.CharField(
        _("what the portrait shows (English)"),
        max_length=250,
        blank=True,
        help_text=_("Read out in place of the picture: who, where, in what attitude. Not “portrait of”."),
    )
    portrait_alt_fr = models.CharField(_("what the portrait shows (French)"), max_length=250, blank=True)
    portrait_credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("As its owner wants it: photographer, agency.")
    )
    portrait_licence = models.CharField(
        _("licence"), max_length=80, blank=True, help_text=_("If known: public domain, CC BY 4.0.")
    )
    portrait_source = models.URLField(
        _("page of the picture"), max_length=500, blank=True, help_text=_("Where it was published, if known.")
    )

    class Meta(SharedRecord.Meta):
        verbose_name = _("official")
        verbose_name_plural = _("officials")

    def __str__(self) -> str:
        return self.name


class Term(Part, Sourced, Noted):
    """A post held from … until … (Popolo Membership), half-open; either end may be unknown.

    ``held_until`` is the first day no longer covered: the day after the last day that a source names.
    """

    class Capacity(models.TextChoices):
        HOLDER = "holder", _("holder")
        ACTING = "acting", _("acting")
        CHARGE = "charge", _("chargé d’affaires")
        DESIGNATE = "designate", _("designate")
        NOMINEE = "nominee", _("nominee")

    class Standing(models.TextChoices):
        CURRENT = "current", _("in office")
        ENDED = "ended", _("ended")
        ENDED_DATE_UNVERIFIED = "ended_date_unverified", _("ended, date not verified")
        DATE_UNVERIFIED = "date_unverified", _("dates not verified")

    official = models.ForeignKey(Official, models.CASCADE, related_name="terms", verbose_name=_("official"))
    post = models.ForeignKey("relations.Post", models.PROTECT, related_name="terms", verbose_name=_("post"))
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity, default=Capacity.HOLDER)
    standing = models.CharField(_("standing"), max_length=24, choices=Standing)
    held_from = models.DateField(_("held from"), null=True, blank=True)
    held_from_precision = precision_field()
    held_until = models.DateField(_("held until (the day after the last)"), null=True, blank=True)
    held_until_precision = precision_field()
    attested_on = models.JSONField(
        _("attested on"),
        default=list,
        blank=True,
        validators=[refuse_bad_days],
        help_text=_("Days on which a source shows the person in the post."),
    )
    last_verified = models.DateField(_("last verified"), null=True, blank=True)
    verified = models.BooleanField(_("verified"), default=True)

    class Meta(Part.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            paired("held_from", "term"),
            paired("held_until", "term"),
            in_order("held_from", "held_until", "term"),
            models.CheckConstraint(
                condition=~models.Q(standing="current", held_until__isnull=False),
                name="term_current_has_no_end",
                violation_error_message=_("A term that is current has no end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_from or '?'} – {self.held_until or ''}"

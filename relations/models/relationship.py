"""Relationship: two parties, and what their page says first."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Part, SharedRecord, Sourced
from .dates import paired, precision_field


class Relationship(SharedRecord, Sourced):
    """Two parties. Everything else belongs to a relationship, or is shared by all of them.

    Side A is always shown first; the order says nothing else.
    """

    KIND = "relationship"

    party_a = models.ForeignKey("relations.Party", models.PROTECT, related_name="+", verbose_name=_("side A"))
    party_b = models.ForeignKey("relations.Party", models.PROTECT, related_name="+", verbose_name=_("side B"))
    title_en = models.CharField(_("title (English)"), max_length=160)
    title_fr = models.CharField(_("title (French)"), max_length=160, blank=True)
    short_title_en = models.CharField(_("short title (English)"), max_length=80, blank=True)
    short_title_fr = models.CharField(_("short title (French)"), max_length=80, blank=True)
    tagline_en = models.CharField(_("tagline (English)"), max_length=200, blank=True)
    tagline_fr = models.CharField(_("tagline (French)"), max_length=200, blank=True)
    summary_en = models.TextField(_("state of play (English)"), blank=True)
    summary_fr = models.TextField(_("state of play (French)"), blank=True)
    status_on = models.DateField(
        _("state of play as of"), null=True, blank=True, help_text=_("The day the state of play describes.")
    )
    lead_factsheet = models.ForeignKey(
        "relations.Factsheet",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead fact sheet"),
    )
    lead_statement = models.ForeignKey(
        "relations.Statement",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quotation"),
    )
    # A drawing in the shape of documents.relationship.Map; null where there is none.
    map = models.JSONField(_("map"), null=True, blank=True)

    class Meta(SharedRecord.Meta):
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        constraints = [
            *SharedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(party_a=models.F("party_b")),
                name="relationship_of_two_parties",
                violation_error_message=_("A relationship has two different parties."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en


class KeyFigure(Part):
    """A fact whose newest figure stands on the relationship's home page."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="key_figures")
    fact = models.ForeignKey("relations.Fact", models.CASCADE, related_name="+", verbose_name=_("fact"))
    label_en = models.CharField(_("label (English)"), max_length=120, blank=True)
    label_fr = models.CharField(_("label (French)"), max_length=120, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        constraints = [models.UniqueConstraint(fields=["relationship", "fact"], name="keyfigure_once")]

    def __str__(self) -> str:
        return self.label_en


class KeyDate(Part, Sourced):
    """A day worth finding again: one click away wherever a date can be chosen."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="key_dates")
    slug = models.SlugField(_("id"), max_length=80)
    date = models.DateField(_("date"))
    date_precision = precision_field()
    label_en = models.CharField(_("label (English)"), max_length=160)
    label_fr = models.CharField(_("label (French)"), max_length=160, blank=True)
    facts = models.ManyToManyField("relations.Fact", blank=True, related_name="+", verbose_name=_("facts"))
    meetings = models.ManyToManyField("relations.Meeting", blank=True, related_name="+", verbose_name=_("meetings"))
    officials = models.ManyToManyField("relations.Official", blank=True, related_name="+", verbose_name=_("officials"))

    class Meta(Part.Meta):
        verbose_name = _("key date")
        verbose_name_plural = _("key dates")
        constraints = [
            models.UniqueConstraint(fields=["relationship", "slug"], name="keydate_slug_once"),
            paired("date", "keydate"),
        ]

    def __str__(self) -> str:
        return self.label_en

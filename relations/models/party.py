"""Party: a country that takes part in a relationship. Shared by all relationships."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Noted, SharedRecord, Sourced


class Party(SharedRecord, Sourced, Noted):
    """A country: its names, its capital, and which of its posts is which."""

    KIND = "party"

    name_en = models.CharField(_("name (English)"), max_length=120)
    name_fr = models.CharField(_("name (French)"), max_length=120, blank=True)
    long_name_en = models.CharField(_("long name (English)"), max_length=200, blank=True)
    long_name_fr = models.CharField(_("long name (French)"), max_length=200, blank=True)
    with_article_en = models.CharField(
        _("inside a sentence (English)"),
        max_length=120,
        blank=True,
        help_text=_("For example: the Netherlands"),
    )
    with_article_fr = models.CharField(
        _("inside a sentence (French)"), max_length=120, blank=True, help_text=_("For example: les Pays-Bas")
    )
    capital_en = models.CharField(_("capital (English)"), max_length=120, blank=True)
    capital_fr = models.CharField(_("capital (French)"), max_length=120, blank=True)
    capital_timezone = models.CharField(_("time zone of the capital"), max_length=64, blank=True)
    iso2 = models.CharField("ISO 3166-1 alpha-2", max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$")])
    iso3 = models.CharField("ISO 3166-1 alpha-3", max_length=3, validators=[RegexValidator(r"^[A-Z]{3}$")])
    iso_numeric = models.CharField(
        "ISO 3166-1 numeric", max_length=3, blank=True, validators=[RegexValidator(r"^\d{3}$")]
    )
    head_of_state_post = models.ForeignKey(
        "relations.Post",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("head of state"),
    )
    head_of_government_post = models.ForeignKey(
        "relations.Post",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("head of government"),
    )
    foreign_affairs_post = models.ForeignKey(
        "relations.Post",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("foreign affairs"),
    )
    defense_post = models.ForeignKey(
        "relations.Post", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("defense")
    )
    ambassador_post = models.ForeignKey(
        "relations.Post",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ambassador"),
    )

    class Meta(SharedRecord.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")

    def __str__(self) -> str:
        return self.name_en

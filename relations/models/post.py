"""Post: an office that someone can hold, for one party. Shared by all relationships of that party."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Noted, Part, SharedRecord, Sourced
from .dates import in_order, paired, precision_field


class Post(SharedRecord, Sourced, Noted):
    """An office (Popolo Post). It speaks for one party; an ambassador's is accredited to another."""

    KIND = "post"

    class Role(models.TextChoices):
        HEAD_OF_STATE = "head_of_state", _("Heads of state")
        HEAD_OF_GOVERNMENT = "head_of_government", _("Leaders")
        DEPUTY = "deputy", _("Deputies")
        FOREIGN_AFFAIRS = "foreign_affairs", _("Foreign affairs")
        DEFENSE = "defense", _("Defense")
        AMBASSADOR = "ambassador", _("Ambassadors")
        ECONOMY = "economy", _("Economy and trade")
        CLIMATE = "climate", _("Climate")
        JUSTICE = "justice", _("Justice")
        SECURITY = "security", _("Public safety")
        ENVOY = "envoy", _("Envoys")
        OTHER = "other", _("Other posts")

    party = models.ForeignKey("relations.Party", models.PROTECT, related_name="posts", verbose_name=_("party"))
    accredited_to = models.ForeignKey(
        "relations.Party",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accredited to"),
        help_text=_("For ambassadors. Empty means the post is general."),
    )
    role = models.CharField(_("kind of post"), max_length=20, choices=Role)
    name_en = models.CharField(_("name (English)"), max_length=160)
    name_fr = models.CharField(_("name (French)"), max_length=160, blank=True)
    name_feminine_en = models.CharField(_("feminine name (English)"), max_length=160, blank=True)
    name_feminine_fr = models.CharField(_("feminine name (French)"), max_length=160, blank=True)

    class Meta(SharedRecord.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return self.name_en


class Vacancy(Part, Noted):
    """A time when a post is known to be empty, which is not the same as not recorded."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="vacancies")
    held_from = models.DateField(_("empty from"))
    held_from_precision = precision_field()
    held_until = models.DateField(_("until (the day after the last)"), null=True, blank=True)
    held_until_precision = precision_field()
    source = models.ForeignKey("relations.Source", models.PROTECT, related_name="+", verbose_name=_("source"))

    class Meta(Part.Meta):
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        constraints = [
            paired("held_from", "vacancy"),
            paired("held_until", "vacancy"),
            in_order("held_from", "held_until", "vacancy"),
        ]

    def __str__(self) -> str:
        return f"{self.held_from}"

"""Statement: a short quotation with its speaker, its day and its source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Language, Noted, Part, RelationshipRecord, Sourced
from .dates import paired, precision_field


class Statement(RelationshipRecord, Sourced, Noted):
    """Exact words (schema.org Quotation), spoken in a post: the term says which."""

    KIND = "statement"

    class Basis(models.TextChoices):
        ORIGINAL = "original", _("original words")
        OFFICIAL = "official", _("official translation")
        OUR_TRANSLATION = "our_translation", _("our translation")

    quote_en = models.TextField(_("words (English)"))
    quote_fr = models.TextField(_("words (French)"), blank=True)
    basis_en = models.CharField(_("English words are"), max_length=16, choices=Basis, default=Basis.ORIGINAL)
    basis_fr = models.CharField(_("French words are"), max_length=16, choices=Basis, default=Basis.OUR_TRANSLATION)
    original_language = models.CharField(_("original language"), max_length=3, choices=Language)
    speaker = models.ForeignKey(
        "relations.Term", models.PROTECT, related_name="statements", verbose_name=_("speaker’s term")
    )
    said_on = models.DateField(_("said on"))
    said_on_precision = precision_field()
    meeting = models.ForeignKey(
        "relations.Meeting",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("meeting"),
    )
    context_en = models.TextField(_("context (English)"), blank=True)
    context_fr = models.TextField(_("context (French)"), blank=True)

    class Meta(RelationshipRecord.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [*RelationshipRecord.Meta.constraints, paired("said_on", "statement")]

    def __str__(self) -> str:
        return self.quote_en


class CoSpeaker(Part):
    """Another speaker of a joint statement."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="co_speakers")
    term = models.ForeignKey("relations.Term", models.PROTECT, related_name="+", verbose_name=_("term"))

    class Meta(Part.Meta):
        verbose_name = _("co-speaker")
        verbose_name_plural = _("co-speakers")

    def __str__(self) -> str:
        return f"{self.position}"

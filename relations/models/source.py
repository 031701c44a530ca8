"""Source: a page that something on the site rests on. Shared by all relationships."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Language, Noted, SharedRecord
from .dates import paired, precision_field


class Source(SharedRecord, Noted):
    """A publication as it was seen. Title and publisher are plain text in their own language."""

    KIND = "source"

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("Official")
        OFFICIAL_REPRINT = "official_reprint", _("Reprint of an official text")
        DATASET = "dataset", _("Data set")
        REFERENCE = "reference", _("Reference work")
        NEWS = "news", _("News")

    class TitleBasis(models.TextChoices):
        PAGE = "page", _("Read on the page")
        ADDRESS = "address", _("Taken from its address")
        DESCRIPTION = "description", _("Our description")

    original_title = models.CharField(_("title"), max_length=400)
    title_basis = models.CharField(
        _("where the title is from"), max_length=12, choices=TitleBasis, default=TitleBasis.PAGE
    )
    publisher = models.CharField(_("publisher"), max_length=300)
    source_kind = models.CharField(_("kind of source"), max_length=20, choices=Kind)
    language = models.CharField(_("language"), max_length=3, choices=Language)
    url = models.URLField(_("web address"), max_length=600, blank=True, help_text=_("Empty where it was not seen."))
    published = models.DateField(_("published"), null=True, blank=True)
    published_precision = precision_field()
    speaks_for = models.ManyToManyField(
        "relations.Party",
        blank=True,
        related_name="+",
        verbose_name=_("speaks for"),
        help_text=_("The party or parties whose government made this statement. Empty for news and reference works."),
    )
    supports_en = models.TextField(_("what it supports (English)"), blank=True)
    supports_fr = models.TextField(_("what it supports (French)"), blank=True)
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=600, blank=True)

    class Meta(SharedRecord.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [*SharedRecord.Meta.constraints, paired("published", "source")]

    def __str__(self) -> str:
        return self.original_title

"""Fact sheet: an issued text retold as an ordered list of references to the other records."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Language, Noted, Part, RelationshipRecord, Sourced
from .dates import paired, precision_field
from .meeting import refuse_unknown_zone

TARGETS = ("statement", "meeting", "fact", "priority", "commitment")


class Factsheet(RelationshipRecord, Sourced, Noted):
    """What was said on one day, with links to what is known now."""

    KIND = "factsheet"

    title_en = models.CharField(_("title (English)"), max_length=200)
    title_fr = models.CharField(_("title (French)"), max_length=200, blank=True)
    issuer_en = models.CharField(_("issuer (English)"), max_length=200)
    issuer_fr = models.CharField(_("issuer (French)"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"))
    issued_on_precision = precision_field()
    issue_time = models.TimeField(_("time of issue"), null=True, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, validators=[refuse_unknown_zone])
    original_language = models.CharField(_("original language"), max_length=3, choices=Language)
    intro_en = models.TextField(_("introduction (English)"), blank=True)
    intro_fr = models.TextField(_("introduction (French)"), blank=True)
    translation_note_en = models.TextField(_("note on the translation (English)"), blank=True)
    translation_note_fr = models.TextField(_("note on the translation (French)"), blank=True)

    class Meta(RelationshipRecord.Meta):
        verbose_name = _("fact sheet")
        verbose_name_plural = _("fact sheets")
        constraints = [*RelationshipRecord.Meta.constraints, paired("issued_on", "factsheet")]

    def __str__(self) -> str:
        return self.title_en


class Section(Part):
    factsheet = models.ForeignKey(Factsheet, models.CASCADE, related_name="sections", verbose_name=_("fact sheet"))
    slug = models.SlugField(_("id"), max_length=80)
    heading_en = models.CharField(_("heading (English)"), max_length=200)
    heading_fr = models.CharField(_("heading (French)"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [models.UniqueConstraint(fields=["factsheet", "slug"], name="section_slug_once")]

    def __str__(self) -> str:
        return self.heading_en


def _exactly_one_target() -> models.Q:
    condition = models.Q()
    for target in TARGETS:
        others = {f"{other}__isnull": True for other in TARGETS if other != target}
        condition |= models.Q(**{f"{target}__isnull": False}, **others)
    return condition


class Line(Part):
    """One line of a section: it points at exactly one record or commitment."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="lines")
    statement = models.ForeignKey("relations.Statement", models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey("relations.Meeting", models.PROTECT, null=True, blank=True, related_name="+")
    fact = models.ForeignKey("relations.Fact", models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.ForeignKey("relations.Priority", models.PROTECT, null=True, blank=True, related_name="+")
    commitment = models.ForeignKey("relations.Commitment", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Part.Meta):
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one_target(),
                name="line_one_target",
                violation_error_message=_("A line points at exactly one record."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}"

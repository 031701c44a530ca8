"""Fact: one sentence about the relationship, with its dated observations."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Noted, Part, RelationshipRecord, Sourced
from .dates import paired, precision_field

DIGITS = 15  # of a figure, zeros at the end left out: as many as every database here keeps exactly


class Unit(models.Model):
    """What a figure counts. Reference data: its names are embedded in every edition that uses it."""

    code = models.SlugField(_("code"), max_length=60, primary_key=True)
    name_en = models.CharField(_("plural (English)"), max_length=120)
    name_fr = models.CharField(_("plural (French)"), max_length=120)
    singular_en = models.CharField(_("singular (English)"), max_length=120, help_text=_("Used for exactly 1."))
    singular_fr = models.CharField(_("singular (French)"), max_length=120, help_text=_("Used below 2."))

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name_en


class Fact(RelationshipRecord, Sourced, Noted):
    """A single statement in our own words. Its figures are observations; older ones stay."""

    KIND = "fact"

    class Rhythm(models.TextChoices):
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every three months")
        YEARLY = "yearly", _("every year")
        BIENNIAL = "biennial", _("every two years")
        QUINQUENNIAL = "quinquennial", _("every five years")

    statement_en = models.TextField(_("statement (English)"), help_text=_("One plain sentence, in our own words."))
    statement_fr = models.TextField(_("statement (French)"), blank=True)
    topics = models.ManyToManyField("relations.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    parties = models.ManyToManyField(
        "relations.Party", blank=True, related_name="+", verbose_name=_("parties it is about")
    )
    rhythm = models.CharField(
        _("rhythm of its figures"),
        max_length=12,
        choices=Rhythm,
        blank=True,
        help_text=_("How often a newer figure comes out. Past that, the fact is shown as possibly out of date."),
    )
    verified = models.BooleanField(_("verified"), default=True, help_text=_("If not, the note must say why."))

    class Meta(RelationshipRecord.Meta):
        verbose_name = _("fact")
        verbose_name_plural = _("facts")

    def __str__(self) -> str:
        return self.statement_en


class Observation(Part, Noted):
    """One figure, or one date, that one source gives for one day, month or year."""

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exactly")
        ABOUT = "about", _("about")
        NEARLY = "nearly", _("nearly")
        MORE_THAN = "more_than", _("more than")
        AT_LEAST = "at_least", _("at least")
        ESTIMATED = "estimated", _("estimated")
        TARGET = "target", _("target")
        PLEDGED = "pledged", _("pledged")

    class Rank(models.TextChoices):
        PREFERRED = "preferred", _("preferred")
        NORMAL = "normal", _("normal")
        DEPRECATED = "deprecated", _("known to be wrong")

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="observations")
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True, blank=True)
    value_max = models.DecimalField(
        _("upper value"), max_digits=24, decimal_places=6, null=True, blank=True, help_text=_("For a range.")
    )
    value_date = models.DateField(_("value, if it is a date"), null=True, blank=True)
    value_date_precision = precision_field()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    as_of = models.DateField(_("as of"), help_text=_("The day, month or year the figure is for."))
    as_of_precision = precision_field()
    rank = models.CharField(_("rank"), max_length=10, choices=Rank, default=Rank.NORMAL)
    source = models.ForeignKey("relations.Source", models.PROTECT, related_name="+", verbose_name=_("source"))
    locator = models.CharField(_("where in the source"), max_length=120, blank=True)
    label_en = models.CharField(_("label (English)"), max_length=160, blank=True)
    label_fr = models.CharField(_("label (French)"), max_length=160, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            paired("as_of", "observation"),
            paired("value_date", "observation"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, value_date__isnull=True)
                | models.Q(value__isnull=True, value_max__isnull=True, value_date__isnull=False),
                name="observation_one_value",
                violation_error_message=_("An observation has a number or a date, and not both."),
            ),
            models.CheckConstraint(
                condition=models.Q(value_max__isnull=True) | models.Q(value_max__gt=models.F("value")),
                name="observation_range_in_order",
                violation_error_message=_("The upper value must be above the value."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_date}" if self.value is None else f"{self.value.normalize():f}"

    def clean(self) -> None:
        """A figure keeps every digit on every database, or is refused."""
        for name in ("value", "value_max"):
            value = getattr(self, name)
            if value is not None and len(value.normalize().as_tuple().digits) > DIGITS:
                raise ValidationError({name: _("At most %(digits)s digits.") % {"digits": DIGITS}})

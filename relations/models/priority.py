"""Priority: a shared strand of work, the commitments made under it, and what shows their status."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Noted, Part, PublicStatus, RelationshipRecord, Sourced
from .dates import paired, precision_field


class Priority(RelationshipRecord, Sourced, Noted):
    """Something both sides said they would work on."""

    KIND = "priority"

    name_en = models.CharField(_("name (English)"), max_length=160)
    name_fr = models.CharField(_("name (French)"), max_length=160, blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    summary_fr = models.TextField(_("summary (French)"), blank=True)
    framework_en = models.CharField(
        _("framework (English)"),
        max_length=200,
        blank=True,
        help_text=_("The plan that it is a part of, if any."),
    )
    framework_fr = models.CharField(_("framework (French)"), max_length=200, blank=True)
    topics = models.ManyToManyField("relations.Topic", blank=True, related_name="+", verbose_name=_("topics"))

    class Meta(RelationshipRecord.Meta):
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")

    def __str__(self) -> str:
        return self.name_en


class Commitment(Part, Sourced, Noted):
    """What one side or both said they would do (schema.org Action)."""

    priority = models.ForeignKey(Priority, models.CASCADE, related_name="commitments", verbose_name=_("priority"))
    slug = models.SlugField(_("id"), max_length=80)
    statement_en = models.TextField(_("statement (English)"))
    statement_fr = models.TextField(_("statement (French)"), blank=True)
    made_by = models.ManyToManyField("relations.Party", blank=True, related_name="+", verbose_name=_("promised by"))
    made_at = models.ForeignKey(
        "relations.Meeting",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made at meeting"),
    )
    made_on = models.DateField(_("made on"), null=True, blank=True)
    made_on_precision = precision_field()
    made_in_en = models.CharField(_("made in (English)"), max_length=200, blank=True)
    made_in_fr = models.CharField(_("made in (French)"), max_length=200, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_on_precision = precision_field()

    class Meta(Part.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.UniqueConstraint(fields=["priority", "slug"], name="commitment_slug_once"),
            paired("made_on", "commitment"),
            paired("due_on", "commitment"),
        ]

    def __str__(self) -> str:
        return self.statement_en


class Assessment(Part):
    """Evidence about a commitment, and the status it gives. Never a status without its evidence.

    An empty status is further evidence that leaves the status as it was.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="assessments")
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=PublicStatus,
        blank=True,
        help_text=_("Empty: further evidence only."),
    )
    as_of = models.DateField(_("status as of"), null=True, blank=True)
    as_of_precision = precision_field()
    source = models.ForeignKey("relations.Source", models.PROTECT, related_name="+", verbose_name=_("evidence"))
    evidence_on = models.DateField(_("date of the evidence"), null=True, blank=True)
    finding_en = models.TextField(_("what it shows (English)"))
    finding_fr = models.TextField(_("what it shows (French)"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            paired("as_of", "assessment"),
            models.CheckConstraint(
                condition=models.Q(status="", as_of__isnull=True)
                | (~models.Q(status="") & models.Q(as_of__isnull=False)),
                name="assessment_status_has_date",
                violation_error_message=_("A status needs the date it is given for, and a date needs a status."),
            ),
        ]

    def __str__(self) -> str:
        return self.status or self.finding_en

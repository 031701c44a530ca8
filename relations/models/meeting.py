"""Meeting: a call, a visit or a meeting, who took part, what was on the table and what came of it."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Noted, Part, RelationshipRecord, Sourced
from .dates import in_order, paired, precision_field


def refuse_unknown_zone(value: str) -> None:
    """Raises ValidationError unless the value names a zone of the IANA time zone database."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a folder of zones
        raise ValidationError(_("“%(zone)s” is not a time zone."), params={"zone": value}) from error


class Meeting(RelationshipRecord, Sourced, Noted):
    """An event (schema.org Event, iCalendar VEVENT). Times are local, in the zone where it was held."""

    KIND = "meeting"

    class Kind(models.TextChoices):
        BILATERAL = "bilateral", _("Bilateral meeting")
        TRILATERAL = "trilateral", _("Trilateral meeting")
        MINISTERIAL = "ministerial", _("Ministerial meeting")
        VISIT = "visit", _("Visit")
        SUMMIT_MARGIN = "summit_margin", _("On the margin of a summit")
        EXCHANGE = "exchange", _("Exchange of letters")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIRTUAL = "virtual", _("Virtual")
        PHONE = "phone", _("By telephone")
        HYBRID = "hybrid", _("In person and virtual")
        UNSPECIFIED = "unspecified", _("Not stated")

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        TENTATIVE = "tentative", _("Tentative")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    title_en = models.CharField(_("title (English)"), max_length=200)
    title_fr = models.CharField(_("title (French)"), max_length=200, blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    summary_fr = models.TextField(_("summary (French)"), blank=True)
    meeting_kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    mode = models.CharField(_("mode"), max_length=12, choices=Mode)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.CONFIRMED)
    state_reason_en = models.CharField(_("reason for the status (English)"), max_length=300, blank=True)
    state_reason_fr = models.CharField(_("reason for the status (French)"), max_length=300, blank=True)
    starts_on = models.DateField(_("first day"))
    starts_on_precision = precision_field()
    # Half-open; null means that it ended within the day, month or year of its start.
    until = models.DateField(_("until (the day after the last)"), null=True, blank=True)
    start_time = models.TimeField(_("start time"), null=True, blank=True, help_text=_("Local time where it was held."))
    end_time = models.TimeField(_("end time"), null=True, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, validators=[refuse_unknown_zone])
    place_en = models.CharField(_("place (English)"), max_length=200, blank=True)
    place_fr = models.CharField(_("place (French)"), max_length=200, blank=True)
    host = models.ForeignKey(
        "relations.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host")
    )
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="held", verbose_name=_("part of")
    )
    topics = models.ManyToManyField("relations.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    priorities = models.ManyToManyField(
        "relations.Priority", blank=True, related_name="+", verbose_name=_("priorities")
    )
    verified = models.BooleanField(_("verified"), default=True, help_text=_("If not, the note must say why."))

    class Meta(RelationshipRecord.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            *RelationshipRecord.Meta.constraints,
            paired("starts_on", "meeting"),
            in_order("starts_on", "until", "meeting"),
        ]

    def __str__(self) -> str:
        return self.title_en


class Participation(Part):
    """Someone took part in the post they held then: it names a term, and the official follows from it."""

    class Role(models.TextChoices):
        PRINCIPAL = "principal", _("head of delegation")
        ACCOMPANYING = "accompanying", _("accompanying")
        HOST = "host", _("host")
        OBSERVER = "observer", _("observer")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    term = models.ForeignKey("relations.Term", models.PROTECT, related_name="participations", verbose_name=_("term"))
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PRINCIPAL)
    listed_as = models.CharField(_("name as listed in the source"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [models.UniqueConstraint(fields=["meeting", "term"], name="participation_once")]

    def __str__(self) -> str:
        return self.listed_as or self.role


class OtherParticipant(Part):
    """A person or a group without a record of their own."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="other_participants")
    name_en = models.CharField(_("name (English)"), max_length=200)
    name_fr = models.CharField(
        _("name (French)"), max_length=200, blank=True, help_text=_("The same for a person; translated for a group.")
    )
    description_en = models.CharField(_("description (English)"), max_length=300, blank=True)
    description_fr = models.CharField(_("description (French)"), max_length=300, blank=True)
    party = models.ForeignKey(
        "relations.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party")
    )

    class Meta(Part.Meta):
        verbose_name = _("other participant")
        verbose_name_plural = _("other participants")

    def __str__(self) -> str:
        return self.name_en


class AgendaItem(Part):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    text_en = models.CharField(_("text (English)"), max_length=300)
    text_fr = models.CharField(_("text (French)"), max_length=300, blank=True)
    priority = models.ForeignKey(
        "relations.Priority",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("priority"),
    )

    class Meta(Part.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")

    def __str__(self) -> str:
        return self.text_en


class Outcome(Part):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="outcomes")
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return self.text_en


class Readout(Part):
    """What one side published about the meeting afterwards."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="readouts")
    party = models.ForeignKey("relations.Party", models.PROTECT, related_name="+", verbose_name=_("side"))
    source = models.ForeignKey("relations.Source", models.PROTECT, related_name="+", verbose_name=_("source"))
    summary_en = models.TextField(_("summary (English)"), blank=True)
    summary_fr = models.TextField(_("summary (French)"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("readout")
        verbose_name_plural = _("readouts")

    def __str__(self) -> str:
        return f"{self.position}"


class Session(Part, Sourced):
    """One sitting of a visit or meeting that had several."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sessions")
    title_en = models.CharField(_("title (English)"), max_length=200)
    title_fr = models.CharField(_("title (French)"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return self.title_en

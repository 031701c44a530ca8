"""The newsroom: how a draft finds its way to the ledger. For staff only; public code may not import this."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import Stage
from .ledger import Correction, Release


class Move(models.Model):
    """One step of a record's way: who called which verb, when and why. Rows are added, never changed."""

    class Verb(models.TextChoices):
        SUBMIT = "submit", _("submitted for review")
        SEND_BACK = "send_back", _("returned with a comment")
        APPROVE = "approve", _("approved")
        PUBLISH = "publish", _("published")
        SCHEDULE = "schedule", _("scheduled")
        UNSCHEDULE = "unschedule", _("taken off the schedule")
        REBASE = "rebase", _("brought up to date with what is live")
        WITHDRAW = "withdraw", _("withdrawn")
        CORRECT = "correct", _("corrected")
        RESTORE = "restore", _("restored from an older text")
        DISCARD = "discard", _("set back to what is live")
        VERIFY = "verify", _("checked, still true")
        REDACT = "redact", _("redacted")

    class Pending(models.TextChoices):
        """What becomes of a change that is scheduled when another goes live before it."""

        REBASE = "rebase", _("What is scheduled is brought up to date")
        AS_IT_WAS = "as_it_was", _("What is scheduled goes live as it was")
        INSTEAD = "instead", _("What is scheduled is taken back")

    kind = models.CharField(_("kind"), max_length=20)
    record_id = models.UUIDField(_("record"))
    verb = models.CharField(_("verb"), max_length=12, choices=Verb)
    stage_from = models.CharField(_("stage before"), max_length=10, choices=Stage)
    stage_to = models.CharField(_("stage after"), max_length=10, choices=Stage)
    # What the desk copy was when it was judged.
    desk_digest = models.CharField(max_length=64, blank=True)
    # For staff; what the public is told stands in the edition.
    reason = models.TextField(_("reason"), blank=True)
    # Went live without a second pair of eyes.
    is_unreviewed = models.BooleanField(_("not reviewed"), default=False)
    # Only where something was scheduled already.
    pending = models.CharField(_("what was scheduled"), max_length=10, choices=Pending, blank=True)
    edition_number = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    release = models.ForeignKey(Release, models.SET_NULL, null=True, blank=True, related_name="moves")
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["record_id", "made_at"], name="move_by_record"),
            models.Index(fields=["made_at"], name="move_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.verb}"


class Member(models.Model):
    """A record that is to go live with a release. What went live with it are the release's editions."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="members")
    kind = models.CharField(_("kind"), max_length=20)
    record_id = models.UUIDField(_("record"))
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("record of a release")
        verbose_name_plural = _("records of a release")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "record_id"], name="member_once")]
        indexes = [models.Index(fields=["record_id"], name="member_by_record")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.kind} {self.record_id}"


class PreviewLink(models.Model):
    """Lets somebody without an account read one record's desk copy, or the site as a release will make it.

    The address carries this row's id, signed. It is dead once it expired or was revoked, and once that draft of the
    record is one no more: see ``relations.publishing.previews``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Either one record, or one release.
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    record_id = models.UUIDField(_("record"), null=True, blank=True)
    release = models.ForeignKey(Release, models.CASCADE, null=True, blank=True, related_name="preview_links")
    made_for = models.CharField(_("made for"), max_length=200, help_text=_("Who gets this link. Not public."))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ("view",)
        permissions = [("share_preview", _("Can share previews"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(release__isnull=True, record_id__isnull=False)
                | models.Q(release__isnull=False, record_id__isnull=True, kind=""),
                name="preview_link_shows_one_thing",
            )
        ]
        indexes = [models.Index(fields=["record_id"], name="preview_link_by_record")]

    def __str__(self) -> str:
        return self.made_for


class PreviewOpening(models.Model):
    """That somebody opened a preview link. Nothing about who: the link says for whom it was made."""

    link = models.ForeignKey(PreviewLink, models.CASCADE, related_name="openings")
    path = models.CharField(_("page"), max_length=300)
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("opening of a preview")
        verbose_name_plural = _("openings of a preview")
        default_permissions = ()
        indexes = [models.Index(fields=["link", "opened_at"], name="opening_by_link")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.path}"


class Presence(models.Model):
    """Who has a record's form open, as far as we know: opened it, and neither saved nor left it for long."""

    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["record_id", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.record_id}"


class Report(models.Model):
    """What a reader says is wrong. Its number is given back at once; its outcome is public, its words are not.

    Name and e-mail are there until it is decided, and never for longer than ``relations.publishing.reports`` says.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Not looked at yet")
        CORRECTED = "corrected", _("Corrected")
        UPDATED = "updated", _("Updated")
        DECLINED = "declined", _("Nothing to correct")

    # Of the form as it was sent: twice the same is one report.
    fingerprint = models.CharField(max_length=64, unique=True)
    # The page it is about, without its language, and the edition that was shown there, where it was a record's. Empty
    # where it was none that readers have.
    path = models.CharField(_("page"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=5)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    record_id = models.UUIDField(_("record"), null=True, blank=True)
    edition_number = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    text = models.TextField(_("what is wrong"))
    evidence = models.TextField(_("how the reader knows"), blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    may_be_named = models.BooleanField(_("agrees to be named"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    outcome_en = models.TextField(_("outcome (English)"), blank=True, help_text=_("Public."))
    outcome_fr = models.TextField(_("outcome (French)"), blank=True)
    correction = models.ForeignKey(Correction, models.SET_NULL, null=True, blank=True, related_name="reports")
    made_at = models.DateTimeField(_("made at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="report_decided_with_its_time",
            )
        ]
        indexes = [models.Index(fields=["state", "made_at"], name="report_by_state")]

    def __str__(self) -> str:
        return str(_("Report %(number)s") % {"number": self.pk})

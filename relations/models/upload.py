"""Upload: an editor's files on their way to the desk, between the plan that they saw and the moment they agree."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """Files that somebody brought, for as long as they look at the plan; whoever made it alone sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What CSV files hold that do not say it themselves: the name of a table.
    table = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    # Why it was not applied when it was last tried, in the words of whoever tried.
    refusals = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ()
        indexes = [models.Index(fields=["made_at"], name="upload_by_time")]

    def __str__(self) -> str:
        return f"{self.pk}"


class UploadedFile(models.Model):
    """One file as it was brought. In the database, so that whichever worker answers next finds it."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class UploadLine(models.Model):
    """One line of the plan: what happens to a record, or what is wrong with a row. What is shown here is applied."""

    class Action(models.TextChoices):
        PROBLEM = "problem", _("Problem")
        CREATE = "create", _("New")
        CHANGE = "change", _("Changed")
        SAME = "same", _("As it is")

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=8, choices=Action)
    file = models.CharField(_("file"), max_length=300)
    row = models.PositiveIntegerField(_("row"), default=0)  # 0: the file as a whole
    record = models.CharField(_("record"), max_length=300, blank=True)
    # Of a problem: the column and the reason.
    column = models.CharField(_("column"), max_length=300, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # Of a record: what it becomes, and the desk copy that it was compared with; empty where there was none.
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    record_id = models.UUIDField(null=True, blank=True)
    document = models.TextField(blank=True)
    desk_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_line_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.number}"

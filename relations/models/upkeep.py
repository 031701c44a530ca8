"""Upkeep: what the desk looks after by itself. It asks the links of sources, and it writes to its people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .source import Source


class Why(models.TextChoices):
    """Why somebody should look at a record again."""

    REVIEW = "review", _("Review date has come")
    FIGURE = "figure", _("Figure older than its rhythm")
    TERM = "term", _("Succeeded, and still shown in office")
    UPCOMING = "upcoming", _("Day has passed, and nothing tells what came of it")
    FRENCH = "french", _("French behind English")
    LINK = "link", _("Link leads nowhere")


class LinkAnswer(models.Model):
    """How the address of a source answered when it was last asked. For staff; readers decide by themselves."""

    class Answer(models.TextChoices):
        OK = "ok", _("answers")
        # Many sites turn machines away: that says nothing about readers.
        REFUSED = "refused", _("does not answer machines")
        DEAD = "dead", _("leads nowhere")

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="link_answer")
    # What was asked: another address on the desk makes the answer void.
    url = models.URLField(_("web address"), max_length=600)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer)
    # In a word or a number, as the other side said it: 404, timeout.
    detail = models.CharField(_("in detail"), max_length=60, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    # Null while it answers. One failure may be a bad day of theirs; ``failures`` counts them in a row.
    dead_since = models.DateField(_("leads nowhere since"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)

    class Meta:
        verbose_name = _("answer of a link")
        verbose_name_plural = _("answers of links")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="dead", dead_since__isnull=False, failures__gt=0)
                | (~models.Q(answer="dead") & models.Q(dead_since__isnull=True, failures=0)),
                name="link_answer_dead_since",
            )
        ]

    def __str__(self) -> str:
        return f"{self.url} {self.answer}"


class NoticeChoice(models.Model):
    """Which notices a person wants by e-mail, and in which language. Without a row: all, in the site's language."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    review = models.BooleanField(_("Somebody asks for a review"), default=True)
    returned = models.BooleanField(_("My work was returned"), default=True)
    published = models.BooleanField(_("My work went live"), default=True)
    overdue = models.BooleanField(_("A release missed its time"), default=True)
    report = models.BooleanField(_("A reader reports an error"), default=True)
    digest = models.BooleanField(_("Once a week: what is going stale"), default=True)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}"


class Notice(models.Model):
    """One e-mail to one person: that it is to be sent, was sent, or could not be. Its words are made when it goes."""

    class About(models.TextChoices):
        REVIEW = "review", _("asked for a review")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        OVERDUE = "overdue", _("overdue")
        REPORT = "report", _("reported by a reader")
        DIGEST = "digest", _("going stale")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.CharField(_("about"), max_length=10, choices=About)
    # What it is about, so that nobody is told the same twice: a move, an edition's instant, a week.
    key = models.CharField(max_length=120)
    # Kind, id and, in a digest, the ``Why`` of each record. No titles: only what is public when it goes may be named.
    records = models.JSONField(default=list)
    made_at = models.DateTimeField(_("made at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    # Why the last try failed; tried again with the next run of send_notices.
    error = models.CharField(_("error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["recipient", "about", "key"], name="notice_once")]
        indexes = [models.Index(fields=["sent_at", "made_at"], name="notice_unsent")]

    def __str__(self) -> str:
        return f"{self.about} {self.key}"

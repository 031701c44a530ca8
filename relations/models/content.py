"""What every noun on the desk shares."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# Words that stand where a slug could stand in an address.
RESERVED_SLUGS = frozenset(
    [
        "admin",
        "api",
        "at",
        "changes",
        "editions",
        "en",
        "feed",
        "fr",
        "history",
        "i18n",
        "report",
        "reports",
        "search",
        "static",
        "topics",
        "facts",
        "meetings",
        "officials",
        "priorities",
        "statements",
        "timemap",
        "sources",
        "fact-sheets",
        "about",
        "accessibility",
        "privacy",
        "reuse",
        "robots",
        "sitemap",
    ]
)


def refuse_reserved_slug(value: str) -> None:
    """Raises ValidationError for a word that the site's own addresses use."""
    if value in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is used by the site itself; choose another address."), params={"slug": value}
        )


class Stage(models.TextChoices):
    """How far the desk copy of a record has come. Only ``relations.publishing`` moves it on."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class Record(models.Model):
    """One thing that is published: it has editions. Saving it changes nothing in public.

    Its public shape is the document of the same kind; only ``relations.publishing`` puts one live.
    """

    KIND: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        validators=[refuse_reserved_slug],
        help_text=_("The last part of the page’s address, the same in both languages. It cannot be reused."),
    )
    position = models.PositiveIntegerField(_("position"), default=0, help_text=_("Lower comes first in lists."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who looks after this record. Not public."),
    )
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("When someone should check that it is still true.")
    )
    # Digest of the desk copy as last saved, embedded citations left out: an edition carries the same
    # number, so "changed since it went live" is one comparison. Empty until the first save.
    desk_digest = models.CharField(max_length=64, blank=True, editable=False)
    # Holds for the desk copy of that digest: whatever changes the copy sets it back to a draft.
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT, editable=False)
    # Where in the desk copy the English was changed after the French: paths that name parts by their id.
    french_behind = models.JSONField(_("French behind English"), default=list, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class Sourced(models.Model):
    """A record or a part of one that names the sources it rests on, as a set."""

    sources = models.ManyToManyField(
        "relations.Source",
        blank=True,
        related_name="+",
        verbose_name=_("sources"),
        help_text=_("Every page this rests on. At least one before it can go live."),
    )

    class Meta:
        abstract = True


class Noted(models.Model):
    """A public note: doubts, wording, why two sources differ."""

    note_en = models.TextField(_("note (English)"), blank=True, help_text=_("Public. Doubts and wording."))
    note_fr = models.TextField(_("note (French)"), blank=True)

    class Meta:
        abstract = True


class RelationshipRecord(Record):
    """A record that belongs to one relationship; its address is unique there."""

    relationship = models.ForeignKey(
        "relations.Relationship",
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
        verbose_name=_("relationship"),
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "slug"],
                name="%(class)s_slug_once",
                violation_error_message=_("Another record of this relationship has this address."),
            )
        ]


class SharedRecord(Record):
    """A record that all relationships share; its address is unique on the whole site."""

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="%(class)s_slug_once",
                violation_error_message=_("Another record of this kind has this address."),
            )
        ]


class Part(models.Model):
    """A child row of a record, with an id of its own that editions keep, in the editor's order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class PublicStatus(models.TextChoices):
    """A commitment's status; kept apart: nobody looked (not assessed), and nothing happened (not started)."""

    NOT_ASSESSED = "not_assessed", _("Not assessed")
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    STALLED = "stalled", _("Stalled")
    MET = "met", _("Met")
    PARTLY_MET = "partly_met", _("Partly met")
    NOT_MET = "not_met", _("Not met")
    OVERTAKEN = "overtaken", _("Overtaken")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Language(models.TextChoices):
    """The languages that originals come in; ISO 639-1. The site itself speaks the first two."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    SPANISH = "es", _("Spanish")
    UKRAINIAN = "uk", _("Ukrainian")
    OTHER = "und", _("Another language")

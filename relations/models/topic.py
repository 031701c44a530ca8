"""Topic: a subject that groups the facts, meetings and priorities of one relationship."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .content import RelationshipRecord, Sourced


class Topic(RelationshipRecord, Sourced):
    """A subject of one relationship."""

    KIND = "topic"

    name_en = models.CharField(_("name (English)"), max_length=120)
    name_fr = models.CharField(_("name (French)"), max_length=120, blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    description_fr = models.TextField(_("description (French)"), blank=True)

    class Meta(RelationshipRecord.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name_en

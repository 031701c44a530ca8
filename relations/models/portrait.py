"""Portrait: a picture under the hash of its content, in the sizes in which pages show it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Portrait(models.Model):
    """A picture as it was made at upload. Rows are added, never changed: another picture has another hash.

    Whether it is public is no question of this table: that say the editions that name it.
    """

    # Of the bytes of its widest rendition, in hexadecimal.
    sha256 = models.CharField(primary_key=True, max_length=64, editable=False)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    # Those of all renditions, in pixels, the narrowest first.
    widths = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("portrait")
        verbose_name_plural = _("portraits")
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256[:12]


class Rendition(models.Model):
    """A portrait in one width: the bytes of a WebP file that was made here, pixel by pixel.

    In the database, not in files: one backup holds all, a restored site lacks no picture, and several machines need
    no disk in common. They are few and small: four for each person, some 100 kB together.
    """

    portrait = models.ForeignKey(Portrait, models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField(_("width"))
    content = models.BinaryField()

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["portrait", "width"], name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.portrait_id} {self.width}"

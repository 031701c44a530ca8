"""What the site knows of people beyond Django's own account: for signing in and for limits, and for nothing else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tries(models.Model):
    """How often one door was tried since its count began. Neither the name typed nor the address is kept."""

    # A keyed digest of the door: somebody may have typed a password where the name belongs.
    door = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    # From then on the count begins anew.
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("tries")
        verbose_name_plural = _("tries")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.door[:8]}: {self.count}"


class GivenPassword(models.Model):
    """A password that somebody else chose. It opens one page only: the one on which to choose another."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name = _("given password")
        verbose_name_plural = _("given passwords")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user_id)

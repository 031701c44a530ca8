"""The app's entry in Django's register."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    """Bilateral relationships: their desk, their editions, their pages."""

    name = "relations"
    verbose_name = _("The record")

    def ready(self) -> None:
        from relations import checks  # noqa: F401 - importing registers them, and needs the apps to be there

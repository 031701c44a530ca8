"""Which admin site the project uses: the desk."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with our site in place of its own."""

    default_site = "relations.admin.site.Desk"

    def ready(self) -> None:
        # Before anything asks for the site: making it imports this package, whose modules register with it. The
        # other way around they would register with a second one, which nobody serves.
        import_module("relations.admin")
        super().ready()

"""The outermost addresses; what visitors read is in `relations.urls`."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from config import health
from relations.urls import pages, present, rooted
from relations.views import moments

handler404 = "relations.views.errors.not_found"
handler500 = "relations.views.errors.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", include("relations.admin.accounts.urls")),  # before the admin, whose way in it replaces
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),  # set_language
    *rooted,
    *i18n_patterns(
        re_path(r"^@(?P<stamp>[^/]+)/(?P<rest>.*)$", moments.show),  # the pages below, at another instant
        *present,
        *pages,
    ),
]

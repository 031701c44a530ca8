"""Who may come in, and what has to be known of them at every request. The only authentication backend there is."""

from __future__ import annotations

from threading import Lock
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest

from relations.models import GivenPassword
from relations.publishing import limits
from relations.reading import clock

from .limits import password_doors

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes only stand in for one
# A hash takes a processor for a third of a second, by design. A dozen at once would leave nothing to readers.
ONE_AT_A_TIME = Lock()

_THEIRS = {"user_id": OuterRef("pk")}
_WITH_STANDING = User.objects.annotate(
    has_given_password=Exists(GivenPassword.objects.filter(**_THEIRS)),
    has_second_factor=Exists(Authenticator.objects.filter(type__in=FACTORS, **_THEIRS)),
    has_own_rights=Exists(User.user_permissions.through.objects.filter(**_THEIRS)),
    # A row for each right of its groups: who asks is also what they may.
    right_app=F("groups__permissions__content_type__app_label"),
    right=F("groups__permissions__codename"),
)


class Backend(ModelBackend):
    """Django's, for staff alone, with a limit before the hash."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The account with this name and password. A door that is shut looks like a wrong password from outside.

        One password is hashed whether there is such an account or not, is active or not.
        """
        if username is None or password is None:
            return None
        doors = password_doors(request, username)
        if not limits.enter(doors, at=clock.now()):
            raise PermissionDenied
        with ONE_AT_A_TIME:
            user = super().authenticate(request, username=username, password=password)
        if user is not None:
            limits.leave(doors)
        return user

    def user_can_authenticate(self, user: User) -> bool:
        return may_come_in(user)

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, with ``has_given_password``, ``has_second_factor`` and its rights. One query."""
        rows = list(_WITH_STANDING.filter(pk=user_id))
        if not rows or not may_come_in(rows[0]):
            return None
        user = rows[0]
        if not user.is_superuser:  # whom Django does not ask for rights
            user._group_perm_cache = {f"{row.right_app}.{row.right}" for row in rows if row.right}
        return user

    def _get_user_permissions(self, user_obj: User) -> QuerySet:
        """None where the session's account is known to have none of its own: a query less on every page."""
        if getattr(user_obj, "has_own_rights", True):
            return super()._get_user_permissions(user_obj)
        return Permission.objects.none()


def may_come_in(user: User) -> bool:
    """Only the desk has accounts: one without a place there is as good as none, at once."""
    return user.is_active and user.is_staff

"""One-time links: whoever was given one chooses a new password with it. Nothing of them is kept.

A link is signed, and it is signed over the present password and the last time of signing in: so it works once, and
no longer than until either changes. It lives for a day. For whoever lost their second factor as well, there is a kind
of its own, which takes that away.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from .backend import may_come_in
from .sessions import end_sessions


class _Link(PasswordResetTokenGenerator):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self.key_salt = f"relations.admin.accounts.links {kind}"


# What a link does beyond the password, by the word in its address.
KINDS = {"password": _Link("password"), "everything": _Link("everything")}


def issue(user: User, *, by: User, kind: str) -> str:
    """The path of a new link for this person. The history of the account says who issued it, and not what it is."""
    said = {
        "password": _("Issued a one-time link."),
        "everything": _("Issued a one-time link that also removes the second factor."),
    }
    _log(user, by=by, words=said[kind])
    who = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("account_link", args=[kind, who, KINDS[kind].make_token(user)])


def find(kind: str, who: str, token: str) -> User | None:
    """The person whom a link is for; None for one that was used, is too old, or was never issued."""
    try:
        user = User.objects.filter(pk=force_str(urlsafe_base64_decode(who))).first()
    except (TypeError, ValueError, OverflowError):
        return None
    if user is None or kind not in KINDS or not may_come_in(user):
        return None
    return user if KINDS[kind].check_token(user, token) else None


@transaction.atomic
def use(kind: str, who: str, token: str, *, password: str) -> User | None:
    """Sets the password and ends every session. None where somebody else was faster with the same link."""
    user = find(kind, who, token)
    user = user and User.objects.select_for_update().get(pk=user.pk)
    if user is None or not KINDS[kind].check_token(user, token):
        return None
    if kind == "everything":
        Authenticator.objects.filter(user=user).delete()
    get_adapter().set_password(user, password)
    end_sessions(user)
    _log(user, by=user, words=_("Chose a new password with a one-time link."))
    return user


def _log(user: User, *, by: User, words: str) -> None:
    LogEntry.objects.log_actions(by.pk, [user], CHANGE, words, single_object=True)

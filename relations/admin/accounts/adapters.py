"""What allauth asks of us: who may come in, what is said to them, where they go, and how secrets are kept."""

from __future__ import annotations

import base64
import secrets
from ipaddress import ip_address
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port, validate_host
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relations.models import GivenPassword
from relations.publishing.limits import network
from relations.reading import clock

from .backend import may_come_in

# The same for an unknown name, a wrong password, an account that is closed, and a door that is shut.
NOT_THIS_WAY = _(
    "This name and password do not open the desk. After several tries nothing does for five minutes; a manager can "
    "give you a link with which to choose a new password."
)
WRONG_CODE = _("This code is not right, or was used before. After five tries none is for five minutes.")
NOT_A_PASSKEY = _("This passkey does not open the desk.")

MESSAGES = {
    "account/messages/password_changed.txt": _("Your password is changed. Everywhere else you are signed out."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is ready."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is ready."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("Your recovery codes are ready."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed, and nobody learns from outside who has an account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_THIS_WAY,
        "too_many_login_attempts": NOT_THIS_WAY,
        "account_inactive": NOT_THIS_WAY,
        "enter_current_password": _("This is not your present password. After five tries none is for five minutes."),
        "incorrect_password": _("This is not your password. After five tries none is for five minutes."),
        "same_as_current": _("Choose another one than before."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return network(request.META)

    def login(self, request: HttpRequest, user: User) -> None:
        """Asked last, after the second factor: the account may have been closed in between."""
        if not may_come_in(user):
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, NOT_THIS_WAY)
        return HttpResponseRedirect(reverse("account_login"))

    def set_password(self, user: User, password: str) -> None:
        """A password that its owner chose, whichever page they chose it on."""
        super().set_password(user, password)
        GivenPassword.objects.filter(user=user).delete()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not from somebody who has just signed in: they would be asked for the same password twice in a row."""
        records = get_authentication_records(context.request, context.request.user)
        since = clock.now().timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > since for record in records)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """In our words; what has none here goes without saying."""
        if said := message or MESSAGES.get(message_template):
            messages.add_message(request, level, said, extra_tags=extra_tags)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names that people recognize, and secrets that a copy of the database does not give away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Recovery codes stand in for a second factor. Set one up first."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return gettext("Bilateral Record")

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": host_name(context.request), "name": gettext("Bilateral Record")}

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. With another SECRET_KEY than it was kept under nobody can read it: then no code is right."""
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _keys() -> MultiFernet:
    found = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("relations.admin.accounts.secrets", b"", key, algorithm="sha256").digest() for key in found]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def host_name(request: HttpRequest) -> str:
    """The name under which the site was asked for, without the port."""
    return split_domain_port(request.get_host())[0]


def can_have_passkeys(request: HttpRequest) -> bool:
    """Browsers bind a passkey to a name, so none can be made for an address in digits."""
    try:
        ip_address(host_name(request).strip("[]"))
    except ValueError:
        return True
    return False


def localhost_url(request: HttpRequest) -> str:
    """The same page under the one name that a machine has for itself; empty for a page of another machine."""
    name, port = split_domain_port(request.get_host())
    if name not in ("127.0.0.1", "[::1]") or not validate_host("localhost", settings.ALLOWED_HOSTS):
        return ""
    return f"{request.scheme}://localhost{port and ':' + port}{request.get_full_path()}"

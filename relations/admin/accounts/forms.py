"""The fields of signing in, in our words, and counted."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from relations.publishing import limits
from relations.reading import clock

from .adapters import NOT_A_PASSKEY, WRONG_CODE
from .limits import code_doors, password_doors, replay_door

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


def _label(form: forms.Form, **labels: Any) -> None:
    """Gives fields our labels and takes the gray ones inside them away, which vanish as soon as one types."""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, login=_("Name"), password=_("Password"))
        self.fields["login"].widget.attrs.update(autocapitalize="off", spellcheck="false", autofocus=True)

    def add_prefix(self, field_name: str) -> str:
        """On the page the name is "username", as in Django's own form: password managers know that one."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class ConfirmForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password=_("Password"))


class OwnPassword:
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(
            self,
            oldpassword=_("Present password"),
            password1=_("New password"),
            password2=_("The same again"),
        )


class ChangePasswordForm(OwnPassword, account.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        """The present password, which a stolen session does not know; counted like one for signing in."""
        doors = password_doors(None, self.user.get_username())
        if not limits.enter(doors, at=clock.now()):
            raise get_adapter().validation_error("enter_current_password")
        old = super().clean_oldpassword()
        limits.leave(doors)
        return old

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("password1") and given.get("password1") == given.get("oldpassword"):
            self.add_error("password1", get_adapter().validation_error("same_as_current"))
        return given


class SetPasswordForm(OwnPassword, account.SetPasswordForm):
    pass


class Counted:
    """A code from the app or the list, counted, and taken once even by two workers at the same time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, code=_("Code"))
        self.fields["code"].widget.attrs.update(CODE, autofocus=True)

    def clean_code(self) -> str:
        doors, now = code_doors(self.user.pk), clock.now()
        if not limits.enter(doors, at=now):
            raise forms.ValidationError(WRONG_CODE)
        code = super().clean_code()
        if not limits.enter([replay_door(self.user.pk, code)], at=now):
            raise forms.ValidationError(WRONG_CODE)
        limits.leave(doors)
        return code


class CodeForm(Counted, mfa.AuthenticateForm):
    pass


class ConfirmCodeForm(Counted, mfa.ReauthenticateForm):
    pass


class AppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, code=_("The six digits that the app shows"))
        self.fields["code"].widget.attrs.update(CODE)


class Read:
    """What a script sent for a passkey, read by libraries that expect a browser: where they stumble, it is no key."""

    STUMBLES = (AttributeError, LookupError, TypeError, ValueError, struct.error)

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except self.STUMBLES:
            self.cleaned_data = {}
            self.add_error("credential", NOT_A_PASSKEY)


class UsePasskeyForm(Read, webauthn.AuthenticateWebAuthnForm):
    pass


class SignInWithPasskeyForm(Read, webauthn.LoginWebAuthnForm):
    pass


class ConfirmWithPasskeyForm(Read, webauthn.ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(Read, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, name=_("What to call it"), passwordless=_("Sign in with it alone, without a password"))
        self.fields["name"].max_length = 60
        self.fields["name"].help_text = _("So that you know it from others: “Laptop”, “Blue key”.")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label_suffix = ""
        self.fields["passwordless"].help_text = _("It then asks for a finger, a face or a PIN, and counts as both.")


class PasskeyNameForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, name=_("What to call it"))

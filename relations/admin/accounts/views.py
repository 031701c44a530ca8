"""The pages of signing in that allauth does not have, or has otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.mfa.totp.views import ActivateTOTPView
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from qrcode import QRCode

from . import links
from .adapters import can_have_passkeys, localhost_url
from .forms import SetPasswordForm
from .gate import lacks_second_factor, next_step

if TYPE_CHECKING:
    from ..people import PersonAdmin

TITLES = {
    "account_login": gettext_lazy("Sign in"),
    "account_change_password": gettext_lazy("Change password"),
    "account_set_password": gettext_lazy("Set password"),
    "account_link": gettext_lazy("One-time link"),
    "account_reauthenticate": gettext_lazy("Is it still you?"),
    "mfa_reauthenticate": gettext_lazy("Is it still you?"),
    "mfa_reauthenticate_webauthn": gettext_lazy("Is it still you?"),
    "mfa_authenticate": gettext_lazy("Second factor"),
    "mfa_index": gettext_lazy("Your account"),
    "mfa_activate_totp": gettext_lazy("Set up the app"),
    "mfa_deactivate_totp": gettext_lazy("Remove the app"),
    "mfa_view_recovery_codes": gettext_lazy("Recovery codes"),
    "mfa_generate_recovery_codes": gettext_lazy("Make recovery codes"),
    "mfa_add_webauthn": gettext_lazy("Add a passkey"),
    "mfa_edit_webauthn": gettext_lazy("Rename the passkey"),
    "mfa_remove_webauthn": gettext_lazy("Remove the passkey"),
}


def desk(request: HttpRequest) -> dict[str, Any]:
    """For the templates of signing in: what every page of the desk has, and nouns only where they can be reached."""
    name = request.resolver_match.url_name if request.resolver_match else None
    if name not in TITLES:
        return {}
    found = {
        **admin.site.each_context(request),
        "title": TITLES[name],
        "available_apps": [],
        "can_have_passkeys": can_have_passkeys(request),
        "localhost_url": localhost_url(request),
    }
    if request.user.is_authenticated:
        found |= {"is_held": next_step(request.user) is not None, "must_enrol": lacks_second_factor(request.user)}
    return found


class AddApp(ActivateTOTPView):
    """An authenticator app, with its QR code as a path: a picture inside the page would break the policy."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        code = QRCode(border=0)
        code.add_data(found["totp_url"])
        rows = code.get_matrix()
        dots = ((x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        found["qr"] = {"path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dots), "side": len(rows) + 8}
        secret = found["form"].secret
        found["secret"] = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        return found


def _unshared(response: HttpResponse) -> HttpResponse:
    """A page with a secret in it or in its address: no other site is told where one came from.

    Not "no-referrer": from such a page browsers send forms without their origin, and Django refuses those.
    """
    response["Referrer-Policy"] = "same-origin"
    return response


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def link(request: HttpRequest, kind: str, who: str, token: str) -> HttpResponse:
    """Where a one-time link leads: a new password, once. 404 for any that is used, old, or made up."""
    person = links.find(kind, who, token)
    form = SetPasswordForm(user=person, data=request.POST or None)
    if person is not None and request.method == "POST" and form.is_valid():
        person = links.use(kind, who, token, password=form.cleaned_data["password1"])
        if person is not None:
            logout(request)
            messages.success(request, _("Your new password is set. Sign in with it."))
            return _unshared(HttpResponseRedirect(reverse("account_login")))
    context = {"form": form, "person": person, "kind": kind}
    return _unshared(render(request, "account/link.html", context, status=200 if person else 404))


class LinkForm(forms.Form):
    """What a link is to do."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happens with it"),
        choices=[
            ("password", gettext_lazy("They choose a new password, and keep their second factor.")),
            (
                "everything",
                gettext_lazy("They lost their second factor as well: it is removed, and they set up another."),
            ),
        ],
        initial="password",
        widget=forms.RadioSelect,
    )


def issue(model_admin: PersonAdmin) -> Callable:
    """The page on which a manager makes a one-time link. It is shown in the answer, and never again."""

    @never_cache
    def page(request: HttpRequest, object_id: str) -> HttpResponse:
        person = model_admin.get_object(request, unquote(object_id))
        if person is None and model_admin.has_change_permission(request):
            raise Http404
        if person is None or not model_admin.may_issue_link(request, person):
            raise PermissionDenied
        form = LinkForm(request.POST if request.method == "POST" else None)
        address = ""
        if form.is_valid():
            path = links.issue(person, by=request.user, kind=form.cleaned_data["kind"])
            address = request.build_absolute_uri(path)
        context = {
            **admin.site.each_context(request),
            "title": _("One-time link for %(name)s") % {"name": person.get_username()},
            "opts": model_admin.opts,
            "original": person,
            "form_url": reverse("admin:auth_user_change", args=[person.pk]),
            "here": _("One-time link"),
            "form": form,
            "address": address,
        }
        return _unshared(render(request, "admin/auth/user/link.html", context))

    return page
